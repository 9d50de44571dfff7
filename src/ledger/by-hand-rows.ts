import type { Countries } from '../core/country.ts';
import { UserError } from '../core/errors.ts';
import type { LedgerRow, Source } from '../core/ledger.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import type { ProposalDraft, ProposedChange } from '../core/review.ts';
import { slug } from '../core/slug.ts';
import type { HandInput } from './by-hand-input.ts';
import { firstDay, holds } from './dates.ts';
import { rowEntry } from './entries.ts';
import { entryWords } from './entry-words.ts';
import { tierRank } from './segments.ts';

export interface HandContext {
  data: LedgerData;
  countries: Countries;
  by: string;
  /** `YYYY-MM-DD`. */
  today: string;
}

export function citedSource(cited: { citation: string; url: string; publisher?: string | undefined }): Source {
  return { title: cited.citation, url: cited.url, publisher: cited.publisher ?? null };
}

/** The code of a country that a person named; throws UserError when it is not certain. */
export function codeOf(text: string, countries: Countries): string {
  if (text === '*') return text;
  const match = countries.resolve(text);
  if (match.kind === 'found' && match.how === 'exact') return match.country.code;
  throw new UserError(`“${text}” does not name one country for certain. Give its code, such as LA.`);
}

/** One measure on one or more countries; a suspension ends the one that stands where it begins. */
export function rowDraft(input: HandInput<'row'>, context: HandContext): ProposalDraft {
  if ((input.ended === undefined) !== (input.endedBy === undefined))
    throw new UserError('--ended and --endedBy go together: the day, and what ended it.');
  if (input.ended !== undefined && firstDay(input.ended) <= firstDay(input.effective))
    throw new UserError('--ended is the first day not in force: give a day after --effective.');
  if (input.kind === 'entry-ban' && input.tier === 'none')
    throw new UserError('An entry-ban needs --tier partial, immigrant-only or full; to end one, propose end.');
  const rows = [...new Set(input.country.map((name) => codeOf(name, context.countries)))].map((code) => {
    const standing = standingRow(code, input, context.data);
    return { row: rowOf(code, input, standing, context), standing };
  });
  const change: ProposedChange = {
    adds: rows.map(({ row }) => rowEntry(row)),
    marks: rows.flatMap(({ standing }) =>
      standing === null ? [] : [{ row: standing.id, ended: input.effective, endedBy: input.instrument }],
    ),
  };
  const [first] = change.adds;
  const words = first === undefined ? '' : entryWords(first);
  const more = rows.length > 1 ? ` and the same for ${rows.length - 1} more countries` : '';
  return {
    fingerprint: `hand|row|${change.adds.map((entry) => `${entry.key}|${entryWords(entry)}`).join('|')}`,
    action: rows[0]?.standing ? (rows[0].row.change === 'upgraded' ? 'upgrade' : 'modify') : 'add',
    countries: rows.map(({ row }) => row.country),
    instrument: input.instrument,
    summary: `add ${words}${more}`,
    change,
    source: citedSource(input),
    quote: input.quote,
    proposedBy: context.by,
  };
}

/** The suspension of another instrument that is in force where a new one begins. */
function standingRow(code: string, { kind, instrument, effective }: HandInput<'row'>, data: LedgerData) {
  if (kind !== 'entry-ban') return null;
  const day = firstDay(effective);
  const rows = data.rows.filter((row) => row.country === code && row.kind === 'entry-ban' && row.tier !== 'none');
  return rows.findLast((row) => row.instrument !== instrument && holds(row.effective, row.ended, day)) ?? null;
}

function rowOf(
  country: string,
  input: HandInput<'row'>,
  standing: LedgerRow | null,
  { today }: HandContext,
): LedgerRow {
  const wider = standing !== null && tierRank[input.tier] > tierRank[standing.tier];
  const change = standing === null ? 'added' : wider ? 'upgraded' : 'modified';
  return {
    id: `${slug(input.instrument)}/${country}/${input.effective}`,
    country,
    kind: input.kind,
    instrument: input.instrument,
    section: input.section ?? null,
    citation: null,
    change: input.kind === 'entry-ban' ? change : 'noted',
    tier: input.tier,
    visaClasses: input.classes,
    signed: input.signed ?? null,
    published: null,
    announced: input.announced ?? null,
    effective: input.effective,
    ended: input.ended ?? null,
    endedBy: input.endedBy ?? null,
    note: input.note ?? null,
    source: citedSource(input),
    confidence: 'primary-source-seen',
    lastVerified: today,
    ...(country === '*' ? { reach: 'all-nationalities' as const } : {}),
  };
}

/** The end of a row that stands. */
export function endDraft(input: HandInput<'end'>, { data, by, today }: HandContext): ProposalDraft {
  const row = data.rows.find((each) => each.id === input.row);
  if (!row) throw new UserError(`No row ${input.row} is in the record. ${namesNear(input.row, data)}`);
  if (firstDay(input.ended) <= firstDay(row.effective))
    throw new UserError(`The row took effect on ${row.effective}: --ended is the first day not in force, after it.`);
  const source = citedSource(input);
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

/** Rows of the country that a wrong name seems to mean. */
function namesNear(name: string, data: LedgerData): string {
  const code = /(?:^|\/)([A-Z]{2})(?:\/|$)/i.exec(name)?.[1]?.toUpperCase();
  const near = data.rows.filter((row) => row.country === code && row.ended === null && row.change !== 'removed');
  const some = near.slice(-4).map((row) => row.id);
  return some.length > 0
    ? `Rows of ${code ?? ''} that stand: ${some.join(', ')}.`
    : 'Rows are named instrument/COUNTRY/day, such as proclamation-10998/LA/2026-01-01.';
}
