import type { EarlierReport, Reading, Stage } from '../../core/reading.ts';

/** A stretch of an article that retells another originator's older report: its countries are not this development's. */
export interface EarlierMark {
  originator: string;
  /** `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or null. */
  date: string | null;
  /** Indexes into `article.sentences`. */
  sentences: readonly number[];
}

/** What provenance found, and what the reader of the development must leave out. */
export interface Provenance extends Pick<Reading, 'originators' | 'comments' | 'correction'> {
  earlier: readonly EarlierMark[];
  /** Sentences that only retell background (earlier reports, precedents told as history, corrections' old values). */
  background: ReadonlySet<number>;
}

/** The stage of the main development, and what a court's act does to the policy. */
export interface StageReading {
  stage: Stage | null;
  /** For court acts: the policy's own stage. */
  policy: Stage | null;
}

/** What one article says happened: read from the title and the sentences that are not background. */
export interface DevelopmentReading
  extends Pick<
    Reading,
    | 'countries'
    | 'matters'
    | 'stage'
    | 'claims'
    | 'quantities'
    | 'ordinals'
    | 'courts'
    | 'cases'
    | 'instruments'
    | 'tier'
    | 'eventDate'
    | 'effectiveDate'
  > {
  earlier: readonly EarlierReport[];
  /** True when the text is about a US measure on entry, visas or removals; false for other countries' schemes and the like. */
  american: boolean;
  /** True when the title by itself tells a step of a removal or ban: a court named under it is background. */
  titleTells: boolean;
}
