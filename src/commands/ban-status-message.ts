import { type BanStatus, type ComparedStatus, tierWords } from '../core/ban-status.ts';
import type { Country } from '../core/country.ts';
import { inSentence } from '../core/country-words.ts';
import { type Action, type Block, type Line, type Message, quoted } from '../core/message.ts';
import { markedTitle, shorten } from '../core/story-words.ts';
import {
  dualNationalRule,
  enforcementWords,
  exceptionWords,
  isDualClauseAlone,
  measureWords,
  periodWords,
} from './ban-status-words.ts';
import { datedFooter } from './replies.ts';
import { reportAction } from './report.ts';

const shownExceptions = 5;
const shownPeriods = 3;
const shownMeasures = 4;
/** What an answer as known on a day rests on. */
export const knownWords =
  'What was known then follows from the days on which instruments were signed and courts ruled; a source linked here may be newer.';

/** How much of an answer is shown: one screen, or one part of it whole. */
export type BanStatusView = 'screen' | 'exceptions' | 'history';

export interface BanStatusAsked {
  country: Country;
  note: string | undefined;
  today: string;
  staleAfterDays: number;
  view: BanStatusView;
  /** The case behind the day's enforcement. */
  caseName: string | null;
  /** What was changed or corrected in the record itself, in words, oldest first. */
  corrections: readonly string[];
}

/** The answer for one country, in one screen; or all its exceptions, or all its history. */
export function banStatusMessage(status: BanStatus, asked: BanStatusAsked): Message {
  const { country, note, today } = asked;
  const headline = headlineOf(status, asked);
  const lines: Line[] = [
    [{ text: headline, strong: true }],
    ...(note === undefined ? [] : [[note]]),
    ...(status.known === undefined ? [] : [[knownWords]]),
  ];
  return {
    title: `${country.flag} ${country.name}: ${tierWords[status.tier]}`,
    plain: headline,
    blocks: [{ kind: 'text', lines }, ...viewOf(status, asked), ...sourceBlocks(status)],
    footer: datedFooter(status.lastVerified, status.dataEnds, today, asked.staleAfterDays),
    actions: actionsOf(status, asked),
    tone: 'neutral',
  };
}

function viewOf(status: BanStatus, asked: BanStatusAsked): Block[] {
  if (asked.view === 'exceptions')
    return listed(`Who is excepted on ${status.on}`, status.exceptions.map(exceptionWords), 'Nobody is on record.');
  if (asked.view === 'history')
    return [
      ...listed('History', status.history.map(periodWords), 'It was never listed.'),
      ...listed('Beside it, not a ban', status.other.map(measureWords)),
      ...listed('Changes of this record', asked.corrections, 'None: these rows are as they were first entered.'),
    ];
  return screenOf(status, asked);
}

function screenOf(status: BanStatus, asked: BanStatusAsked): Block[] {
  const { history, exceptions } = moreOf(status, asked);
  const { comparedWith } = status;
  const standing = status.other.filter((each) => each.to === null || each.to === 'unknown' || each.to > status.on);
  const over = status.other.length - standing.length;
  const reported = status.reported.map((each) => [
    `${each.date}: `,
    ...markedTitle(each.headline),
    ` (${each.certainty})`,
  ]);
  return [
    { kind: 'fields', fields: fieldsOf(status, asked.caseName) },
    ...(comparedWith ? comparedBlocks(status, comparedWith) : []),
    ...listed('History', newest(status.history.map(periodWords), shownPeriods, history)),
    ...listed('Beside it, not a ban', [
      ...first(standing.map(measureWords), shownMeasures, history),
      ...(over > 0 ? [`${over} that ended: ${history}`] : []),
    ]),
    ...(status.tier === 'none' || comparedWith ? [] : exceptionBlocks(status, exceptions)),
    ...listed('Reported, not law', reported),
  ];
}

/** A few lines of who, without the notes in brackets; the whole is one command away. */
function exceptionBlocks(status: BanStatus, more: string): Block[] {
  const others = status.exceptions.filter((each) => !isDualClauseAlone(each));
  const who = others.map(
    (each) => `${shorten(each.who.replace(/ \([^()]*\)$/, ''), 110)}: ${shortStatus(each.status)}`,
  );
  return listed('Who is excepted', first(who, shownExceptions, more));
}

function shortStatus(status: string): string {
  return status.replace(/, sec\. .*/, '');
}

function fieldsOf(status: BanStatus, caseName: string | null): { name: string; value: Line }[] {
  const fields: { name: string; value: Line }[] = [];
  const add = (name: string, text: string): void => {
    fields.push({ name, value: [text] });
  };
  if (status.visaClasses.length > 0) add('Visa classes', status.visaClasses.join(', '));
  const since = status.perClass.filter((item) => item.since !== status.since);
  if (since.length > 0) add('Since, by class', sinceWords(since));
  if (status.lifted !== undefined)
    add('Lifted, by class', sinceWords(status.lifted.map((item) => ({ class: item.class, since: item.on }))));
  if (status.instrument !== null)
    add('Authority', status.citation === null ? status.instrument : `${status.instrument}, ${status.citation}`);
  if (status.tier !== 'none') {
    add('Courts', enforcementWords(status.enforcement, caseName ?? status.enforcement.case));
    add('Dual nationals', dualNationalRule(status));
  }
  if (status.documentRule !== undefined) add('Document rule', status.documentRule);
  if (status.note !== undefined) add('Note', shorten(status.note, 280));
  else if (status.confidence === 'from-memory-unverified')
    add('Unverified', 'No source was read for this row; treat it as a lead.');
  return fields;
}

