import type { CountryCode } from './country.ts';
import type {
  Confidence,
  CourtCase,
  DealStep,
  Enforcement,
  ExceptionRow,
  LedgerDate,
  LedgerRow,
  MeasureKind,
  Source,
  Tier,
} from './ledger.ts';

/** A law, order or policy whose rows the ledger holds. */
export interface Instrument {
  name: string;
  kind: MeasureKind;
  /** Where it is printed: `90 FR 24497`. */
  citation: string | null;
  authority: string | null;
  signed: LedgerDate | null;
  published: LedgerDate | null;
  announced: LedgerDate | null;
  effective: LedgerDate;
  /** How many countries the instrument itself says it puts under each tier; the rows must agree. */
  counts: Readonly<Partial<Record<Tier, number>>>;
  /** Other readings of its dates, with who reads them so. */
  otherDates: readonly { date: LedgerDate; of: string; note: string }[];
  /** Reports that it orders: the first so many days after it was signed, then every so many. */
  reviews?: { firstAfterDays: number; everyDays: number; section: string };
  note: string | null;
  source: Source;
  confidence: Confidence;
  lastVerified: string;
}

/** What courts allowed of an instrument over a period; from `from` up to the day before `to`. */
export interface EnforcementPeriod {
  instrument: string;
  state: Enforcement['state'];
  /** Whom it is about; all of the instrument's countries when absent. */
  countries?: readonly CountryCode[];
  case: string | null;
  from: string;
  to: string | null;
  note: string | null;
}

/** A programme (not a ban) that a ruling is about, for these nationalities. */
export interface ProgrammeRuling {
  programme: 'parole' | 'tps';
  case: string;
  date: LedgerDate;
  countries: readonly CountryCode[];
  source: Source;
}

/** Where an entry stands, for problems that name file and line. */
export interface Place {
  file: string;
  line: number;
}

/** The legal record as the files under `config/ledger` hold it. Ids are stable and unique. */
export interface LedgerData {
  instruments: readonly Instrument[];
  rows: readonly LedgerRow[];
  exceptions: readonly ExceptionRow[];
  deals: readonly { code: CountryCode; steps: readonly DealStep[] }[];
  cases: readonly CourtCase[];
  programmes: readonly ProgrammeRuling[];
  enforcement: readonly EnforcementPeriod[];
  /** Last day the record covers. */
  dataEnds: string;
  /** `row:<id>`, `instrument:<name>`, `exception:<n>`, `deal:<code>:<n>`, `case:<id>:<n>`, `enforcement:<n>`. */
  where(key: string): Place | null;
}

/** Something wrong with the record, with its place and what would mend it. */
export interface LedgerProblem {
  kind:
    | 'dates'
    | 'country'
    | 'overlap'
    | 'gap'
    | 'count'
    | 'link'
    | 'instrument'
    | 'duplicate'
    | 'unverified'
    | 'classes';
  message: string;
  file: string;
  line: number;
}
