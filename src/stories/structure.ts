import type { CountryCode } from '../core/country.ts';
import type { Comment, CountryRoles, EarlierReport, MatterState, Stage, Topic } from '../core/reading.ts';
import { certaintyRank, type StoryMember } from '../core/story.ts';
import { mainKindOf, standingOf } from './certainty.ts';
import { evidenceOf, familyOf, kindOf, mostTold, tellersOf } from './evidence.ts';
import { plainName } from './origins.ts';

/** From this many articles on, one alone cannot name a receiving country. */
const crowd = 4;

/**
 * Countries that enough evidence gives the receiving part. One article of many may have misread a region's list;
 * one that is surer than all others is believed alone.
 */
function supportedReceiving(evidence: readonly StoryMember[]): ReadonlySet<CountryCode> {
  const rank = (member: StoryMember): number => certaintyRank[member.reading.certainty];
  const top = Math.max(0, ...evidence.map(rank));
  const surest = evidence.filter((member) => rank(member) === top);
  const tellers = new Map<CountryCode, Set<string>>();
  for (const member of evidence) {
    for (const code of member.reading.countries.receiving) {
      tellers.set(code, (tellers.get(code) ?? new Set()).add(familyOf(member)));
    }
  }
  const enough = evidence.length < crowd ? 1 : 2;
  const supported = [...tellers].filter(([, families]) => families.size >= enough).map(([code]) => code);
  const believed = top > 0 && surest.length === 1 ? (surest[0]?.reading.countries.receiving ?? []) : [];
  return new Set([...supported, ...believed]);
}

function sorted(codes: Iterable<CountryCode>): readonly CountryCode[] {
  return [...new Set(codes)].toSorted();
}

/** Countries in their parts, from evidence alone. A country with a part is not merely mentioned. */
export function countriesOf(members: readonly StoryMember[]): CountryRoles {
  const evidence = evidenceOf(members);
  const all = (role: keyof CountryRoles): CountryCode[] =>
    evidence.flatMap((member) => [...member.reading.countries[role]]);
  const receiving = supportedReceiving(evidence);
  const banned = sorted(all('banned'));
  const nationality = sorted(all('nationality'));
  const parts = new Set([...receiving, ...banned, ...nationality]);
  const rest = [...all('mentioned'), ...all('receiving')].filter((code) => !parts.has(code));
  return { banned, receiving: sorted(receiving), nationality, mentioned: sorted(rest) };
}

/**
 * The matters of a story, main first, each with the stage that its own tellers give it. A removal matter of a
 * country without the receiving part is left out: nothing is known to have happened there.
 */
export function mattersOf(members: readonly StoryMember[]): readonly MatterState[] {
  const evidence = evidenceOf(members);
  const kind = mainKindOf(members);
  const receiving = supportedReceiving(evidence);
  const standing = standingOf(members);
  const ids = new Set(evidence.flatMap(({ reading }) => reading.matters.map(({ id }) => id)));
  const main = mainMatterOf(evidence, kind);
  const states = [...ids].filter((id) => isSupported(id, evidence, receiving)).map((id) => stateOf(id, evidence));
  const order = (state: MatterState): number => (state.id === main ? 0 : kindOf(state.id) === kind ? 1 : 2);
  return states
    .toSorted((a, b) => order(a) - order(b) || (a.id < b.id ? -1 : 1))
    .map((state) => (state.id === main ? { ...state, stage: standing.stage } : state));
}

function mainMatterOf(evidence: readonly StoryMember[], kind: string | null): string | null {
  return mostTold(evidence, ({ reading }) => {
    const id = reading.matters[0]?.id;
    return id && kindOf(id) === kind ? id : null;
  });
}

function isSupported(id: string, evidence: readonly StoryMember[], receiving: ReadonlySet<CountryCode>): boolean {
  if (kindOf(id) !== 'removals') return true;
  const code = id.slice('removals/'.length);
  if (code.length !== 2 || code !== code.toUpperCase()) return true;
  const someoneReceives = receiving.size > 0;
  return receiving.has(code) || (!someoneReceives && evidence.some(({ reading }) => reading.matters[0]?.id === id));
}

