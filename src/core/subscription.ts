import type { CountryCode } from './country.ts';
import type { Certainty, CountryRoles, Stage, Topic } from './reading.ts';

export const platforms = ['console', 'discord', 'slack'] as const;
export type Platform = (typeof platforms)[number];

/** A place where messages are posted. Ids are the platform's own; the console's is `console`. */
export interface Channel {
  platform: Platform;
  /** Guild or workspace; `console` for the console. */
  workspace: string;
  id: string;
}

/** The conversation with one person, as a channel: its id is `@` and the platform's id of the person. */
export function personChannel({ platform, workspace }: Channel, userId: string): Channel {
  return { platform, workspace, id: `@${userId}` };
}

/** The person whose conversation a channel is, or null. */
export function personOf({ id }: Channel): string | null {
  return id.startsWith('@') ? id.slice(1) : null;
}

export type UpdateStyle = 'edit' | 'thread' | 'new';

export type CountryRole = Exclude<keyof CountryRoles, 'mentioned'>;

/** `batch` holds all, and tells it together when the quiet hours end. */
export const quietHolds = ['all', 'all-but-official', 'batch'] as const;

export interface QuietHours {
  /** `HH:MM` local; start equal to end means none. */
  start: string;
  end: string;
  timeZone: string;
  hold: (typeof quietHolds)[number];
}

export interface Subscription {
  id: string;
  channel: Channel;
  /** Empty lists mean everything. */
  topics: readonly Topic[];
  countries: readonly CountryCode[];
  /** The parts in which those countries count; all but a mention when absent or empty. */
  roles?: readonly CountryRole[];
  minimumCertainty: Certainty;
  stages: readonly Stage[];
  languages: readonly string[];
  sources: readonly string[];
  digest: 'immediate' | 'hourly' | 'daily' | 'weekly';
  digestAt: string | null;
  timeZone: string;
  quietHours: QuietHours | null;
  updates: UpdateStyle;
  /** Told seven days and one day before what the record says is to come; absent when not asked for. */
  reminders?: boolean;
  status: 'active' | 'paused';
  /** Why it is paused, in words; null while active. */
  pausedBecause: string | null;
  /** Who made it, as the platform's id. */
  createdBy: string;
  createdAt: string;
}

/** `pausedBecause` of what people paused themselves: only they resume it. */
export const pausedByManager = 'paused by a manager';

/** A subscription to everything, told at once: what is not said otherwise in `given`. */
export function newSubscription(
  given: Pick<Subscription, 'id' | 'channel' | 'createdBy' | 'createdAt'> & Partial<Subscription>,
): Subscription {
  return {
    topics: [],
    countries: [],
    minimumCertainty: 'reported',
    stages: [],
    languages: [],
    sources: [],
    digest: 'immediate',
    digestAt: null,
    timeZone: 'UTC',
    quietHours: null,
    updates: 'thread',
    status: 'active',
    pausedBecause: null,
    ...given,
  };
}
