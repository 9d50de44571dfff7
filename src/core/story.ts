import type { Article, SourceKind } from './article.ts';
import type {
  ArticleForm,
  Certainty,
  Comment,
  CountryRoles,
  EarlierReport,
  MatterState,
  Originator,
  Reading,
  Stage,
  Topic,
} from './reading.ts';

/** A fact on which sources disagree: every value with the articles that tell it. */
export interface Conflict {
  fact: string;
  values: readonly { value: string; articles: readonly string[] }[];
  /** The value preferred, when a primary source or the ledger settles it. */
  settled?: { value: string; why: string };
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
  /** The later day, `YYYY-MM-DD`, on which what is told takes effect or ends; null or absent when none is told. */
  effective?: string | null;
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
