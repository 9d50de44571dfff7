import type { FeedItem } from '../core/article.ts';
import type { Arguments, Asker, Command, OptionChoice } from '../core/command.ts';
import type { Countries } from '../core/country.ts';
import type { DeliveryPreview } from '../core/delivery.ts';
import type { NoticeStore, OutboxStore } from '../core/delivery-ports.ts';
import type { Ledger } from '../core/ledger.ts';
import type { Message, Reply } from '../core/message.ts';
import type { Clock, Random, StoryStore, SubscriptionStore } from '../core/ports.ts';
import type { Certainty, Topic } from '../core/reading.ts';
import type { ReviewDesk } from '../core/review.ts';
import type { SourceConfig, SourceState, SourceStore } from '../core/source-ports.ts';
import type { Story } from '../core/story.ts';
import type { Channel, Subscription, UpdateStyle } from '../core/subscription.ts';
import type { Withdrawal } from '../core/withdrawal.ts';

/** What commands may use. Everything comes from the composition root. */
export interface Services {
  countries: Countries;
  ledger: Ledger;
  review: ReviewDesk;
  stories: StoryStore;
  subscriptions: SubscriptionStore;
  sources: SourceStore;
  outbox: OutboxStore;
  notices: Pick<NoticeStore, 'standing' | 'resolve'>;
  /** Where a story as it now stands would go. */
  previewDelivery(story: Story): Promise<readonly DeliveryPreview[]>;
  /** Goes on with what was paused and put aside because the channel could not be reached. */
  resumeChannel: (channel: Channel) => Promise<unknown>;
  /** To be called before a subscription changes: what its next digest would have told is not lost with its rhythm. */
  changeRhythm: (before: Subscription, after: Subscription) => Promise<unknown>;
  /** To be called when a channel's choice has changed: what waits and is not wanted there any more stays unsaid, and nothing waits for quiet hours that are over. */
  choiceChanged: (channel: Channel) => Promise<unknown>;
  clock: Clock;
  random: Random;
  /** What a new subscription gets unless it says otherwise. */
  defaults: { updates: UpdateStyle; minimumCertainty: Certainty; topics: readonly Topic[]; timeZone: string };
  staleAfterDays: number;
  /** All commands, for /help. */
  definitions: readonly Definition[];
  /** How a source stands, in a word, and what would help. */
  sourceHealth(
    source: SourceConfig,
    state: SourceState,
  ): {
    state: string;
    lastSuccess: string | null;
    nextPoll: string | null;
    error: { code: string; message: string } | null;
    remedy: string | null;
    truncated: boolean;
  };
  /** What looks at feeds without storing anything; `find` and `test` fetch from public addresses. */
  sourceTools: {
    /** Throws SourceError when there is no feed at the address, nor named by the page there. */
    find(address: string): Promise<{ config: SourceConfig; items: number; newest: readonly FeedItem[] }>;
    test(id: string): Promise<
      | {
          ok: boolean;
          items: number;
          newest: string | null;
          truncated: boolean;
          error: { code: string; message: string; remedy: string } | null;
        }
      | undefined
    >;
    opml(): Promise<string>;
    /** The feeds of the OPML list at a public address, not stored yet. Throws SourceError or UserError. */
    opmlAt(address: string): Promise<readonly SourceConfig[]>;
  };
  /** A story as a message, and as its `--json` form; both say what waits for review because of it. */
  storyMessage(story: Story): Promise<Message>;
  storyJson(story: Story, withdrawn?: ReadonlyMap<string, Withdrawal>): Promise<unknown>;
}

/** A command before it is given its services: a plain value, so that help and registration need no database. */
export interface Definition extends Omit<Command, 'run' | 'complete'> {
  run: (args: Arguments, asker: Asker, services: Services) => Promise<Reply>;
  complete?: (option: string, text: string, asker: Asker, services: Services) => Promise<readonly OptionChoice[]>;
}
