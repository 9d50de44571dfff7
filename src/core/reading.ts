import type { CountryCode } from './country.ts';

export const topics = ['travel-ban', 'third-country-removal', 'court', 'parole-and-tps', 'visa-policy'] as const;
export type Topic = (typeof topics)[number];

export const certainties = ['reported', 'disputed', 'confirmed', 'official'] as const;
export type Certainty = (typeof certainties)[number];

export const banStages = [
  'considered',
  'announced',
  'signed',
  'effective',
  'modified',
  'extended',
  'blocked',
  'block-lifted',
  'lifted',
] as const;
export const removalStages = [
  'approached',
  'in-talks',
  'agreed',
  'signed',
  'operational',
  'denied',
  'refused',
  'suspended',
  'blocked',
  'block-lifted',
] as const;
export const courtStages = [
  'filed',
  'argued',
  'tro',
  'injunction',
  'ruled',
  'stayed',
  'appealed',
  'affirmed',
  'reversed',
  'vacated',
  'remanded',
  'cert-granted',
] as const;
export type Stage = (typeof banStages)[number] | (typeof removalStages)[number] | (typeof courtStages)[number];

/** Countries by the part they play in the development being told. Each list is sorted and without repeats. */
export interface CountryRoles {
  /** Under a US entry suspension, signed or named for one. A visa pause is not one. */
  banned: readonly CountryCode[];
  /** Asked, in talks, agreed, receiving, denying or refusing in this development. */
  receiving: readonly CountryCode[];
  /** Nationality of the people moved, or whose status is at stake. */
  nationality: readonly CountryCode[];
  /** Everything else: a region's list, a precedent, an actor, background. */
  mentioned: readonly CountryCode[];
}

/** The running subject and where it stands. Ids: `ban/LA`, `removals/RW`, `court/dvd-v-dhs`, `visa/<slug>`, `parole/<slug>`. */
export interface MatterState {
  id: string;
  stage: Stage | null;
  countries: readonly CountryCode[];
}

/** Where a report goes back to, with the words that gave it away. Official bodies: `official:<body>`. */
export interface Originator {
  name: string;
  evidence: string;
}

/** Another originator's older report that an article retells. */
export interface EarlierReport {
  originator: string;
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; null when the article does not say. */
  date: string | null;
  stage: Stage | null;
  countries: readonly CountryCode[];
}

/** What a body said when it was asked, or on its own. A refusal to comment confirms nothing. */
export interface Comment {
  who: string;
  said: 'no-comment' | 'confirmed' | 'denied' | 'refused' | 'statement';
  /** The words it rests on, at most 300 characters. */
  quote: string;
}

/** One fact that sources may tell differently, such as `programme: TPS`. */
export interface Claim {
  fact: string;
  value: string;
  quote: string;
}

/** A number with its unit as the text gives it. */
export interface Quantity {
  kind: 'people' | 'cap' | 'flight' | 'money' | 'countries' | 'days';
  value: number;
  unit: string;
  quote: string;
}

/** A place in a numbered series: the second flight, the third batch. */
export interface Ordinal {
  of: 'flight' | 'batch' | 'ruling' | 'proclamation';
  n: number;
}

/** News tells a step; the other forms are context: they never open a story nor raise certainty. */
export type ArticleForm = 'news' | 'opinion' | 'explainer' | 'roundup' | 'live-blog' | 'reaction';

export interface Correction {
  /** What is corrected: `number`, `stage`, `country`, `name`, `date`, `programme`, `other`. */
  field: string;
  from: string | null;
  to: string | null;
  quote: string;
}

/** What one article says, read from its words alone. */
export interface Reading {
  relevant: boolean;
  /** Why it is relevant or not, in words. */
  relevance: string;
  topics: readonly Topic[];
  form: ArticleForm;
  countries: CountryRoles;
  /** Main development first. */
  matters: readonly MatterState[];
  stage: Stage | null;
  certainty: Certainty;
  originators: readonly Originator[];
  earlier: readonly EarlierReport[];
  comments: readonly Comment[];
  claims: readonly Claim[];
  quantities: readonly Quantity[];
  ordinals: readonly Ordinal[];
  /** Court slugs: `scotus`, `ca1`, `d-mass`. */
  courts: readonly string[];
  /** Case slugs: `dvd-v-dhs`. */
  cases: readonly string[];
  /** `Proclamation 10949`, `Executive Order 13780`. */
  instruments: readonly string[];
  /** Tier of an entry suspension that the text tells of. */
  tier: 'full' | 'partial' | 'immigrant-only' | null;
  /** Day the development happened (`YYYY-MM-DD`), as the text tells it; null when it does not. */
  eventDate: string | null;
  /** Day a measure takes effect, when told. */
  effectiveDate: string | null;
  correction: Correction | null;
}
