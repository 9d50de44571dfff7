import type { Countries } from '../core/country.ts';
import type { Ledger } from '../core/ledger.ts';
import type { Message } from '../core/message.ts';
import type { Clock, OutboxStore, Random, SourceStore, StoryStore, SubscriptionStore } from '../core/ports.ts';
import type { Certainty, Story, Topic } from '../core/story.ts';
import type { UpdateStyle } from '../core/subscription.ts';

/** What commands may use. Everything comes from the composition root. */
export interface Services {
  countries: Countries;
  ledger: Ledger;
  stories: StoryStore;
  subscriptions: SubscriptionStore;
  sources: SourceStore;
  outbox: OutboxStore;
  clock: Clock;
  random: Random;
  /** What a new subscription gets unless it says otherwise. */
  defaults: { updates: UpdateStyle; minimumCertainty: Certainty; topics: readonly Topic[]; timeZone: string };
  staleAfterDays: number;
  /** A story as a message, and as its `--json` form. */
  storyMessage(story: Story): Message;
  storyJson(story: Story): unknown;
}
