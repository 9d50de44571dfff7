import { z } from 'zod';
import { UserError } from '../core/errors.ts';
import { dealKinds, measureKinds } from '../core/ledger.ts';
import { certainties, courtStages, removalStages } from '../core/reading.ts';

const words = z.string().trim().min(1).max(1000);
const date = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'give a date such as 2026-12-01, or 2026-12')
  .refine(isReal, 'this day is not in the calendar');
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'give a day such as 2026-12-01')
  .refine(isReal, 'this day is not in the calendar');
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);
const caseId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'give the case’s slug, such as dvd-v-dhs');

/** Every proposal by hand says where it stands: a title, an address, and the sentence. */
const citation = { citation: words, url: z.url({ protocol: /^https?$/ }), quote: words, publisher: words.optional() };

const row = z.strictObject({
  ...citation,
  country: list.refine((names) => names.length > 0, 'name at least one country, or *'),
  kind: z.enum(measureKinds),
  tier: z.enum(['none', 'partial', 'immigrant-only', 'full']).default('none'),
  instrument: words,
  effective: date,
  classes: list.default([]),
  section: words.optional(),
  signed: date.optional(),
  announced: date.optional(),
  ended: date.optional(),
  endedBy: words.optional(),
  note: words.optional(),
});
const deal = z.strictObject({
  ...citation,
  country: words,
  stage: z.enum(removalStages),
  date,
  certainty: z.enum(certainties).default('official'),
  cap: words.optional(),
  sent: words.optional(),
  remaining: words.optional(),
  kind: z.enum(dealKinds).optional(),
  nationalities: words.optional(),
  payment: words.optional(),
  instrument: words.optional(),
  note: words.optional(),
});
const court = z.strictObject({
  ...citation,
  case: caseId,
  name: words.optional(),
  docket: words.optional(),
  date,
  court: words,
  stage: z.enum(courtStages).optional(),
  posture: words,
  holding: words,
  affects: words,
  countries: list.default([]),
  next: date.optional(),
  nextWhat: words.optional(),
});
const exception = z.strictObject({
  ...citation,
  instrument: words,
  who: words,
  status: z.enum(['excepted', 'outside-scope', 'waiver', 'court-made', 'not-excepted', 'removed', 'added', 'limited']),
  countries: list.default([]),
  section: words.optional(),
  from: day.optional(),
  to: day.optional(),
  note: words.optional(),
});

/** What each kind of proposal by hand takes. */
export const handInputs = {
  row,
  end: z.strictObject({ ...citation, row: words, ended: date, by: words }),
  deal,
  court,
  exception,
  enforcement: z.strictObject({
    ...citation,
    instrument: words,
    state: z.enum(['in-force', 'partly-enjoined', 'enjoined', 'not-applicable']),
    case: caseId,
    from: day,
    to: day.optional(),
    note: words.optional(),
  }),
  programme: z.strictObject({
    ...citation,
    programme: z.enum(['parole', 'tps']),
    case: caseId,
    date,
    countries: list.refine((names) => names.length > 0, 'name the nationalities that the ruling is about'),
  }),
} as const;

export type HandKind = keyof typeof handInputs;
export type HandInput<Kind extends HandKind> = z.infer<(typeof handInputs)[Kind]>;

export const handKinds = Object.keys(handInputs) as readonly HandKind[];

/** The names that each kind of proposal by hand takes, for the command line. */
export function handFields(kind: HandKind): readonly string[] {
  return Object.keys(handInputs[kind].shape);
}

/** What a person gave, checked. Throws UserError naming the field that is missing or wrong, and what would do. */
export function readHandInput<Schema extends z.ZodType>(
  schema: Schema,
  given: Readonly<Record<string, string>>,
): z.infer<Schema> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') ?? '';
  const missing = field !== '' && given[field] === undefined;
  throw new UserError(
    missing
      ? `A proposal needs --${field}.`
      : `${field === '' ? 'This' : `--${field}`} is not right: ${issue?.message ?? ''}.`,
  );
}

function isReal(text: string): boolean {
  const at = new Date(`${`${text}-01-01`.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
