import type { CountryCode } from './country.ts';
import type { Confidence, Enforcement, LedgerDate, MeasureKind, Source, Tier } from './ledger.ts';
import type { Certainty } from './reading.ts';

export interface BanPeriod {
  tier: Tier;
  from: LedgerDate;
  to: LedgerDate | null;
  instrument: string;
}

export const tierWords: Readonly<Record<Tier, string>> = {
  none: 'no entry suspension',
  partial: 'partial entry suspension',
  'immigrant-only': 'entry suspension for immigrants only',
  full: 'full entry suspension',
};

/** `ban-status COUNTRY --json`. */
export interface BanStatus {
  version: 1;
  country: { code: CountryCode; name: string };
  /** The day asked about, `YYYY-MM-DD`, in Washington. */
  on: string;
  tier: Tier;
  visaClasses: readonly string[];
  /** Start of the unbroken tier; null when there is none. */
  since: LedgerDate | null;
  instrument: string | null;
  citation: string | null;
  history: readonly BanPeriod[];
  upcoming: readonly { tier: Tier; from: LedgerDate; instrument: string }[];
  perClass: readonly { class: string; since: LedgerDate }[];
  /** Classes that the unbroken suspension reached before the day's own, and since when it no longer does. */
  lifted?: readonly { class: string; on: LedgerDate }[];
  enforcement: Enforcement;
  exceptions: readonly { who: string; status: string; instrument: string }[];
  other: readonly { kind: MeasureKind; tier: string; from: LedgerDate; to: LedgerDate | null; instrument: string }[];
  courts: readonly { id: string; name: string; posture: string; date: LedgerDate }[];
  /** `underReview`: read from the document itself, and not approved yet; `story` is then `proposal/<id>`. */
  reported: readonly { story: string; headline: string; date: string; certainty: Certainty; underReview?: boolean }[];
  confidence: Confidence | null;
  sources: readonly Source[];
  documentRule?: string;
  /** Rows that no source was read for say so here. */
  note?: string;
  /** Nothing learned after this day counts, where the question said so. */
  known?: string;
  /** The earlier day that this one was compared with. */
  comparedWith?: ComparedStatus;
  lastVerified: string;
  dataEnds: string;
}

/** What stood on the earlier of two days. */
export type ComparedStatus = Pick<BanStatus, 'on' | 'tier' | 'visaClasses' | 'since' | 'instrument' | 'exceptions'>;

/** `ban-status --json` without a country. */
export interface BanList {
  version: 1;
  on: string;
  countries: readonly { code: CountryCode; name: string; tier: Tier; since: LedgerDate; instrument: string }[];
  documents: readonly { code: CountryCode; rule: string; from: LedgerDate; instrument: string }[];
  other: readonly { code: CountryCode; kind: MeasureKind; from: LedgerDate; instrument: string }[];
  /** Signed by the day and taking effect after it. */
  upcoming?: readonly { code: CountryCode; name: string; tier: Tier; from: LedgerDate; instrument: string }[];
  counts: { full: number; partial: number; immigrantOnly: number; rule: string };
  /** Nothing learned after this day counts, where the question said so. */
  known?: string;
  /** What differs from an earlier day, where one was named. */
  comparedWith?: { on: string; changes: readonly StatusChange[] };
  dataEnds: string;
}

/** One country whose suspension on paper differs between two days. */
export interface StatusChange {
  code: CountryCode;
  name: string;
  before: Tier;
  after: Tier;
  /** Instrument of the later day; null when nothing is suspended then. */
  instrument: string | null;
}
