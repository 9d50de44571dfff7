import { z } from 'zod';
import { courtStages } from '../reading.ts';
import { Code, Confidence, LedgerDay, Source } from './parts.ts';

export const CourtCaseAnswer = z.object({
  id: z.string(),
  name: z.string(),
  otherNames: z.array(z.string()),
  docket: z.string(),
  posture: z.string(),
  history: z.array(
    z.object({
      date: LedgerDay,
      stage: z.enum(courtStages).exactOptional(),
      court: z.string(),
      judgeOrVote: z.string().nullable(),
      posture: z.string(),
      holding: z.string(),
      affects: z.string(),
      countries: z.array(Code),
      noAddress: z.string().exactOptional(),
      source: Source,
      confidence: Confidence,
    }),
  ),
  next: z.object({ date: LedgerDay, what: z.string() }).exactOptional(),
  instruments: z.array(z.string()).exactOptional(),
  about: z.array(z.string()).exactOptional(),
  scope: z.string().exactOptional(),
  /** The day of its newest entry: nothing later of it was looked up. */
  lastVerified: LedgerDay,
});

/** `courts --json`. */
export const CourtsAnswer = z.object({ version: z.literal(1), cases: z.array(CourtCaseAnswer) });