/** `immigrants, B-1, F: 2025-06-09`: the classes of one day together. */
function sinceWords(since: BanStatus['perClass']): string {
  const days = [...new Set(since.map((each) => each.since))];
  const classesOf = (day: string): string =>
    since
      .filter((each) => each.since === day)
      .map((each) => each.class)
      .join(', ');
  return days.map((day) => `${classesOf(day)}: ${day}`).join('; ');
}

function comparedBlocks(status: BanStatus, before: ComparedStatus): Block[] {
  const standing = (day: Pick<ComparedStatus, 'tier' | 'visaClasses' | 'instrument'>): string =>
    `${tierWords[day.tier]}${day.visaClasses.length > 0 ? ` for ${day.visaClasses.join(', ')}` : ''}${day.instrument === null ? '' : ` (${day.instrument})`}`;
  const whoOf = (day: Pick<ComparedStatus, 'exceptions'>): string[] =>
    day.exceptions.map((each) => shorten(each.who.replace(/ \([^()]*\)$/, ''), 80));
  const gone = whoOf(before).filter((who) => !whoOf(status).includes(who));
  const fresh = whoOf(status).filter((who) => !whoOf(before).includes(who));
  // Where nobody was barred, nobody was excepted.
  const both = before.tier !== 'none' && status.tier !== 'none';
  return listed(`From ${before.on} to ${status.on}`, [
    `${before.on}: ${standing(before)}`,
    `${status.on}: ${standing(status)}`,
    ...(both && gone.length > 0 ? [`Excepted then, not in these words now: ${first(gone, 3).join('; ')}`] : []),
    ...(both && fresh.length > 0 ? [`Excepted now, not in these words then: ${first(fresh, 3).join('; ')}`] : []),
  ]);
}

function sourceBlocks(status: BanStatus): Block[] {
  const items = status.sources.slice(0, 3).map((source): Line => [quoted(source.title, source.url)]);
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

/** The commands that show the rest, as of the same day. */
function moreOf({ on, known }: BanStatus, { country, today }: BanStatusAsked): { exceptions: string; history: string } {
  const day = `${on === today ? '' : ` on:${on}`}${known === undefined ? '' : ` known:${known}`}`;
  return {
    exceptions: `/ban-status ${country.code} exceptions${day}`,
    history: `/ban-status ${country.code} history${day}`,
  };
}

function actionsOf(status: BanStatus, asked: BanStatusAsked): Action[] {
  const { exceptions, history } = moreOf(status, asked);
  const run = (label: string, command: string): Action => ({ kind: 'command', label, command });
  return [
    run('Timeline', `/timeline ${asked.country.code}`),
    ...(status.exceptions.length > 0 ? [run('All exceptions', exceptions)] : []),
    run('History', history),
    reportAction(`ban-status ${asked.country.code}`),
  ];
}

function headlineOf(status: BanStatus, { country, today }: BanStatusAsked): string {
  const { known } = status;
  const day = status.on === today ? 'Today' : `On ${status.on}`;
  const when = known === undefined ? day : `${day}, as known on ${known}`;
  const next = status.upcoming[0];
  const coming = next ? ` Signed and taking effect on ${next.from}: ${tierWords[next.tier]} (${next.instrument}).` : '';
  if (status.tier === 'none') {
    const verified = known === undefined ? `, as last verified on ${status.lastVerified}` : '';
    const words = status.on < today ? 'It had not been listed by then' : 'It was never listed';
    const never = status.history.length === 0 && !next ? ` ${words}${verified}.` : '';
    return `${when}: no US entry suspension in force for nationals of ${inSentence(country.name)}.${never}${coming}`;
  }
  return `${when}: ${tierWords[status.tier]} (travel ban) for nationals of ${inSentence(country.name)}, since ${status.since ?? 'an unknown date'}.${coming}`;
}

function listed(heading: string, items: readonly (string | Line)[], otherwise?: string): Block[] {
  const shown = items.length === 0 && otherwise !== undefined ? [otherwise] : items;
  if (shown.length === 0) return [];
  return [
    { kind: 'heading', text: heading },
    { kind: 'list', items: shown.map((item) => (typeof item === 'string' ? [item] : item)) },
  ];
}

function first(items: readonly string[], limit: number, more?: string): string[] {
  if (items.length <= limit) return [...items];
  const rest = `and ${items.length - limit} more${more === undefined ? '' : `: ${more}`}`;
  return [...items.slice(0, limit), rest];
}

function newest(items: readonly string[], limit: number, more: string): string[] {
  if (items.length <= limit) return [...items];
  return [`${items.length - limit} earlier: ${more}`, ...items.slice(-limit)];
}
