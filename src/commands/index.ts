import type { Command } from '../core/command.ts';
import { createBanStatus } from './ban-status.ts';
import { createCourts } from './courts.ts';
import { createDeals } from './deals.ts';
import { createHelp } from './help.ts';
import type { Services } from './services.ts';
import { createSources } from './sources.ts';
import { createLatest, createSearch, createSince, createStory } from './stories.ts';
import { createSubscribe } from './subscribe.ts';
import { createSubscriptions, createUnsubscribe } from './subscriptions.ts';
import { createTimeline } from './timeline.ts';

/** Every command, one line each, in the order /help shows them. */
export function createCommands(services: Services): readonly Command[] {
  const commands: readonly Command[] = [
    createBanStatus(services),
    createDeals(services),
    createCourts(services),
    createTimeline(services),
    createLatest(services),
    createSearch(services),
    createSince(services),
    createStory(services),
    createSubscribe(services),
    createSubscriptions(services),
    createUnsubscribe(services),
    createSources(services),
    createHelp(() => commands),
  ];
  return commands;
}
