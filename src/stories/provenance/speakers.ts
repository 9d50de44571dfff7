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

const subjectGap = 7;
const invertedGap = 6;
/** English puts the speaker right after: `said the ministry`. */
const englishInvertedGap = 2;
/** Words that join an office to its country: `minister of`, `ministry in`, `ministro de`. */
const joining = new Set([
  'of',
  'in',
  'the',
  'de',
  'del',
  'du',
  'da',
  'do',
  'des',
  'la',
  'd',
  'en',
  'a',
  'u',
  'ne',
  'i',
  'e',
  'te',
  'se',
]);
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

function apart(unit: Unit, left: number, right: number): boolean {
  return /[,;:.—–()«»“”]/.test(gapText(unit.tokens, left, right).replaceAll(/\b(?:St|J)\./g, ''));
}

/** The country that stands beside an office: `Ghana's president`, `the ministry in Pristina`. */
function countryBeside(unit: Unit, hit: Hit): CountryCode | null {
  for (const mention of unit.mentions) {
    if (mention.code.includes('|')) continue;
    if (mention.to <= hit.from) {
      const possessive = hit.from - mention.to <= 1 && !apart(unit, mention.to - 1, hit.from);
      if (possessive && mention.kind !== 'weak') return mention.code;
      continue;
    }
    const gap = mention.from - hit.to;
    if (gap < 0 || gap > 5 || apart(unit, hit.to - 1, mention.from)) continue;
    if (gap === 0 || joining.has(unit.tokens.words[mention.from - 1] ?? '')) return mention.code;
  }
  return null;
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

/** These take an object where others have their speaker: `told the government`, not `said the government`. */
const englishVerb = /^(?:sa(?:y|ys|id|ying)|\w+(?:ced|med|ted|red|ged|sed|ces|ms))$/;
const transitive = new Set([
  'told',
  'tells',
  'gave',
  'put',
  'warned',
  'decided',
  'approved',
  'endorsed',
  'denied',
  'denies',
  'rejected',
  'refused',
  'refuses',
]);

function nearest(unit: Unit, subjects: readonly Subject[], verb: Hit): Subject | undefined {
  const english = englishVerb.test(unit.tokens.words[verb.from] ?? '');
  const inverts = !transitive.has(unit.tokens.words[verb.from] ?? '');
  let best: Subject | undefined;
  let bestGap = Number.POSITIVE_INFINITY;
  for (const subject of subjects) {
    const ahead = subject.to <= verb.from;
    if (!ahead && (subject.from < verb.to || !inverts)) continue;
    const gap = ahead ? verb.from - subject.to : subject.from - verb.to + 1;
    if (gap > (ahead ? subjectGap : english ? englishInvertedGap : invertedGap) || gap >= bestGap) continue;
    best = subject;
    bestGap = gap;
  }
  return best;
}

/** `the other, the Democratic Republic of the Congo, said`. */
function isApposition(unit: Unit, subject: Subject): boolean {
  return /,\s+(?:the\s+)?$/i.test(unit.tokens.text.slice(0, unit.tokens.starts[subject.from] ?? 0));
}

/** `the foreign ministry of Angola`: the ministry speaks, not Angola. */
function isOfficeOf(unit: Unit, office: Subject, country: Subject): boolean {
  const gap = country.from - office.to;
  return gap >= 0 && gap <= 4 && !apart(unit, office.to - 1, country.from);
}

function bareCountry(unit: Unit, verb: Hit, others: readonly Subject[]): Subject | undefined {
  return countrySubjects(unit).find((subject) => {
    if (others.some((other) => other.from >= subject.to && other.to <= verb.from)) return false;
    if (others.some((other) => isOfficeOf(unit, other, subject))) return false;
    const gap = verb.from - subject.to;
    if (gap < 0 || gap > 2) return false;
    return (
      !/[,;:.—–(]/.test(gapText(unit.tokens, subject.to - 1, verb.from)) || (gap === 0 && isApposition(unit, subject))
    );
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

/** First words of credits that name a speaker; `told X` names a hearer. */
const ascribing = new Set([
  'according',
  'segun',
  'selon',
  'segundo',
  'conforme',
  'prema',
  'sipas',
  'd',
  'de',
  'حسب',
  'وفق',
  'وفقا',
]);
const negations = new Set(['not', 't', 'never', 'nunca', 'nao', 'nije', 'nisu', 'nuk', 'jamais', 'لم', 'لا']);

function isNegated(unit: Unit, verb: Hit): boolean {
  return negations.has(unit.tokens.words[verb.from - 1] ?? '');
}

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
      // `is said to be` is hearsay, not speech.
      if (overlaps(silent, verb) || unit.tokens.words[verb.to] === 'to' || isNegated(unit, verb)) continue;
      const subject = bareCountry(unit, verb, subjects) ?? nearest(unit, subjects, verb);
      if (subject !== undefined) speakers.push(speakerOf(unit, subject, verb, does));
    }
  }
  for (const subject of subjects) {
    const credit = before(unit.marks, 'accord', subject.from, 4);
    if (credit !== undefined && ascribing.has(unit.tokens.words[credit.from] ?? ''))
      speakers.push(speakerOf(unit, subject, credit, 'say'));
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
  const named = many ? subjects : [nearest(unit, subjects, silence)].filter((subject) => subject !== undefined);
  const country = named.length === 0 ? bareCountry(unit, silence, subjects) : undefined;
  return [...named, ...(country === undefined ? [] : [country])].map((subject) =>
    speakerOf(unit, subject, silence, 'no-comment'),
  );
}
