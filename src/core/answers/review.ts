import { z } from 'zod';
import { Source, Tier } from './parts.ts';

const version = z.literal(1);

const Proposal = z
  .object({
    id: z.string(),
    state: z.enum(['waiting', 'approved', 'rejected']),
    action: z.enum(['add', 'continue', 'upgrade', 'modify', 'end']),
    countries: z.array(z.string()),
    instrument: z.string(),
    summary: z.string(),
    source: Source,
    quote: z.string(),
    proposedBy: z.string(),
    proposedAt: z.string(),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .loose();

/** Approved entries of which the shipped record says something else. */
export const Differences = z.array(
  z.object({ kind: z.string(), key: z.string(), approved: z.string(), shipped: z.string().nullable() }),
);

const Change = z.object({
  code: z.string(),
  name: z.string(),
  before: Tier,
  after: Tier,
  instrument: z.string().nullable(),
});

/** `/review`: what waits; one proposal with its diff; or what was decided. */
export const ReviewAnswer = z.union([
  z.object({
    version,
    proposals: z.array(Proposal),
    reports: z.array(z.object({ id: z.string(), about: z.string(), words: z.string() }).loose()),
    differences: Differences,
  }),
  z.object({ version, proposal: Proposal, diff: z.array(z.string()) }),
  z.object({ version, decided: z.array(z.string()), state: z.string(), changes: z.array(Change) }),
  z.object({ version, adopted: z.string() }),
  z.object({ version, resolved: z.string() }),
]);

/** `/report`: the report's id; null when nothing was said. */
export const ReportAnswer = z.object({ version, reported: z.string().nullable() });

/** `ledger propose --json`: the id that waits; null when it was proposed before. */
export const LedgerProposeAnswer = z.object({ version, proposed: z.string().nullable(), summary: z.string() });
