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

/** The ruling before the story that covers every nationality at stake tells which programme was meant. */
function settleProgramme(members: readonly StoryMember[], facts: LedgerFacts, storyDate: string): Conflict['settled'] {
  const tellers = evidenceOf(members).filter(({ reading }) => reading.claims.some(({ fact }) => fact === 'programme'));
  const people = [...new Set(tellers.flatMap(({ reading }) => reading.countries.nationality))];
  if (people.length === 0) return undefined;
  const ruling = facts
    .programmes(people, storyDate)
    .find(({ countries, date }) => date <= storyDate && people.every((code) => countries.includes(code)));
  if (!ruling) return undefined;
  const list = ruling.countries.toSorted().join(' ');
  const name = ruling.programme === 'tps' ? 'TPS' : list === chnv ? 'CHNV parole' : 'humanitarian parole';
  // The record names cases by slug; the title of its source has the caption.
  const caption = ruling.case.includes(' ') ? ruling.case : ruling.source.title;
  return { value: name, why: `${caption}, ${ruling.date}, concerned ${name} (${list})` };
}
