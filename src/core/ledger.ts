import type { BanList, BanStatus, StatusChange } from './ban-status.ts';
import type { CountryCode } from './country.ts';
import type { Certainty, Stage } from './reading.ts';

/** `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or `unknown` where an end exists but its date is not known. Precision is kept. */
export type LedgerDate = string;

export type Tier = 'none' | 'partial' | 'immigrant-only' | 'full';

/** `entry-ban` suspends entry; the others are their own instruments, shown beside a ban, never as one. */
export const measureKinds = [
  'entry-ban',
  'visa-pause',
  'interview-pause',
  'benefit-hold',
  'visa-bond',
  'visa-revocation',
  'visa-restriction',
  'document-rule',
  'review-flag',
] as const;
export type MeasureKind = (typeof measureKinds)[number];

export type Confidence = 'primary-source-seen' | 'secondary-source-seen' | 'from-memory-unverified';

export interface Source {
  title: string;
  publisher: string | null;
  url: string | null;
}

/** One country under one instrument for one unbroken period. */
export interface LedgerRow {
  id: string;
  country: CountryCode;
  kind: MeasureKind;
  instrument: string;
  /** Section that names the country, where known: `2(b)(i)`. */
  section: string | null;
  citation: string | null;
  change: 'added' | 'continued' | 'upgraded' | 'modified' | 'removed' | 'revoked' | 'noted';
  /** `none` for a row that ends a restriction, and for kinds that are not bans. */
  tier: Tier;
  visaClasses: readonly string[];
  signed: LedgerDate | null;
  published: LedgerDate | null;
  announced: LedgerDate | null;
  effective: LedgerDate;
  /** First day not in force; null while it is; `unknown` when it ended on a day not known. */
  ended: LedgerDate | null;
  endedBy: string | null;
  note: string | null;
  source: Source;
  confidence: Confidence;
  lastVerified: string;
  /** The instrument that carries this row on without ending it: 10949 stays in force except as 10998 modifies it. */
  continuedBy?: string;
  /** For `country` `*`: whom the row reaches. */
  reach?: 'all-nationalities' | 'entry-ban-countries';
}

/** Someone or something that an instrument leaves out, for that instrument's period only. */
export interface ExceptionRow {
  instrument: string;
  who: string;
  /** `all`, country codes with spaces between, or words. */
  appliesTo: string;
  /** Where the instrument says so. */
  section?: string;
  /** Narrower than the instrument's own period: a court's exception. */
  from?: LedgerDate;
  to?: LedgerDate;
  status: string;
  note: string | null;
  source: Source;
  confidence: Confidence;
}

/** A step concerns people sent to a country not their own, unless it says otherwise. */
export const dealKinds = ['third-country-removal', 'safe-third-country', 'transit', 'repatriation'] as const;
export type DealKind = (typeof dealKinds)[number];

export interface DealStep {
  stage: Stage;
  kind?: DealKind;
  date: LedgerDate;
  certainty: Certainty;
  cap: string | null;
  transferred: string | null;
  /** How many of them are still there, where it is told. */
  remaining?: string;
  nationalities: string | null;
  payment: string | null;
  instrument: string | null;
  note: string | null;
  source: Source;
  confidence: Confidence;
  lastVerified: string;
}

/** A country's third-country removal arrangement. */
export interface Deal {
  code: CountryCode;
  name: string;
  stage: Stage;
  history: readonly DealStep[];
}

export interface CourtEvent {
  date: LedgerDate;
  /** The court's stage; absent for what moves none, such as a clarification. */
  stage?: Stage;
  court: string;
  judgeOrVote: string | null;
  posture: string;
  holding: string;
  affects: string;
  countries: readonly CountryCode[];
  /** Why its source stands without an address: the address names a person, say. */
  noAddress?: string;
  source: Source;
  confidence: Confidence;
}

export interface CourtCase {
  /** Slug: `dvd-v-dhs`; `court/<id>` is its matter. */
  id: string;
  name: string;
  /** Captions that changed with officials. */
  otherNames: readonly string[];
  docket: string;
  posture: string;
  history: readonly CourtEvent[];
  /** What is set to happen next, when it is known: an argument, a deadline. */
  next?: { date: LedgerDate; what: string };
  /** Instruments of the ledger that the case is about. */
  instruments?: readonly string[];
  /** `travel-ban`, `removals`, `alien-enemies-act`, `parole`, `tps`, `visa-pause`, `benefit-hold`. */
  about?: readonly string[];
  /** For whom it counts, in words, where no countries are named. */
  scope?: string;
}

/** What courts allowed on a date, beside the tier on paper. */
export interface Enforcement {
  state: 'in-force' | 'partly-enjoined' | 'enjoined' | 'not-applicable';
  case: string | null;
  since: string | null;
  note: string | null;
}

/** One line of `/timeline`. */
export interface TimelineEvent {
  date: LedgerDate;
  matter: string;
  kind: 'ban' | 'removal' | 'court' | 'other';
  /** A stage slug, or `in-force`-like words for other measures. */
  stage: string;
  certainty: Certainty;
  countries: readonly CountryCode[];
  title: string;
  source: { title: string; url: string | null };
  /** Id of the story that tells the same step, when there is one. */
  story: string | null;
}

/** What stories may ask of the ledger: it settles dates and programmes, and never changes what an article says. */
export interface LedgerFacts {
  /** Dated steps of one matter (`removals/RS`, `ban/LA`, `court/dvd-v-dhs`), oldest first. */
  steps(
    matter: string,
  ): readonly { stage: string; date: LedgerDate; certainty: Certainty; note: string | null; source: Source }[];
  /** Rulings on a programme (`parole`, `tps`) for these nationalities, nearest to `around` first. */
  programmes(
    countries: readonly CountryCode[],
    around: LedgerDate,
  ): readonly {
    programme: 'parole' | 'tps';
    case: string;
    date: LedgerDate;
    countries: readonly CountryCode[];
    source: Source;
  }[];
  /** The entry suspension on paper for a country on a day, or null. */
  bannedOn(code: CountryCode, day: string): { tier: Tier; instrument: string } | null;
}

export interface TimelineFilter {
  country?: CountryCode;
  /** A case slug. */
  case?: string;
  kinds?: readonly TimelineEvent['kind'][];
  /** `YYYY-MM-DD`, inclusive. */
  since?: string;
  until?: string;
}

/** The legal record as answers need it. `on` and `known` are days in Washington; `known` leaves out what was learned later. */
export interface Ledger {
  banStatus(code: CountryCode, asked: { on: string; known?: string }): BanStatus;
  banList(on: string, known?: string): BanList;
  /** What changed on paper from one day to another: tiers, and visa classes within a tier. By country name. */
  compare(from: string, to: string, known?: string): readonly StatusChange[];
  /** Every arrangement, or one country's; empty when none is known. */
  deals(code?: CountryCode): readonly Deal[];
  /** Every case, or those that a name, slug or docket fits. */
  courts(query?: string): readonly CourtCase[];
  /** Oldest first. */
  timeline(filter: TimelineFilter): readonly TimelineEvent[];
  facts: LedgerFacts;
  /** Newest date any row was verified, and the last day the record covers. */
  lastVerified: string;
  dataEnds: string;
}
