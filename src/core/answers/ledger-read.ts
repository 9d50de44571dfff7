import { z } from 'zod';
import { CodeOrAll, LedgerDay, Tier } from './parts.ts';

/** One change that a primary document would make, with the sentence it rests on. */
export const ProposalAnswer = z.object({
  action: z.enum(['add', 'continue', 'upgrade', 'modify', 'end']),
  country: CodeOrAll,
  kind: z.enum(['entry-ban', 'document-rule']),
  tier: Tier,
  visaClasses: z.array(z.string()),
  effective: LedgerDay.nullable(),
  section: z.string().nullable(),
  /** Row of the ledger that is ended, continued or changed. */
  row: z.string().nullable(),
  quote: z.string(),
});

/** `ledger read FILE --json`. */
export const LedgerReadAnswer = z.object({
  version: z.literal(1),
  proposals: z.array(ProposalAnswer),
  /** What was found, or why nothing is proposed. */
  reason: z.string(),
  instrument: z.object({
    name: z.string().nullable(),
    title: z.string().nullable(),
    signed: LedgerDay.nullable(),
    effective: LedgerDay.nullable(),
    time: z.string().nullable(),
    authority: z.array(z.string()),
  }),
});
