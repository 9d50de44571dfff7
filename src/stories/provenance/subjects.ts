import type { CountryCode } from '../../core/country.ts';
import { gapText, type Unit } from './unit.ts';
import { type Hit, hits } from './vocabulary.ts';

/** Who may be speaking: token indexes in its sentence. */
export interface Subject extends Hit {
  kind: 'body' | 'office' | 'country';
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

/** `President Trump` holds no office abroad. */
const ofTheStates = new Set(['trump', 'donald', 'biden', 'ترامب', 'دونالد', 'امريكي', 'اميركي']);
const unitedStates = new Set(['america', 'usa', 'estados', 'etats', 'sjedinjenih', 'shteteve']);

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
  if (ofTheStates.has(words[hit.to] ?? '')) return false;
  // `President of the United States` is nobody abroad.
  if (!joining.has(words[hit.to] ?? '')) return true;
  const near = words.slice(hit.to + 1, hit.to + 4);
  return !near.some((word, at) => unitedStates.has(word) || (word === 'united' && near[at + 1] === 'states'));
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

/** Bodies and offices of a title or sentence. */
export function subjectsOf(unit: Unit): Subject[] {
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

/** The subject that a verb most likely has, by distance and by how the language orders them. */
export function nearest(unit: Unit, subjects: readonly Subject[], verb: Hit): Subject | undefined {
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

/** `the opposition leader of Examplia said`: not Examplia. */
const belonging = new Set(['of', 'by', 'from', 'du', 'del']);

/** A country that is itself the subject of a verb: `Rwanda said`. */
export function bareCountry(unit: Unit, verb: Hit, others: readonly Subject[]): Subject | undefined {
  return countrySubjects(unit).find((subject) => {
    if (others.some((other) => other.from >= subject.to && other.to <= verb.from)) return false;
    if (others.some((other) => isOfficeOf(unit, other, subject))) return false;
    if (belonging.has(unit.tokens.words[subject.from - 1] ?? '')) return false;
    const gap = verb.from - subject.to;
    if (gap < 0 || gap > 2) return false;
    return (
      !/[,;:.—–(]/.test(gapText(unit.tokens, subject.to - 1, verb.from)) || (gap === 0 && isApposition(unit, subject))
    );
  });
}

const pronouns = new Set(['it', 'he', 'she', 'they']);
const standIns = new Set(['agency', 'department', 'service', 'ministry', 'administration']);

/** `The ministry will end the scheme, it said`, `…, the agency said`: who opens the sentence is meant. */
export function meantByPronoun(unit: Unit, verb: Hit, subjects: readonly Subject[]): Subject | undefined {
  const { words } = unit.tokens;
  const last = words[verb.from - 1] ?? '';
  const first = standIns.has(last) && words[verb.from - 2] === 'the' ? verb.from - 2 : verb.from - 1;
  if ((first === verb.from - 1 && !pronouns.has(last)) || !apart(unit, first - 1, first)) return;
  return [...subjects, ...countrySubjects(unit)].find(({ from }) => from < 2);
}
