import { monthNames } from '../core/calendar.ts';
import type { LedgerFacts } from '../core/ledger.ts';
import type { Conflict, StoryMember } from '../core/story.ts';
import { evidenceOf } from './evidence.ts';
import { soleFigure } from './figures.ts';

/** One value of one fact, and who tells it. */
interface Told {
  fact: string;
  value: string;
  articles: string[];
}

const dayMs = 86_400_000;
/** Figures further apart than this count different things. */
const farApart = 3;

function gather(told: Map<string, Told>, fact: string, value: string, article: string): void {
  const key = `${fact}\n${value.toLowerCase()}`;
  const entry = told.get(key) ?? { fact, value, articles: [] };
  if (!entry.articles.includes(article)) entry.articles.push(article);
  told.set(key, entry);
}

function everyValue(members: readonly StoryMember[]): readonly Told[] {
  const told = new Map<string, Told>();
  for (const member of evidenceOf(members)) {
    for (const claim of member.reading.claims) gather(told, claim.fact, claim.value, member.articleId);
    const cap = soleFigure(member, 'cap');
    if (cap) gather(told, 'cap', String(cap.value), member.articleId);
  }
  return [...told.values()];
}

/** Two days told for one event are one told from two time zones; figures of another size count something else. */
function isSameOrOther(fact: string, a: string, b: string): boolean {
  if (fact === 'date') return Math.abs(Date.parse(a) - Date.parse(b)) <= 2 * dayMs;
  const [x, y] = [Number(a), Number(b)];
  return x > 0 && y > 0 && Math.max(x, y) / Math.min(x, y) > farApart;
}

/** The values that really contradict the one most told. */
function contradicting(fact: string, values: readonly Told[]): readonly Told[] {
  const [first, ...rest] = values.toSorted(
    (a, b) => b.articles.length - a.articles.length || (a.value < b.value ? -1 : 1),
  );
  return first ? [first, ...rest.filter(({ value }) => !isSameOrOther(fact, first.value, value))] : [];
}

/**
 * Facts that sources tell differently, each value with its articles. The ledger settles a disagreement about the
 * programme that a ruling concerned; without it the conflict stays open.
 */
export function conflictsOf(
  members: readonly StoryMember[],
  facts: LedgerFacts,
  storyDate: string,
): readonly Conflict[] {
  const every = everyValue(members);
  return [...new Set(every.map(({ fact }) => fact))]
    .map((fact) => ({
      fact,
      values: contradicting(
        fact,
        every.filter((told) => told.fact === fact),
      ),
    }))
    .filter(({ values }) => values.length > 1)
    .map(({ fact, values }) => {
      const told = values.map(({ value, articles }) => ({ value, articles: articles.toSorted() }));
      const settled = fact === 'programme' ? settleProgramme(members, facts, storyDate) : undefined;
      return { fact, values: told, ...(settled ? { settled } : {}) };
    })
    .toSorted((a, b) => (a.fact < b.fact ? -1 : 1));
}

/** The four countries of the 2022-2023 parole processes, by which lawyers name the programme. */
const chnv = 'CU HT NI VE';

const rulingMonth = new RegExp(
  `\\b(?:in|last|early|late|of|since|a|the) (${monthNames.join('|')})\\b|\\b(${monthNames.join('|')})['’]s\\b`,
  'iu',
);

/** Month of the ruling, 1 to 12, where the sentences on the programme name one. */
function monthTold(tellers: readonly StoryMember[]): number | null {
  const quotes = tellers.flatMap(({ reading }) =>
    reading.claims.filter(({ fact }) => fact === 'programme').map(({ quote }) => quote),
  );
  for (const quote of quotes) {
    const [, after, own] = rulingMonth.exec(quote) ?? [];
    const word = (after ?? own)?.toLowerCase();
    if (word !== undefined) return monthNames.findIndex((name) => name === word) + 1;
  }
  return null;
}

type Ruling = ReturnType<LedgerFacts['programmes']>[number];

/** The record names cases by slug; the title of a source has the caption, if not this ruling's then another's. */
function captionOf(ruling: Ruling, rulings: readonly Ruling[]): string {
  if (ruling.case.includes(' ')) return ruling.case;
  const titles = [ruling, ...rulings.filter((other) => other.case === ruling.case)].map(({ source }) => source.title);
  const title = titles.find((one) => one.includes(' v. ')) ?? ruling.source.title;
  return title === ruling.source.title ? title : (title.split(',')[0] ?? title);
}

/**
 * The ruling known on the story's day that covers every nationality at stake tells which programme was meant: the
 * one of the month that the articles name, else the latest.
 */
function settleProgramme(members: readonly StoryMember[], facts: LedgerFacts, storyDate: string): Conflict['settled'] {
  const tellers = evidenceOf(members).filter(({ reading }) => reading.claims.some(({ fact }) => fact === 'programme'));
  const people = [...new Set(tellers.flatMap(({ reading }) => reading.countries.nationality))];
  if (people.length === 0) return undefined;
  const rulings = facts.programmes(people, storyDate);
  const known = rulings
    .filter(({ countries, date }) => date <= storyDate && people.every((code) => countries.includes(code)))
    .toSorted((a, b) => (a.date < b.date ? 1 : -1));
  const month = monthTold(tellers);
  const ruling = known.find(({ date }) => Number(date.slice(5, 7)) === month) ?? known[0];
  if (!ruling) return undefined;
  const list = ruling.countries.toSorted().join(' ');
  const name = ruling.programme === 'tps' ? 'TPS' : list === chnv ? 'CHNV parole' : 'humanitarian parole';
  return { value: name, why: `${captionOf(ruling, rulings)}, ${ruling.date}, concerned ${name} (${list})` };
}
