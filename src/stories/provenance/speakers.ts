import type { CountryCode } from '../../core/country.ts';
import { spanText } from '../phrases.ts';
import { bareCountry, meantByPronoun, nearest, type Subject, subjectsOf } from './subjects.ts';
import type { Unit } from './unit.ts';
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
const negations = new Set(
  'not t no never nunca nao nije nisu ne neither nuk pas jamais sin sans without لم لا'.split(' '),
);
/** May stand between a negation and its verb: `has not yet announced`, `no ha confirmado`. */
const betweenNegation = new Set('yet so been ha han ont havia jos ende encore aun officially publicly'.split(' '));

function isNegated(unit: Unit, verb: Hit): boolean {
  const { words } = unit.tokens;
  const at = betweenNegation.has(words[verb.from - 1] ?? '') ? verb.from - 2 : verb.from - 1;
  return negations.has(words[at] ?? '');
}

const spans = /^(?:days?|weeks?|months?|years?|hours)$/;

/** `a day after Examplia announced …`: what came before. */
function isEarlier(unit: Unit, { from }: Subject): boolean {
  const { words } = unit.tokens;
  return words[from - 1] === 'after' && spans.test(words[from - 2] ?? '');
}

function overlaps(list: readonly Hit[], hit: Hit): boolean {
  return list.some((other) => other.from < hit.to && hit.from < other.to);
}

/** `the foreign minister put his name to …`, `signed by the minister`: who signs for a state speaks for it. */
function signatureOf(unit: Unit, { kind, from, to }: Subject): Hit | undefined {
  return kind === 'country'
    ? undefined
    : (after(unit.marks, 'signs', to, 6) ?? before(unit.marks, 'signedBy', from, 4));
}

/** What a body does, or an office whose country is named: `the government of Examplia suspended …`; parliaments ratify. */
function actOf(unit: Unit, { kind, name, country, to }: Subject): Hit | undefined {
  if (kind === 'body') return after(unit.marks, 'act', to, 3);
  if (country === null) return;
  return name === 'parliament' ? after(unit.marks, 'ratify', to, 5) : after(unit.marks, 'act', to, 4);
}

/** Everyone who speaks or acts in one's own name in a title or sentence, in order. */
export function readSpeakers(unit: Unit): Speaker[] {
  const subjects = subjectsOf(unit);
  const silent = hits(unit.marks, 'noComment');
  const speakers: Speaker[] = [];
  for (const [tag, does] of verbs) {
    for (const verb of hits(unit.marks, tag)) {
      // `is said to be` is hearsay, not speech; the `United States` say nothing.
      const { words } = unit.tokens;
      if (overlaps(silent, verb) || words[verb.to] === 'to' || words[verb.from - 1] === 'united') continue;
      if (isNegated(unit, verb)) continue;
      const subject =
        bareCountry(unit, verb, subjects) ?? nearest(unit, subjects, verb) ?? meantByPronoun(unit, verb, subjects);
      // What is said in or to a parliament is not its word.
      if (subject === undefined || isEarlier(unit, subject) || (subject.name === 'parliament' && does !== 'refuse'))
        continue;
      speakers.push(speakerOf(unit, subject, verb, does));
    }
  }
  for (const subject of subjects) {
    const credit = before(unit.marks, 'accord', subject.from, 4);
    if (credit !== undefined && ascribing.has(unit.tokens.words[credit.from] ?? ''))
      speakers.push(speakerOf(unit, subject, credit, 'say'));
    const act = actOf(unit, subject) ?? signatureOf(unit, subject);
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
