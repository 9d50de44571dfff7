import type { Article, SourceKind } from './article.ts';
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

/** A fact on which sources disagree: every value with the articles that tell it. */
export interface Conflict {
  fact: string;
  values: readonly { value: string; articles: readonly string[] }[];
  /** The value preferred, when a primary source or the ledger settles it. */
  settled?: { value: string; why: string };
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

/** One article's place in a story. */
export interface StoryMember {
  articleId: string;
  publisher: string | null;
  url: string | null;
  title: string;
  /** ISO 8601 UTC. */
  published: string;
  form: ArticleForm;
  /** `evidence` counts towards certainty; `context`, `copy` and `edition` do not. */
  part: 'evidence' | 'context' | 'copy' | 'edition';
  /** The article that this one copies or is a later edition of. */
  of?: string;
  reading: Reading;
  joined: Joined;
  /** How far `published` may be believed. */
  dated?: Article['dated'];
  sourceKind?: SourceKind;
  /** Outlets of one owner or syndicate count once. */
  family?: string | null;
  language?: string;
  /** What the text says of its own day when nobody told it. */
  hints?: DateHints;
}

/** What an undated text says about when it was written. */
export interface DateHints {
  /** Weekday on which the report came, 0 is Sunday; null when not told. */
  weekday: number | null;
  /** Month in which it came, `YYYY-MM`; null when not told. */
  month: string | null;
  /** It was written before this day (`YYYY-MM-DD`), because it tells it as still to come. */
  before: string | null;
  /** It was written on or after this day, because it tells it as past. */
  after: string | null;
  /** Months (1 to 12) told without a year for other originators' older reports. */
  earlier: readonly { originator: string; month: number }[];
}

/** Why an article was put where it is: features and vetoes in words, kept for "why this?". */
export interface Joined {
  how: 'opened' | 'joined' | 'repaired';
  score: number;
  reasons: readonly string[];
}

/** What changed between two revisions, and whether a reader must hear of it. */
export type Change =
  | 'opened'
  | 'certainty'
  | 'stage'
  | 'country'
  | 'number'
  | 'official-response'
  | 'denial'
  | 'correction'
  | 'retraction'
  | 'merged'
  | 'split'
  | 'outlet'
  | 'wording';

export interface Story {
  id: string;
  /** 1 when it opens; one more with each stored revision. */
  revision: number;
  /** Set when this story was folded into another: old ids and links forward. */
  mergedInto: string | null;
  headline: string;
  summary: string;
  /** What is not known, one sentence; empty when nothing is. */
  unknown: string;
  /** Day of the development, `YYYY-MM-DD`. */
  date: string;
  /**
   * `month` when only the month of `date` is known (its day is then 01); `unknown` when nothing tells a date and `date`
   * is the day of arrival. Day when absent.
   */
  datePrecision?: 'day' | 'month' | 'unknown';
  certainty: Certainty;
  /** A denial stands, whatever the rank. */
  disputed: boolean;
  stage: Stage | null;
  topics: readonly Topic[];
  matters: readonly MatterState[];
  countries: CountryRoles;
  members: readonly StoryMember[];
  originators: readonly Originator[];
  /** Distinct publisher families with an evidence member. */
  outlets: readonly string[];
  earlier: readonly EarlierReport[];
  comments: readonly Comment[];
  conflicts: readonly Conflict[];
  /** Ids of stories this one comes after in the same matter. */
  follows: readonly string[];
  openedAt: string;
  updatedAt: string;
  /** What the latest revision changed. */
  changes: readonly Change[];
  /** Whether channels were ever told of it; false for what the first poll of a source found. */
  told?: boolean;
}

/** Changes that are said anew; the others only edit what was posted. */
export const substantialChanges: ReadonlySet<Change> = new Set<Change>([
  'opened',
  'certainty',
  'stage',
  'country',
  'number',
  'official-response',
  'denial',
  'correction',
  'retraction',
  'split',
]);

/** Higher wins for a story; reported and disputed rank alike. */
export const certaintyRank: Readonly<Record<Certainty, number>> = {
  reported: 0,
  disputed: 0,
  confirmed: 1,
  official: 2,
};

/** What one line about a story needs, without its members' readings. */
export type StoryOutline = Pick<
  Story,
  'id' | 'date' | 'matters' | 'stage' | 'certainty' | 'countries' | 'headline' | 'mergedInto'
> & { members: readonly Pick<StoryMember, 'publisher' | 'url'>[] };
