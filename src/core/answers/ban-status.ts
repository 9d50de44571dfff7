import { z } from 'zod';
import { measureKinds } from '../ledger.ts';
import { AmbiguousAnswer, Certainty, Code, CodeOrAll, Confidence, Day, LedgerDay, Source, Tier } from './parts.ts';

const MeasureKind = z.enum(measureKinds);

const Exception = z.object({ who: z.string(), status: z.string(), instrument: z.string() });

/** `ban-status COUNTRY --json`. */
export const BanStatusAnswer = z.object({
  version: z.literal(1),
  country: z.object({ code: Code, name: z.string() }),
  on: Day,
  tier: Tier,
  visaClasses: z.array(z.string()),
  since: LedgerDay.nullable(),
  instrument: z.string().nullable(),
  citation: z.string().nullable(),
  history: z.array(z.object({ tier: Tier, from: LedgerDay, to: LedgerDay.nullable(), instrument: z.string() })),
  upcoming: z.array(z.object({ tier: Tier, from: LedgerDay, instrument: z.string() })),
  perClass: z.array(z.object({ class: z.string(), since: LedgerDay })),
  lifted: z.array(z.object({ class: z.string(), on: LedgerDay })).exactOptional(),
  enforcement: z.object({
    state: z.enum(['in-force', 'partly-enjoined', 'enjoined', 'not-applicable']),
    case: z.string().nullable(),
    since: z.string().nullable(),
    note: z.string().nullable(),
  }),
  exceptions: z.array(Exception),
  other: z.array(
    z.object({
      kind: MeasureKind,
      tier: z.string(),
      from: LedgerDay,
      to: LedgerDay.nullable(),
      instrument: z.string(),
    }),
  ),
  courts: z.array(z.object({ id: z.string(), name: z.string(), posture: z.string(), date: LedgerDay })),
  reported: z.array(
    z.object({
      story: z.string(),
      headline: z.string(),
      date: Day,
      certainty: Certainty,
      underReview: z.boolean().exactOptional(),
    }),
  ),
  confidence: Confidence.nullable(),
  sources: z.array(Source),
  documentRule: z.string().exactOptional(),
  note: z.string().exactOptional(),
  /** With `known`: nothing learned after this day counts. */
  known: Day.exactOptional(),
  /** With `since`: the earlier day. */
  comparedWith: z
    .object({
      on: Day,
      tier: Tier,
      visaClasses: z.array(z.string()),
      since: LedgerDay.nullable(),
      instrument: z.string().nullable(),
      exceptions: z.array(Exception),
    })
    .exactOptional(),
  lastVerified: LedgerDay,
  dataEnds: Day,
});

/** `ban-status --json` without a country. */
export const BanListAnswer = z.object({
  version: z.literal(1),
  on: Day,
  countries: z.array(z.object({ code: Code, name: z.string(), tier: Tier, since: LedgerDay, instrument: z.string() })),
  documents: z.array(z.object({ code: Code, rule: z.string(), from: LedgerDay, instrument: z.string() })),
  other: z.array(z.object({ code: CodeOrAll, kind: MeasureKind, from: LedgerDay, instrument: z.string() })),
  upcoming: z
    .array(z.object({ code: Code, name: z.string(), tier: Tier, from: LedgerDay, instrument: z.string() }))
    .exactOptional(),
  known: Day.exactOptional(),
  counts: z.object({ full: z.int(), partial: z.int(), immigrantOnly: z.int(), rule: z.string() }),
  comparedWith: z
    .object({
      on: Day,
      changes: z.array(
        z.object({ code: Code, name: z.string(), before: Tier, after: Tier, instrument: z.string().nullable() }),
      ),
    })
    .exactOptional(),
  dataEnds: Day,
});

/** Any answer of the command. */
export const BanStatusCommandAnswer = z.union([BanStatusAnswer, BanListAnswer, AmbiguousAnswer]);
