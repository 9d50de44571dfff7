import type { StatusChange } from './ban-status.ts';
import type { CountryCode } from './country.ts';
import type { CourtEvent, DealStep, ExceptionRow, LedgerDate, LedgerRow, Source } from './ledger.ts';
import type { EnforcementPeriod, ProgrammeRuling } from './ledger-data.ts';
import type { Story } from './story.ts';
import type { UnderReview } from './under-review.ts';

export const entryKinds = ['row', 'deal', 'court', 'exception', 'enforcement', 'programme'] as const;

/**
 * One entry of the record. Keys are stable: a row's id, `RW/agreed/2025-08-05`, `dvd-v-dhs/2025-06-23/stayed`,
 * `proclamation-10998/excepted/athletes-…`, `proclamation-10998/2026-11-03`, `tps/miot-v-trump/2026-06-25`.
 */
export type LedgerEntry =
  | { kind: 'row'; key: string; value: LedgerRow }
  | { kind: 'deal'; key: string; value: { code: CountryCode; step: DealStep } }
  | { kind: 'court'; key: string; value: CourtStep }
  | { kind: 'exception'; key: string; value: ExceptionRow }
  | { kind: 'enforcement'; key: string; value: EnforcementPeriod }
  | { kind: 'programme'; key: string; value: ProgrammeRuling };

/** One event of a case, and what it set to happen next. */
export interface CourtStep {
  case: string;
  name: string;
  docket: string;
  event: CourtEvent;
  next?: { date: LedgerDate; what: string };
}

/** An entry as it was from a moment on. */
export interface LedgerChange {
  id: string;
  kind: LedgerEntry['kind'];
  key: string;
  /** The record that came with the program, or an operator's approval, which stands over it. */
  origin: 'shipped' | 'review';
  /** Held when the record was first loaded: known since it was signed, not since it was loaded. */
  baseline: boolean;
  /** ISO 8601 UTC. */
  learnedAt: string;
  /** Null when it was taken out (shipped), or given back to the shipped record (review). */
  entry: LedgerEntry | null;
  by: string | null;
  reason: string | null;
  proposal: string | null;
}

/** What an approval writes: new entries, and on rows that stand, what continues or ends them. */
export interface ProposedChange {
  adds: readonly LedgerEntry[];
  marks: readonly { row: string; continuedBy?: string; ended?: LedgerDate; endedBy?: string }[];
}

/** A change that waits for an operator. */
export interface ProposalDraft {
  /** The same for the same change told again: it is proposed once. */
  fingerprint: string;
  action: 'add' | 'continue' | 'upgrade' | 'modify' | 'end';
  /** Whom it concerns; empty for a case without countries. */
  countries: readonly CountryCode[];
  instrument: string;
  /** The change in one line of words. */
  summary: string;
  change: ProposedChange;
  source: Source;
  /** The sentence it rests on; what the proposer quotes. */
  quote: string;
  /** `reader` for what was read by the machine, else the user's id. */
  proposedBy: string;
}

export interface LedgerProposal extends ProposalDraft {
  id: string;
  state: 'waiting' | 'approved' | 'rejected';
  proposedAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
  reason: string | null;
}

/** An operator's decision. Reasons are kept and shown. */
export interface Decision {
  state: 'approved' | 'rejected';
  by: string;
  reason: string;
  at: string;
}

/** What somebody says is wrong with an answer; who said it is not kept. */
export interface AnswerReport {
  id: string;
  /** The command that gave the answer, or words. */
  about: string;
  words: string;
  reportedAt: string;
  resolvedBy: string | null;
  resolvedAt: string | null;
  resolution: string | null;
}

/** A row of which the shipped record says something else than what an operator approved. */
export interface ReviewDifference {
  kind: LedgerEntry['kind'];
  key: string;
  approved: string;
  /** Null where the shipped record has no such entry. */
  shipped: string | null;
}

/** Where operators turn proposals into law of the record, and people's reports are kept. */
export interface ReviewDesk {
  waiting(limit: number): Promise<readonly LedgerProposal[]>;
  /** By its id, or by the end of it where only one has that. */
  proposal(id: string): Promise<LedgerProposal | null>;
  /** Enters proposals; answers the ids of those that were not known yet. */
  propose(drafts: readonly ProposalDraft[]): Promise<readonly string[]>;
  /** What approving would change: entries before and after, in words, `-` and `+` lines. */
  diff(proposal: LedgerProposal): readonly string[];
  /**
   * Decides a waiting proposal; an approval writes the history, and answers follow at once. What changed on paper
   * between today's answers before and after. Null when it was no longer waiting. Throws UserError when a row that it marks is gone.
   */
  decide(id: string, decision: Omit<Decision, 'at'>): Promise<readonly StatusChange[] | null>;
  /** Approved entries of which the shipped record now says something else. */
  differences(): readonly ReviewDifference[];
  /** Gives an approved entry back to the shipped record; false when no approval stands for the key. */
  adopt(key: string, by: string, reason: string): Promise<boolean>;
  /** Takes in what another process changed in the record, if any did. Cheap when none did. */
  refresh(): Promise<void>;
  /** Changes of the record that concern a country, since it was first loaded, in words, oldest first. */
  corrections(code: CountryCode): readonly string[];
  /** What primary documents say of a country and nobody has approved yet. */
  underReview(code: CountryCode): Promise<readonly LedgerProposal[]>;
  /** What of it waits because of a primary document in this story; null when nothing does. */
  underReviewIn(story: Story): Promise<UnderReview | null>;
  report(about: string, words: string): Promise<string>;
  reports(limit: number): Promise<readonly AnswerReport[]>;
  resolveReport(id: string, by: string, resolution: string): Promise<boolean>;
}
