import { z } from 'zod';
import { certainties } from '../reading.ts';

/** Pieces that several answers share. */
export const Certainty = z.enum(certainties);
export const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or `unknown`. */
export const LedgerDay = z.string().regex(/^(\d{4}(-\d{2}(-\d{2})?)?|unknown)$/);
export const Code = z.string().regex(/^[A-Z]{2}$/);
/** A country, or `*` where a measure reaches every nationality. */
export const CodeOrAll = z.string().regex(/^([A-Z]{2}|\*)$/);
export const Confidence = z.enum(['primary-source-seen', 'secondary-source-seen', 'from-memory-unverified']);
export const Source = z.object({ title: z.string(), publisher: z.string().nullable(), url: z.string().nullable() });
export const Tier = z.enum(['none', 'partial', 'immigrant-only', 'full']);

/** What is answered where a name means several countries; the exit code is 2. */
export const AmbiguousAnswer = z.object({
  version: z.literal(1),
  ambiguous: z.array(z.object({ code: Code, name: z.string() })),
});
