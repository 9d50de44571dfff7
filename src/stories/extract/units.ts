import type { Article } from '../../core/article.ts';
import { createPhraseMatcher, type PhraseMatcher, type Tokens, tokenize } from '../phrases.ts';
import type { Gazetteer, Mention } from './gazetteer.ts';
import { type Cues, perLanguage, type ReadingData, type ReadingLanguage } from './reading-data.ts';

/** A cue found in a unit: token indexes, `to` exclusive. */
export interface CueHit {
  from: number;
  to: number;
}

/** The title or one sentence, with what was found in it. */
export interface Unit {
  /** -1 for the title, else the index into `article.sentences`. */
  index: number;
  tokens: Tokens;
  /** Whether a comma, colon, dash or bracket stands before token i. */
  breaks: readonly boolean[];
  mentions: Mention[];
  cues: ReadonlyMap<string, readonly CueHit[]>;
  /** Retells background or another's earlier report. */
  background: boolean;
}

/** Finds all cues of one language. */
export type CueFinder = (tokens: Tokens) => Map<string, CueHit[]>;

function toFinder(matcher: PhraseMatcher<string>): CueFinder {
  return (tokens) => {
    const found = new Map<string, CueHit[]>();
    for (const { value, from, to } of matcher(tokens)) {
      const hits = found.get(value);
      if (hits === undefined) {
        found.set(value, [{ from, to }]);
        continue;
      }
      const last = hits.at(-1);
      // The longest phrase of a kind hides the shorter ones within it.
      if (last !== undefined && from < last.to) {
        if (to - from > last.to - last.from) hits[hits.length - 1] = { from, to };
        continue;
      }
      hits.push({ from, to });
    }
    unsayLimits(found);
    const silent = found.get('by-the-way');
    if (silent !== undefined) silence(found, silent);
    return found;
  };
}

/** `no more than ten`: a limit, no denial. */
function unsayLimits(found: Map<string, CueHit[]>): void {
  const limits = new Set(found.get('cap')?.map(({ from }) => from));
  const negations = found.get('negation')?.filter(({ from }) => !limits.has(from));
  if (negations !== undefined) found.set('negation', negations);
  if (negations?.length === 0) found.delete('negation');
}

/** `students from travel-ban countries`: whom it names is told, the ban within it is not. */
function silence(found: Map<string, CueHit[]>, silent: readonly CueHit[]): void {
  for (const [tag, hits] of found) {
    const heard = hits.filter((hit) => !silent.some(({ from, to }) => from < hit.from && hit.to <= to));
    if (heard.length > 0) found.set(tag, heard);
    else found.delete(tag);
  }
}

function* cueEntries(cues: Cues): Generator<[string, string]> {
  for (const [tag, phrases] of Object.entries(cues)) {
    for (const phrase of phrases) yield [phrase, tag];
  }
}

/** Cue finders by language, each built once, when its language is first met. */
export function createCueFinders(data: ReadingData): (language: ReadingLanguage) => CueFinder {
  return perLanguage((language) => toFinder(createPhraseMatcher(cueEntries(data.cues[language]))));
}

const breaking = /[,;:!?()[\]«»“”"„–—•\n،؛]|\.\s/u;

function breaksOf(tokens: Tokens): boolean[] {
  return tokens.words.map((_, at) => {
    if (at === 0) return true;
    const start = tokens.ends[at - 1] ?? 0;
    const end = tokens.starts[at] ?? start;
    return end - start > 1 && breaking.test(tokens.text.slice(start, end));
  });
}

/** Reads one text into a unit. */
export function readUnit(
  text: string,
  index: number,
  background: boolean,
  gazetteer: Gazetteer,
  findCues: CueFinder,
): Unit {
  const tokens = tokenize(text);
  return {
    index,
    tokens,
    breaks: breaksOf(tokens),
    mentions: gazetteer(tokens),
    cues: findCues(tokens),
    background,
  };
}

/** Title first, then every sentence. */
export function readUnits(
  article: Article,
  background: ReadonlySet<number>,
  gazetteer: Gazetteer,
  findCues: CueFinder,
): Unit[] {
  const units = [readUnit(article.title, -1, false, gazetteer, findCues)];
  article.sentences.forEach((sentence, index) => {
    units.push(readUnit(sentence.text, index, background.has(index), gazetteer, findCues));
  });
  return units;
}

const none: readonly CueHit[] = [];

/** Hits of a cue in a unit. */
export function hits(unit: Unit, cue: string): readonly CueHit[] {
  return unit.cues.get(cue) ?? none;
}

/** Whether any of the cues is in the unit. */
export function has(unit: Unit, ...cues: readonly string[]): boolean {
  return cues.some((cue) => unit.cues.has(cue));
}

/** Whether a cue ends within `reach` tokens before token `at`. */
export function before(unit: Unit, cue: string, at: number, reach: number): boolean {
  return hits(unit, cue).some((hit) => hit.to <= at && at - hit.to < reach);
}

/** Whether a cue begins within `reach` tokens after token `at`. */
export function after(unit: Unit, cue: string, at: number, reach: number): boolean {
  return hits(unit, cue).some((hit) => hit.from >= at && hit.from - at < reach);
}

const joining = new Set([
  'and',
  'y',
  'e',
  'et',
  'i',
  'dhe',
  'و',
  'or',
  'o',
  'ou',
  'as',
  'well',
  'the',
  'of',
  'la',
  'le',
  'el',
  'les',
  'los',
  'l',
  'du',
  'da',
  'do',
  'a',
  'te',
  'en',
  'then',
  'also',
  'plus',
  'with',
  'de',
  'both',
  'kao',
  'ili',
  'd',
  's',
  'to',
  'in',
  'del',
  'os',
  'as',
  'one',
  'from',
  'iz',
  'u',
  'al',
  'au',
  'des',
]);

const groupsOf = new WeakMap<readonly Mention[], Mention[][]>();

/** Mentions in coordinated lists: `Libya, Rwanda and five others` is one group. Each mention is in one group. */
export function listGroups(unit: Unit): Mention[][] {
  const known = groupsOf.get(unit.mentions) ?? groupMentions(unit);
  groupsOf.set(unit.mentions, known);
  return known;
}

function groupMentions(unit: Unit): Mention[][] {
  const groups: Mention[][] = [];
  let group: Mention[] = [];
  for (const mention of unit.mentions) {
    const last = group.at(-1);
    if (last !== undefined && coordinated(unit, last.to, mention.from)) group.push(mention);
    else {
      group = [mention];
      groups.push(group);
    }
  }
  return groups;
}

function coordinated(unit: Unit, from: number, to: number): boolean {
  if (to - from > 3) return false;
  let commaOrAnd = false;
  for (let at = from; at < to; at += 1) {
    const word = unit.tokens.words[at] ?? '';
    if (!joining.has(word)) return false;
    commaOrAnd ||= isAnd(word);
  }
  for (let at = from; at <= to; at += 1) commaOrAnd ||= unit.breaks[at] === true;
  // Arabic writes `and` onto the word.
  const between = unit.tokens.text.slice(unit.tokens.ends[from - 1], (unit.tokens.starts[to] ?? 0) + 1);
  return commaOrAnd || /[،و]/u.test(between);
}

const ands = new Set(['and', 'y', 'e', 'et', 'i', 'dhe', 'و', 'or', 'plus', 'as', 'with']);

function isAnd(word: string): boolean {
  return ands.has(word);
}
