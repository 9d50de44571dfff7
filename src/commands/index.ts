import type { Command } from '../core/command.ts';
import { banStatus } from './ban-status.ts';
import { courts } from './courts.ts';
import { deals } from './deals.ts';
import { deliveries } from './deliveries.ts';
import { help } from './help.ts';
import { report } from './report.ts';
import { review } from './review.ts';
import type { Definition, Services } from './services.ts';
import { sources } from './sources.ts';
import { latest, search, since, story } from './stories.ts';
import { subscribe } from './subscribe.ts';
import { subscriptions, unsubscribe } from './subscriptions.ts';
import { timeline } from './timeline.ts';

/** Every command, one line each, in the order /help shows them. */
export const definitions: readonly Definition[] = [
  banStatus,
  deals,
  courts,
  timeline,
  latest,
  search,
  since,
  story,
  subscribe,
  subscriptions,
  unsubscribe,
  sources,
  report,
  review,
  deliveries,
  help,
];

/** The commands with their services, as platforms run them. */
export function createCommands(services: Services): readonly Command[] {
  return definitions.map((definition) => bind(definition, services));
}

function bind({ run, complete, ...rest }: Definition, services: Services): Command {
  const bound: Command = { ...rest, run: (args, asker) => run(args, asker, services) };
  if (complete) bound.complete = (option, text, asker) => complete(option, text, asker, services);
  return bound;
}
