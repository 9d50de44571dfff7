import type { Article } from '../core/article.ts';
import { monthNames } from '../core/calendar.ts';
import type { LedgerFacts } from '../core/ledger.ts';
import type { MatterState, Reading } from '../core/reading.ts';
import type { DateHints, StoryMember } from '../core/story.ts';
import { evidenceOf, mostTold } from './evidence.ts';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const monthWords = monthNames.join('|');
const dayMs = 86_400_000;
const monthYear = new RegExp(`\\b(?:in|early|mid|late|of)[ -]+(${monthWords}),? +(20\\d\\d)\\b`, 'i');
const onWeekday = new RegExp(`\\bon (${weekdays.join('|')})\\b`, 'i');
const inMonth = new RegExp(`\\b(?:in|last) (${monthWords})\\b(?!,? +\\d)`, 'i');
const reports = /\b(according to|reported|reports?|said|told|citing|announced|ruled|signed|agreed|arrived|asked)\b/i;
const comments = /\b(comment|respond|responded|replied|reply|inquir)/i;
const toCome = /\b(will|is set to|are set to|due to|takes? effect|is to|are to|scheduled)\b/i;

/**
 * What a text says about its own day, for articles that come without one: the weekday of the report, the month,
 * and the day that it tells as still to come. A weekday on which somebody was asked for comment is not the report's.
 */
export function readDateHints(article: Article, reading: Reading): DateHints {
  const texts = article.sentences.map(({ text }) => text);
  const opening = [article.title, ...texts.slice(0, 12)];
  const dated = opening.find((text) => onWeekday.test(text) && reports.test(text) && !comments.test(text));
  const weekday = dated ? weekdays.indexOf((onWeekday.exec(dated)?.[1] ?? '').toLowerCase()) : -1;
  return {
    weekday: weekday < 0 ? null : weekday,
    month: monthOf(opening),
    before: comingDay(reading, texts),
    after: null,
    earlier: reading.earlier.flatMap(({ originator, date }) => {
      const month = date === null ? monthBeside(originator, texts) : null;
      return month === null ? [] : [{ originator, month }];
    }),
  };
}

function monthOf(texts: readonly string[]): string | null {
  for (const text of texts) {
    const found = monthYear.exec(text);
    if (found?.[1] && found[2]) return `${found[2]}-${String(monthNumber(found[1])).padStart(2, '0')}`;
  }
  return null;
}

function monthNumber(word: string): number {
  return monthNames.findIndex((name) => name === word.toLowerCase()) + 1;
}

/** The day on which a measure takes effect, when the text speaks of it as still to come. */
function comingDay(reading: Reading, texts: readonly string[]): string | null {
  const days = texts.filter((text) => toCome.test(text)).flatMap((text) => daysIn(text));
  if (reading.effectiveDate && days.includes(reading.effectiveDate)) return reading.effectiveDate;
  return days.toSorted()[0] ?? null;
}

/** Days written out as `June 9, 2025` or `9 June 2025`. */
function daysIn(text: string): readonly string[] {
  const american = new RegExp(`\\b(${monthWords}) (\\d{1,2}),? (20\\d\\d)\\b`, 'gi');
  const british = new RegExp(`\\b(\\d{1,2}) (${monthWords}),? (20\\d\\d)\\b`, 'gi');
  const day = (y = '', m = '', d = ''): string =>
    `${y}-${String(monthNumber(m)).padStart(2, '0')}-${d.padStart(2, '0')}`;
  return [
    ...[...text.matchAll(american)].map(([, m, d, y]) => day(y, m, d)),
    ...[...text.matchAll(british)].map(([, d, m, y]) => day(y, m, d)),
  ];
}

function monthBeside(originator: string, texts: readonly string[]): number | null {
  const name = originator.replace(/^the /i, '');
  const sentence = texts.find((text) => text.includes(name) && inMonth.test(text));
  const word = sentence ? inMonth.exec(sentence)?.[1] : undefined;
  return word ? monthNumber(word) : null;
}

/** A story's day and how finely it is known. */
export interface StoryDay {
  day: string;
  /** `unknown`: the day is only that of arrival. */
  precision: 'day' | 'month' | 'unknown';
}

/** A day as read, and whether a ledger step of the same act may put it right. */
interface Read extends StoryDay {
  firm: boolean;
}

/**
 * The day of the development: the day that most evidence tells; else what undated texts say of themselves; else the
 * first publication. Where the texts leave the day open, a ledger step of the same matter and stage within a month
 * gives it. Never after the first believable publication, but for acts still to come.
 */
