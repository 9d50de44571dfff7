import { z } from 'zod';
import { type Confidence, dealKinds, measureKinds } from '../core/ledger.ts';
import { certainties, courtStages, removalStages } from '../core/reading.ts';

const confidences = [
  'primary-source-seen',
  'secondary-source-seen',
  'from-memory-unverified',
] as const satisfies readonly Confidence[];

/** `2025`, `2025-08`, `2025-08-21`: days that the calendar has, with the precision they are known at. */
const known = z
  .string('Expected a date in quotes or with its month, such as 2025-08')
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'Expected a date such as 2025, 2025-08 or 2025-08-21')
  .refine(isReal, 'This day is not in the calendar');
const orUnknown = z.union([known, z.literal('unknown')], 'Expected a date such as 2025-08-21, or unknown');
const country = z.string().regex(/^([A-Z]{2}|\*)$/, 'Expected an alpha-2 country code, or "*" for every country');
const words = z.string().min(1);
const Confidence = z.enum(confidences);

const Source = z.strictObject({ title: words, publisher: words.nullable(), url: z.url().nullable() });
const tier = z.enum(['none', 'partial', 'immigrant-only', 'full']);
const change = z.enum(['added', 'continued', 'upgraded', 'modified', 'removed', 'revoked', 'noted']);
const kind = z.enum(measureKinds);

const BanRow = z.strictObject({
  country,
  section: words.optional(),
  note: words.optional(),
  reach: z.enum(['all-nationalities', 'entry-ban-countries']).optional(),
  ended: orUnknown.optional(),
  endedBy: words.optional(),
  confidence: Confidence.optional(),
  source: Source.optional(),
  lastVerified: orUnknown.optional(),
});

const BanGroup = z.strictObject({
  tier,
  kind: kind.optional(),
  change,
  visaClasses: z.array(words).default([]),
  effective: known.optional(),
  ended: orUnknown.optional(),
  endedBy: words.optional(),
  continuedBy: words.optional(),
  rows: z.array(BanRow).min(1),
});

const BanInstrument = z.strictObject({
  name: words,
  kind,
  citation: words.optional(),
  authority: words.optional(),
  signed: known.optional(),
  published: known.optional(),
  announced: known.optional(),
  effective: known,
  counts: z.partialRecord(tier, z.int().min(0)).default({}),
  otherDates: z.array(z.strictObject({ date: known, of: words, note: words })).default([]),
  reviews: z.strictObject({ firstAfterDays: z.int().min(1), everyDays: z.int().min(1), section: words }).optional(),
  note: words.optional(),
  source: Source,
  confidence: Confidence,
  lastVerified: orUnknown,
  groups: z.array(BanGroup).min(1),
});

/** `config/ledger/entry-bans.yaml`. */
export const EntryBansFile = z.strictObject({
  dataEnds: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'Expected a day such as 2026-10-09'),
  instruments: z.array(BanInstrument),
});
export type EntryBansFile = z.infer<typeof EntryBansFile>;

const ExceptionEntry = z.strictObject({
  who: words,
  appliesTo: words.default('all'),
  status: z.enum(['excepted', 'outside-scope', 'waiver', 'court-made', 'not-excepted', 'removed', 'added', 'limited']),
  section: words.optional(),
  from: known.optional(),
  to: known.optional(),
  note: words.optional(),
  source: Source.optional(),
  confidence: Confidence.optional(),
});

/** `config/ledger/exceptions.yaml`. */
export const ExceptionsFile = z.strictObject({
  instruments: z.array(
    z.strictObject({
      instrument: words,
      source: Source,
      confidence: Confidence,
      exceptions: z.array(ExceptionEntry).min(1),
    }),
  ),
});
export type ExceptionsFile = z.infer<typeof ExceptionsFile>;

const DealStepEntry = z.strictObject({
  stage: z.enum(removalStages),
  date: known,
  certainty: z.enum(certainties),
  kind: z.enum(dealKinds).optional(),
  cap: words.optional(),
  transferred: words.optional(),
  remaining: words.optional(),
  nationalities: words.optional(),
  payment: words.optional(),
  instrument: words.optional(),
  note: words.optional(),
  source: Source,
  confidence: Confidence,
  lastVerified: orUnknown,
});

/** `config/ledger/removals.yaml`. */
export const RemovalsFile = z.strictObject({
  deals: z.array(z.strictObject({ code: country, steps: z.array(DealStepEntry).min(1) })),
});
export type RemovalsFile = z.infer<typeof RemovalsFile>;

const CourtEventEntry = z.strictObject({
  date: orUnknown,
  court: words,
  judgeOrVote: words.nullable(),
  stage: z.enum(courtStages).optional(),
  posture: words,
  holding: words,
  affects: words,
  countries: z.array(country).default([]),
  noAddress: words.optional(),
  source: Source,
  confidence: Confidence,
});

const CourtCaseEntry = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Expected a slug such as dvd-v-dhs'),
  name: words,
  otherNames: z.array(words).default([]),
  docket: words,
  about: z.array(
    z.enum(['travel-ban', 'removals', 'alien-enemies-act', 'parole', 'tps', 'visa-pause', 'benefit-hold']),
  ),
  instruments: z.array(words).default([]),
  programme: z.enum(['parole', 'tps']).optional(),
  scope: words.optional(),
  posture: words,
  next: z.strictObject({ date: known, what: words }).optional(),
  events: z.array(CourtEventEntry).min(1),
});

/** `config/ledger/courts.yaml`. */
export const CourtsFile = z.strictObject({
  cases: z.array(CourtCaseEntry),
  enforcement: z
    .array(
      z.strictObject({
        instrument: words,
        state: z.enum(['in-force', 'partly-enjoined', 'enjoined', 'not-applicable']),
        countries: z.array(country).min(1).optional(),
        case: words.nullable(),
        from: known,
        to: known.nullable(),
        note: words.nullable(),
      }),
    )
    .default([]),
});
export type CourtsFile = z.infer<typeof CourtsFile>;

function isReal(date: string): boolean {
  const whole = `${date}-01-01`.slice(0, 10);
  const at = new Date(`${whole}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(whole);
}
