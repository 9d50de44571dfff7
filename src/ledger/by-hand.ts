import { z } from 'zod';
import type { Countries } from '../core/country.ts';
import { UserError } from '../core/errors.ts';
import { type LedgerRow, measureKinds, type Source } from '../core/ledger.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import type { LedgerEntry, ProposalDraft } from '../core/review.ts';
import { certainties, courtStages, removalStages } from '../core/story.ts';
import { courtEntry, dealEntry, rowEntry } from './entries.ts';
import { entryWords } from './entry-words.ts';
import { slug } from './proposals.ts';

const words = z.string().trim().min(1).max(1000);
const day = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'give a date such as 2026-12-01, or 2026-12');
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

/** Every proposal by hand says where it stands: a title, an address, and the sentence. */
const citation = { citation: words, url: z.url({ protocol: /^https?$/ }), quote: words, publisher: words.optional() };

const RowInput = z.strictObject({
  ...citation,
  country: words,
  kind: z.enum(measureKinds),
  tier: z.enum(['none', 'partial', 'immigrant-only', 'full']).default('none'),
  instrument: words,
  effective: day,
  classes: list.default([]),
  section: words.optional(),
  signed: day.optional(),
  announced: day.optional(),
  ended: day.optional(),
  endedBy: words.optional(),
  note: words.optional(),
});
const EndInput = z.strictObject({ ...citation, row: words, ended: day, by: words });
const DealInput = z.strictObject({
  ...citation,
  country: words,
  stage: z.enum(removalStages),
  date: day,
  certainty: z.enum(certainties).default('official'),
  cap: words.optional(),
  sent: words.optional(),
  nationalities: words.optional(),
  payment: words.optional(),
  instrument: words.optional(),
  note: words.optional(),
});
const CourtInput = z.strictObject({
  ...citation,
  case: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'give the case’s slug, such as dvd-v-dhs'),
  name: words.optional(),
  docket: words.optional(),
  date: day,
  court: words,
  stage: z.enum(courtStages).optional(),
  posture: words,
  holding: words,
  affects: words,
  countries: list.default([]),
});

export const handKinds = ['row', 'end', 'deal', 'court'] as const;
export type HandKind = (typeof handKinds)[number];

/** The names that each kind of proposal by hand takes, for the command line. */
export const handFields: Readonly<Record<HandKind, readonly string[]>> = {
  row: Object.keys(RowInput.shape),
  end: Object.keys(EndInput.shape),
  deal: Object.keys(DealInput.shape),
  court: Object.keys(CourtInput.shape),
};

export interface HandContext {
  data: LedgerData;
  countries: Countries;
  by: string;
  /** `YYYY-MM-DD`. */
  today: string;
}

/** A proposal that a person enters, citation and sentence included. Throws UserError naming the field and what would do. */
export function draftByHand(
  kind: HandKind,
  given: Readonly<Record<string, string>>,
  context: HandContext,
): ProposalDraft {
  if (kind === 'end') return endDraft(read(EndInput, given), context);
  if (kind === 'deal') return addDraft(dealOf(read(DealInput, given), context), read(DealInput, given), context);
  if (kind === 'court') return addDraft(courtOf(read(CourtInput, given), context), read(CourtInput, given), context);
  const row = read(RowInput, given);
  return addDraft(rowEntry(rowOf(row, context)), row, context);
}

