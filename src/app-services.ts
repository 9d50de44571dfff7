import type { App } from './app.ts';
import { definitions } from './commands/index.ts';
import type { Services } from './commands/services.ts';
import { storyJson } from './core/story-json.ts';
import { storyMessage } from './core/story-message.ts';
import { changeRhythm } from './delivery/digest-round.ts';
import { resumeChannel } from './delivery/pause.ts';
import { previewDelivery } from './delivery/preview.ts';
import { releaseHeld, withdrawUnwanted } from './delivery/withdraw.ts';
import { sourceHealth } from './feeds/health.ts';
import { isoAt } from './lib/clock.ts';

/** What commands may use of the program's parts. */
export function servicesOf(
  parts: Pick<App, 'config' | 'clock' | 'random' | 'store' | 'countries' | 'ledger'> &
    Pick<Services, 'review' | 'sourceTools'> & { holdBackMs: number },
): Services {
  const { config, store, countries, ledger } = parts;
  const { delivery } = config.settings;
  return {
    countries,
    ledger,
    review: parts.review,
    sourceTools: parts.sourceTools,
    stories: store.stories,
    subscriptions: store.subscriptions,
    sources: store.sources,
    outbox: store.outbox,
    notices: store.notices,
    previewDelivery: async (story) =>
      previewDelivery(story, await store.subscriptions.all(), {
        now: isoAt(parts.clock.now()),
        told: await store.outbox.told('story', story.id),
        editPauseMs: 0,
        message: (one) => storyMessage(one, { kind: 'answer', countries }),
      }),
    resumeChannel: (channel) => resumeChannel(parts, channel),
    changeRhythm: (before, after) =>
      changeRhythm(
        store,
        before,
        after,
        parts.clock.now(),
        async (story) => (await parts.review.underReviewIn(story)) !== null,
      ),
    choiceChanged: async (channel) => {
      await withdrawUnwanted(store, channel);
      await releaseHeld(store, channel, { nowMs: parts.clock.now(), holdBackMs: parts.holdBackMs });
    },
    clock: parts.clock,
    random: parts.random,
    defaults: { ...delivery, timeZone: config.environment.TZ ?? 'UTC' },
    staleAfterDays: config.settings.ledger.staleAfterDays,
    definitions,
    sourceHealth: (source, state) => sourceHealth(source, state, parts.clock.now()),
    storyMessage: async (story) =>
      storyMessage(story, { kind: 'answer', countries, underReview: await parts.review.underReviewIn(story) }),
    storyJson: async (story, withdrawn) =>
      storyJson(story, ledger.facts, withdrawn, await parts.review.underReviewIn(story)),
  };
}