export function storyDay(
  members: readonly StoryMember[],
  matters: readonly MatterState[],
  facts: LedgerFacts,
): StoryDay {
  const evidence = evidenceOf(members);
  const inForce = matters[0]?.stage === 'effective' ? mostTold(evidence, ({ reading }) => reading.effectiveDate) : null;
  const read = inForce
    ? { day: inForce, precision: 'day' as const, firm: true }
    : (toldDay(evidence) ?? hintedDay(evidence) ?? publishedDay(evidence));
  if (read.firm) return { day: read.day, precision: 'day' };
  if (read.precision === 'unknown') return { day: read.day, precision: 'unknown' };
  const step = matters
    .slice(0, 1)
    .flatMap(({ id, stage }) => facts.steps(id).filter((candidate) => candidate.stage === stage))
    .map(({ date }) => date)
    .filter((date) => date.length === 10 && withinAMonth(date, read))
    .toSorted((a, b) => Math.abs(distance(a, read.day)) - Math.abs(distance(b, read.day)))[0];
  return step ? { day: step, precision: 'day' } : { day: read.day, precision: read.precision };
}

function distance(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}

function withinAMonth(date: string, read: StoryDay): boolean {
  if (read.precision === 'month') return date.slice(0, 7) === read.day.slice(0, 7);
  return Math.abs(distance(date, read.day)) <= 31 * dayMs;
}

function toldDays(evidence: readonly StoryMember[]): readonly string[] {
  return evidence
    .filter(({ dated }) => dated !== 'arrival' && dated !== 'text')
    .map(({ published }) => published.slice(0, 10));
}

function toldDay(evidence: readonly StoryMember[]): Read | null {
  const first = toldDays(evidence).toSorted()[0];
  const latest = first ? nextDay(first) : undefined;
  const past = evidence.filter(({ reading }) => !latest || (reading.eventDate ?? '') <= latest);
  const believed = past.filter((member) => !isBoundedOut(member.reading.eventDate, evidence));
  const day = mostTold(believed, ({ reading }) => reading.eventDate);
  if (day === null) return null;
  return { day: first && day > first ? first : day, precision: 'day', firm: true };
}

/** Publication days are UTC: an evening in Washington is already tomorrow there. */
function nextDay(day: string): string {
  return new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);
}

/** A text that tells a measure of June as still to come cannot tell of October. */
function isBoundedOut(day: string | null, evidence: readonly StoryMember[]): boolean {
  if (day === null) return false;
  const before = boundOf(evidence);
  const undated = toldDays(evidence).length === 0;
  const month = undated ? mostTold(evidence, ({ hints }) => hints?.month) : null;
  return (before !== null && day >= before) || (month !== null && !day.startsWith(month));
}

function boundOf(evidence: readonly StoryMember[]): string | null {
  return (
    evidence.flatMap(({ hints, dated }) => (hints?.before && dated !== 'told' ? [hints.before] : [])).toSorted()[0] ??
    null
  );
}

function hintedDay(evidence: readonly StoryMember[]): Read | null {
  if (toldDays(evidence).length > 0) return null;
  const weekday = mostTold(evidence, ({ hints }) => hints?.weekday);
  const month = mostTold(evidence, ({ hints }) => hints?.month);
  const before = boundOf(evidence);
  const bound = before && (!month || before.slice(0, 7) === month) ? before : null;
  if (weekday !== null && bound !== null) {
    const back = (new Date(bound).getUTCDay() - weekday + 7) % 7 || 7;
    const day = new Date(Date.parse(bound) - back * dayMs).toISOString().slice(0, 10);
    if (!month || day.startsWith(month)) return { day, precision: 'day', firm: true };
  }
  const known = month ?? bound?.slice(0, 7);
  return known ? { day: `${known}-01`, precision: 'month', firm: false } : null;
}

function publishedDay(evidence: readonly StoryMember[]): Read {
  const told = toldDays(evidence);
  const texts = evidence.filter(({ dated }) => dated === 'text').map(({ published }) => published.slice(0, 10));
  const days =
    told.length > 0 ? told : texts.length > 0 ? texts : evidence.map(({ published }) => published.slice(0, 10));
  return {
    day: days.toSorted()[0] ?? '1970-01-01',
    precision: told.length + texts.length > 0 ? 'day' : 'unknown',
    firm: false,
  };
}
