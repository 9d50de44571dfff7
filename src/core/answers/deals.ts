import { z } from 'zod';
import { dealKinds } from '../ledger.ts';
import { removalStages } from '../reading.ts';
import { Certainty, Code, Confidence, LedgerDay, Source } from './parts.ts';

const Stage = z.enum(removalStages);

export const DealAnswer = z.object({
  code: Code,
  name: z.string(),
  stage: Stage,
  history: z.array(
    z.object({
      stage: Stage,
      kind: z.enum(dealKinds).exactOptional(),
      date: LedgerDay,
      certainty: Certainty,
      cap: z.string().nullable(),
      transferred: z.string().nullable(),
      remaining: z.string().exactOptional(),
      nationalities: z.string().nullable(),
      payment: z.string().nullable(),
      instrument: z.string().nullable(),
      note: z.string().nullable(),
      source: Source,
      confidence: Confidence,
      lastVerified: LedgerDay,
    }),
  ),
});

/** `deals --json`. */
export const DealsAnswer = z.object({ version: z.literal(1), deals: z.array(DealAnswer) });