function read<Schema extends z.ZodType>(schema: Schema, given: Readonly<Record<string, string>>): z.infer<Schema> {
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

type Cited = Pick<z.infer<typeof EndInput>, 'citation' | 'url' | 'quote' | 'publisher'>;

function sourceOf({ citation: title, url, publisher }: Cited): Source {
  return { title, url, publisher: publisher ?? null };
}

function codeOf(text: string, countries: Countries): string {
  if (text === '*') return text;
  const match = countries.resolve(text);
  if (match.kind === 'found' && match.how === 'exact') return match.country.code;
  throw new UserError(`“${text}” does not name one country for certain. Give its code, such as LA.`);
}

function rowOf(input: z.infer<typeof RowInput>, { countries, today }: HandContext): LedgerRow {
  const country = codeOf(input.country, countries);
  if ((input.ended === undefined) !== (input.endedBy === undefined))
    throw new UserError('--ended and --endedBy go together: the day, and what ended it.');
  return {
    id: `${slug(input.instrument)}/${country}/${input.effective}`,
    country,
    kind: input.kind,
    instrument: input.instrument,
    section: input.section ?? null,
    citation: null,
    change: input.kind === 'entry-ban' ? 'added' : 'noted',
    tier: input.tier,
    visaClasses: input.classes,
    signed: input.signed ?? null,
    published: null,
    announced: input.announced ?? null,
    effective: input.effective,
    ended: input.ended ?? null,
    endedBy: input.endedBy ?? null,
    note: input.note ?? null,
    source: sourceOf(input),
    confidence: 'primary-source-seen',
    lastVerified: today,
    ...(country === '*' ? { reach: 'all-nationalities' as const } : {}),
  };
}

function dealOf(input: z.infer<typeof DealInput>, { countries, today }: HandContext): LedgerEntry {
  return dealEntry(codeOf(input.country, countries), {
    stage: input.stage,
    date: input.date,
    certainty: input.certainty,
    cap: input.cap ?? null,
    transferred: input.sent ?? null,
    nationalities: input.nationalities ?? null,
    payment: input.payment ?? null,
    instrument: input.instrument ?? null,
    note: input.note ?? null,
    source: sourceOf(input),
    confidence: 'primary-source-seen',
    lastVerified: today,
  });
}

function courtOf(input: z.infer<typeof CourtInput>, { data, countries }: HandContext): LedgerEntry {
  const known = data.cases.find((each) => each.id === input.case);
  const [name, docket] = [known?.name ?? input.name, known?.docket ?? input.docket];
  if (name === undefined || docket === undefined)
    throw new UserError(
      `No case ${input.case} is on record: give --name and --docket to enter it, or correct the slug.`,
    );
  const { date, court, stage, posture, holding, affects } = input;
  return courtEntry(
    { id: input.case, name, docket },
    {
      date,
      court,
      judgeOrVote: null,
      posture,
      holding,
      affects,
      countries: input.countries.map((code) => codeOf(code, countries)),
      source: sourceOf(input),
      confidence: 'primary-source-seen',
      ...(stage === undefined ? {} : { stage }),
    },
  );
}

function addDraft(entry: LedgerEntry, cited: Cited, { by }: HandContext): ProposalDraft {
  const countries =
    entry.kind === 'row'
      ? [entry.value.country]
      : entry.kind === 'deal'
        ? [entry.value.code]
        : entry.value.event.countries;
  const instrument =
    entry.kind === 'row'
      ? entry.value.instrument
      : entry.kind === 'court'
        ? entry.value.name
        : (entry.value.step.instrument ?? entry.key);
  return {
    fingerprint: `hand|${entry.kind}|${entry.key}|${entryWords(entry)}`,
    action: 'add',
    countries,
    instrument,
    summary: `add ${entryWords(entry)}`,
    change: { adds: [entry], marks: [] },
    source: sourceOf(cited),
    quote: cited.quote,
    proposedBy: by,
  };
}

function endDraft(input: z.infer<typeof EndInput>, { data, by, today }: HandContext): ProposalDraft {
  const row = data.rows.find((each) => each.id === input.row);
  if (!row) throw new UserError(`No row ${input.row} is in the record. Rows are named instrument/COUNTRY/day.`);
  const source = sourceOf(input);
  const closing: LedgerRow = {
    ...row,
    id: `${slug(input.by)}/${row.country}/${input.ended}`,
    instrument: input.by,
    section: null,
    citation: null,
    change: 'removed',
    tier: 'none',
    visaClasses: [],
    signed: null,
    published: null,
    announced: null,
    effective: input.ended,
    ended: null,
    endedBy: null,
    note: null,
    source,
    confidence: 'primary-source-seen',
    lastVerified: today,
  };
  return {
    fingerprint: `hand|end|${row.id}|${input.ended}|${input.by}`,
    action: 'end',
    countries: [row.country],
    instrument: input.by,
    summary: `end ${row.country} ${row.kind === 'entry-ban' ? row.tier : row.kind} (${row.instrument}) on ${input.ended}, by ${input.by}`,
    change: {
      adds: row.kind === 'entry-ban' ? [rowEntry(closing)] : [],
      marks: [{ row: row.id, ended: input.ended, endedBy: input.by }],
    },
    source,
    quote: input.quote,
    proposedBy: by,
  };
}
