import type { CountryCode } from '../../core/country.ts';
import { spanText } from '../phrases.ts';
import { gapText, type Unit } from './unit.ts';
import { after, before, type Hit, hits, type PlainTag } from './vocabulary.ts';

/** A body, office or country that says, denies or does something in a title or sentence. */
export interface Speaker {
  kind: 'body' | 'office' | 'country';
  /** Name of the body or office; the country's code for a country. */
  name: string;
  /** Whose office: told beside it, or null when the article's own country is meant. */
  country: CountryCode | null;
  does: 'say' | 'deny' | 'refuse' | 'act' | 'no-comment';
  evidence: string;
  unit: number;
  at: number;
}

interface Subject extends Hit {
  kind: Speaker['kind'];
  country: CountryCode | null;
}

const subjectGap = 11;
const invertedGap = 6;
const beside = 5;
const notInOffice = new Set([
  'former',
  'ex',
  'opposition',
  'shadow',
  'exministro',
  'exministra',
  'ancien',
  'ancienne',
  'bivsi',
  'bivsa',
  'ish',
  'us',
  'usa',
  'american',
  'americans',
  'washington',
  'trump',
  'biden',
  'americana',
  'americaine',
  'americain',
  'americka',
  'estadounidense',
  'donald',
]);

function isNamed(mention: { kind: string; code: string }): boolean {
  return mention.kind !== 'weak' && !mention.code.includes('|');
}

/** The country that stands beside an office: `Ghana's president`, `the ministry in Pristina`. */
function countryBeside(unit: Unit, hit: Hit): CountryCode | null {
  let best: { code: CountryCode; gap: number } | null = null;
  for (const mention of unit.mentions) {
    if (!isNamed(mention)) continue;
    const gap = mention.to <= hit.from ? hit.from - mention.to : mention.from - hit.to;
    if (gap >= 0 && gap <= beside && (best === null || gap < best.gap)) best = { code: mention.code, gap };
  }
  return best?.code ?? null;
}

function holdsOffice(unit: Unit, hit: Hit): boolean {
  const { words } = unit.tokens;
  for (let at = hit.from - 2; at < hit.from; at += 1) if (notInOffice.has(words[at] ?? '')) return false;
  return !['trump', 'donald', 'biden'].includes(words[hit.to] ?? '');
}

/** A country is a speaker only as the bare subject of its verb. */
function countrySubjects(unit: Unit): Subject[] {
  return unit.mentions
    .filter((mention) => isNamed(mention) && mention.kind !== 'people')
    .map((mention) => ({
      kind: 'country',
      name: mention.code,
      country: mention.code,
      from: mention.from,
      to: mention.to,
    }));
}

function subjectsOf(unit: Unit): Subject[] {
  const bodies = hits(unit.marks, 'body').map((hit): Subject => ({ ...hit, kind: 'body', country: null }));
  const offices = hits(unit.marks, 'office')
    .filter((hit) => holdsOffice(unit, hit) && !bodies.some((body) => hit.from < body.to && body.from < hit.to))
    .map((hit): Subject => ({ ...hit, kind: 'office', country: countryBeside(unit, hit) }));
  return [...bodies, ...offices];
}

function nearest(subjects: readonly Subject[], verb: Hit): Subject | undefined {
  let best: Subject | undefined;
  let bestGap = Number.POSITIVE_INFINITY;
  for (const subject of subjects) {
    const ahead = subject.to <= verb.from;
    if (!ahead && subject.from < verb.to) continue;
    const gap = ahead ? verb.from - subject.to : subject.from - verb.to + 1;
    if (gap > (ahead ? subjectGap : invertedGap) || gap >= bestGap) continue;
    best = subject;
    bestGap = gap;
  }
  return best;
}

function bareCountry(unit: Unit, verb: Hit): Subject | undefined {
  return countrySubjects(unit).find((subject) => {
    const gap = verb.from - subject.to;
    if (gap < 0 || gap > 2) return false;
    return gap === 0 || !/[,;:.—–(]/.test(gapText(unit.tokens, subject.to - 1, verb.from).trim());
  });
}

function speakerOf(unit: Unit, subject: Subject, verb: Hit, does: Speaker['does']): Speaker {
  const from = Math.min(subject.from, verb.from);
  const to = Math.max(subject.to, verb.to);
  return {
    kind: subject.kind,
    name: subject.name,
    country: subject.country,
    does,
    evidence: spanText(unit.tokens, from, to),
    unit: unit.index,
    at: from,
  };
}

const verbs: readonly (readonly [PlainTag, Speaker['does']])[] = [
  ['deny', 'deny'],
  ['refuse', 'refuse'],
  ['say', 'say'],
];

function overlaps(list: readonly Hit[], hit: Hit): boolean {
  return list.some((other) => other.from < hit.to && hit.from < other.to);
}

/** Everyone who speaks or acts in one's own name in a title or sentence, in order. */
export function readSpeakers(unit: Unit): Speaker[] {
  const subjects = subjectsOf(unit);
  const silent = hits(unit.marks, 'noComment');
  const speakers: Speaker[] = [];
  for (const [tag, does] of verbs) {
    for (const verb of hits(unit.marks, tag)) {
      if (overlaps(silent, verb)) continue;
      const subject = bareCountry(unit, verb) ?? nearest(subjects, verb);
      if (subject !== undefined) speakers.push(speakerOf(unit, subject, verb, does));
    }
  }
  for (const subject of subjects) {
    const credit = before(unit.marks, 'accord', subject.from, 4);
    if (credit !== undefined) speakers.push(speakerOf(unit, subject, credit, 'say'));
    const act = subject.kind === 'body' ? after(unit.marks, 'act', subject.to, 3) : undefined;
    if (act !== undefined) speakers.push(speakerOf(unit, subject, act, 'act'));
  }
  return speakers.sort((a, b) => a.at - b.at);
}

/** Everyone who was asked and did not answer. `Neither A nor B replied` names both. */
export function readSilent(unit: Unit): Speaker[] {
  const silence = hits(unit.marks, 'noComment')[0];
  if (silence === undefined) return [];
  const subjects = subjectsOf(unit);
  const many = /\b(?:neither|nor|ni|niti|as|asnjë)\b|لا /iu.test(unit.tokens.text);
  const named = many ? subjects : [nearest(subjects, silence)].filter((subject) => subject !== undefined);
  const country = named.length === 0 ? bareCountry(unit, silence) : undefined;
  return [...named, ...(country === undefined ? [] : [country])].map((subject) =>
    speakerOf(unit, subject, silence, 'no-comment'),
  );
}
