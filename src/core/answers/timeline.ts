import { z } from 'zod';
import { Certainty, Code, LedgerDay } from './parts.ts';

export const TimelineEventAnswer = z.object({
  date: LedgerDay,
  matter: z.string().regex(/^[a-z]+\/\S+$/),
  kind: z.enum(['ban', 'removal', 'court', 'other']),
  stage: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  certainty: Certainty,
  countries: z.array(Code),
  title: z.string(),
  source: z.object({ title: z.string(), url: z.string().nullable() }),
  story: z.string().nullable(),
});

/** `timeline --json`. */
export const TimelineAnswer = z.object({
  version: z.literal(1),
  events: z.array(TimelineEventAnswer),
  storiesSince: LedgerDay.nullable().describe(
    'The record is here whole, of stories only the newest 200: this is the day from which on they are here, null when none is left out. Ask for older ones with `until`.',
  ),
});
