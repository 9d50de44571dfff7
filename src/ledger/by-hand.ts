import { UserError } from '../core/errors.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import type { LedgerEntry, ProposalDraft } from '../core/review.ts';
import { type HandInput, type HandKind, handInputs, readHandInput } from './by-hand-input.ts';
import { citedSource, codeOf, endDraft, type HandContext, rowDraft } from './by-hand-rows.ts';
import { firstDay } from './dates.ts';
import { courtEntry, dealEntry, enforcementEntry, exceptionEntry, programmeEntry } from './entries.ts';
import { countriesOf, entryWords } from './entry-words.ts';

/** A proposal that a person enters, citation and sentence included. Throws UserError naming the field and what would do. */
export function draftByHand(
  kind: HandKind,
  given: Readonly<Record<string, string>>,
  context: HandContext,
): ProposalDraft {
  switch (kind) {
    case 'row':
      return rowDraft(readHandInput(handInputs.row, given), context);
    case 'end':
      return endDraft(readHandInput(handInputs.end, given), context);
    case 'deal':
      return draftOf(readHandInput(handInputs.deal, given), dealOf, context);
    case 'court':
      return draftOf(readHandInput(handInputs.court, given), courtOf, context);
    case 'exception':
      return draftOf(readHandInput(handInputs.exception, given), exceptionOf, context);
    case 'enforcement':
      return draftOf(readHandInput(handInputs.enforcement, given), enforcementOf, context);
    case 'programme':
      return draftOf(readHandInput(handInputs.programme, given), programmeOf, context);
  }
}

type Cited = Pick<HandInput<'end'>, 'citation' | 'url' | 'quote' | 'publisher'>;

/** The last of the entries is what is proposed; those before it are changed with it. */
function draftOf<Input extends Cited>(
  input: Input,
  make: (input: Input, context: HandContext) => readonly [...LedgerEntry[], LedgerEntry],
  context: HandContext,
): ProposalDraft {
  const entries = make(input, context);
  const entry = entries[entries.length - 1] ?? entries[0];
  return {
    fingerprint: `hand|${entry.kind}|${entry.key}|${entryWords(entry)}`,
    action: 'add',
    countries: countriesOf(entry),
    instrument: instrumentOf(entry),
    summary: `add ${entryWords(entry)}`,
    change: { adds: entries, marks: [] },
    source: citedSource(input),
    quote: input.quote,
    proposedBy: context.by,
  };
}

function instrumentOf(entry: LedgerEntry): string {
  switch (entry.kind) {
    case 'court':
      return entry.value.name;
    case 'deal':
      return entry.value.step.instrument ?? entry.key;
    case 'programme':
      return entry.value.case;
    default:
      return entry.value.instrument;
  }
}

function dealOf(input: HandInput<'deal'>, { countries, today }: HandContext): readonly [LedgerEntry] {
  const step = {
    stage: input.stage,
    date: input.date,
    certainty: input.certainty,
    cap: input.cap ?? null,
    transferred: input.sent ?? null,
    ...(input.remaining === undefined ? {} : { remaining: input.remaining }),
    ...(input.kind === undefined ? {} : { kind: input.kind }),
    nationalities: input.nationalities ?? null,
    payment: input.payment ?? null,
    instrument: input.instrument ?? null,
    note: input.note ?? null,
    source: citedSource(input),
    confidence: 'primary-source-seen' as const,
    lastVerified: today,
  };
  return [dealEntry(codeOf(input.country, countries), step)];
}

function courtOf(input: HandInput<'court'>, { data, countries }: HandContext): readonly [LedgerEntry] {
  const known = data.cases.find((each) => each.id === input.case);
  const [name, docket] = [known?.name ?? input.name, known?.docket ?? input.docket];
  if (name === undefined || docket === undefined)
    throw new UserError(
      `No case ${input.case} is on record: give --name and --docket to enter it, or correct the slug.`,
    );
  if ((input.next === undefined) !== (input.nextWhat === undefined))
    throw new UserError('--next and --nextWhat go together: the day, and what is set for it.');
  const { date, court, stage, posture, holding, affects } = input;
  const event = {
    date,
    court,
    judgeOrVote: null,
    posture,
    holding,
    affects,
    countries: input.countries.map((code) => codeOf(code, countries)),
    source: citedSource(input),
    confidence: 'primary-source-seen' as const,
    ...(stage === undefined ? {} : { stage }),
  };
  const next =
    input.next === undefined || input.nextWhat === undefined ? undefined : { date: input.next, what: input.nextWhat };
  return [courtEntry({ id: input.case, name, docket }, event, next)];
}

function exceptionOf(input: HandInput<'exception'>, { data, countries }: HandContext): readonly [LedgerEntry] {
  const codes = input.countries.map((code) => codeOf(code, countries));
  return [
    exceptionEntry({
      instrument: knownInstrument(input.instrument, data),
      who: input.who,
      appliesTo: codes.length === 0 ? 'all' : codes.join(' '),
      status: input.status,
      note: input.note ?? null,
      source: citedSource(input),
      confidence: 'primary-source-seen',
      ...(input.section === undefined ? {} : { section: input.section }),
      ...(input.from === undefined ? {} : { from: input.from }),
      ...(input.to === undefined ? {} : { to: input.to }),
    }),
  ];
}

/** What courts allow from a day on; the state before it, where one stands, ends there. */
function enforcementOf(
  input: HandInput<'enforcement'>,
  { data }: HandContext,
): readonly [...LedgerEntry[], LedgerEntry] {
  const instrument = knownInstrument(input.instrument, data);
  if (input.to !== undefined && input.to <= input.from)
    throw new UserError('--to is the first day after it: give one after --from.');
  const before = data.enforcement.filter(
    (each) => each.instrument === instrument && each.from < input.from && (each.to === null || each.to > input.from),
  );
  return [
    ...before.map((each) => enforcementEntry({ ...each, to: input.from })),
    enforcementEntry({
      instrument,
      state: input.state,
      case: knownCase(input.case, data),
      from: input.from,
      to: input.to ?? null,
      note: input.note ?? null,
    }),
  ];
}

function programmeOf(input: HandInput<'programme'>, { data, countries }: HandContext): readonly [LedgerEntry] {
  return [
    programmeEntry({
      programme: input.programme,
      case: knownCase(input.case, data),
      date: input.date,
      countries: input.countries.map((code) => codeOf(code, countries)),
      source: citedSource(input),
    }),
  ];
}

function knownInstrument(name: string, data: LedgerData): string {
  const known = data.instruments.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (known) return known.name;
  const newest = data.instruments
    .toSorted((a, b) => (firstDay(a.effective) < firstDay(b.effective) ? 1 : -1))
    .slice(0, 3)
    .map((each) => each.name);
  throw new UserError(`“${name}” is no instrument of the record. Its newest are ${newest.join(', ')}.`);
}

function knownCase(id: string, data: LedgerData): string {
  if (data.cases.some((each) => each.id === id)) return id;
  throw new UserError(`No case ${id} is on record: enter its order first with propose court, or correct the slug.`);
}