/** A matter by the surest of its tellers, as if it were a story of its own. */
function stateOf(id: string, evidence: readonly StoryMember[]): MatterState {
  const telling = evidence.flatMap((member) => {
    const matter = member.reading.matters.find((candidate) => candidate.id === id);
    if (!matter) return [];
    const leads = member.reading.matters[0]?.id === id;
    const certainty = leads
      ? member.reading.certainty
      : member.reading.certainty === 'official'
        ? 'official'
        : 'reported';
    return [{ ...member, reading: { ...member.reading, matters: [matter], stage: matter.stage, certainty } } as const];
  });
  const countries = telling.flatMap(({ reading }) => reading.matters.flatMap((matter) => [...matter.countries]));
  return { id, stage: standingOf(telling).stage, countries: sorted(countries) };
}

/** Topics of the evidence; the most told first. */
export function topicsOf(members: readonly StoryMember[]): readonly Topic[] {
  const counts = new Map<Topic, number>();
  for (const { reading } of evidenceOf(members)) {
    reading.topics.forEach((topic, index) => counts.set(topic, (counts.get(topic) ?? 0) + 1 + 1 / (index + 1)));
  }
  return [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([topic]) => topic);
}

/**
 * Each body's answers once: the same body saying the same thing to many outlets said it once. A body that gave no
 * comment made no statement either: what is told of it is hearsay.
 */
export function commentsOf(members: readonly StoryMember[]): readonly Comment[] {
  const found = new Map<string, Comment>();
  const isSilent = (who: string): boolean => found.has(`${plainName(who)} no-comment`);
  for (const { reading } of evidenceOf(members)) {
    for (const comment of reading.comments) {
      const key = `${plainName(comment.who)} ${comment.said}`;
      if (!found.has(key)) found.set(key, { ...comment, quote: comment.quote.slice(0, 300) });
    }
  }
  return [...found.values()].filter(({ who, said }) => said !== 'statement' || !isSilent(who));
}

const measures: ReadonlySet<string> = new Set(['ban', 'visa', 'parole']);
const toldAhead: ReadonlySet<Stage> = new Set<Stage>(['announced', 'signed', 'modified', 'extended', 'lifted']);

/** The day after `day` on which a measure takes effect or ends, by most of those who tell this step of it; else null. */
export function effectiveOf(members: readonly StoryMember[], stage: Stage | null, day: string): string | null {
  if (stage === null || !toldAhead.has(stage) || !measures.has(mainKindOf(members) ?? '')) return null;
  const effective = mostTold(tellersOf(members, stage), ({ reading }) => reading.effectiveDate);
  return effective !== null && effective > day ? effective : null;
}

/** `2025-04` refines `2025`; null says nothing. */
function samePeriod(a: string | null, b: string | null): boolean {
  return a === null || b === null || a.startsWith(b) || b.startsWith(a);
}

/** A month told without a year is the last such month that is not after the story's own. */
function yearFor(month: number, storyDate: string): string {
  const year = Number(storyDate.slice(0, 4));
  const own = Number(storyDate.slice(5, 7));
  return `${month <= own ? year : year - 1}-${String(month).padStart(2, '0')}`;
}

function datedReports(member: StoryMember, storyDate: string | null): readonly EarlierReport[] {
  if (storyDate === null) return member.reading.earlier;
  return member.reading.earlier.map((report) => {
    if (report.date !== null) return report;
    const told = member.hints?.earlier.find((hint) => plainName(hint.originator) === plainName(report.originator));
    return told ? { ...report, date: yearFor(told.month, storyDate) } : report;
  });
}

/**
 * Older reports of other originators, one for each originator and period, with all their countries. A day of mere
 * arrival tells no year: then `storyDate` is null.
 */
export function earlierOf(members: readonly StoryMember[], storyDate: string | null): readonly EarlierReport[] {
  const merged: EarlierReport[] = [];
  const reports = evidenceOf(members)
    .flatMap((member) => datedReports(member, storyDate))
    .toSorted((a, b) => (b.date?.length ?? 0) - (a.date?.length ?? 0));
  for (const report of reports) {
    const index = merged.findIndex(
      (other) => plainName(other.originator) === plainName(report.originator) && samePeriod(other.date, report.date),
    );
    const same = merged[index];
    if (!same) merged.push({ ...report, countries: sorted(report.countries) });
    else {
      merged[index] = {
        ...same,
        stage: same.stage ?? report.stage,
        countries: sorted([...same.countries, ...report.countries]),
      };
    }
  }
  return merged.toSorted((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : 1));
}
