import { createPhraseMatcher, longestMatches, spanText, type Tokens, tokenize } from '../phrases.ts';
import type { Publishers } from '../publishers.ts';
import { gapText, isCapital } from './unit.ts';

/** A newsroom named in a text. */
export interface NewsroomHit {
  name: string;
  from: number;
  to: number;
}

/** Finds listed newsrooms, names that end like one, names beside a word such as `agency`, and the outlet itself. */
export type NewsroomFinder = (tokens: Tokens, publisher: string | null) => NewsroomHit[];

const longestName = 5;

function nameBack(tokens: Tokens, end: number): number {
  let at = end;
  while (at > 0 && end - at < longestName - 1 && isCapital(tokens, at - 1) && gapText(tokens, at - 1, at) === ' ')
    at -= 1;
  return tokens.words[at] === 'the' ? at + 1 : at;
}

function nameOnward(tokens: Tokens, start: number): number {
  let at = start;
  while (
    at < tokens.words.length &&
    at - start < 3 &&
    isCapital(tokens, at) &&
    (at === start || gapText(tokens, at - 1, at) === ' ')
  ) {
    at += 1;
  }
  return at;
}

/** An outlet's words for itself. */
const selves =
  /\b(?:this (?:newspaper|paper|magazine|website|agency)|este (?:diario|periódico|jornal|portal)|ce journal|notre journal|ovog lista|našeg lista|kësaj gazete)\b|هذه الصحيفة/iu;

/** `the Monitor` in an article of the Great Lakes Monitor. */
function ownName(tokens: Tokens, publisher: string | null): NewsroomHit | null {
  if (publisher === null) return null;
  const own = tokenize(publisher).words;
  const itself = selves.exec(tokens.text);
  if (itself !== null) {
    const from = tokens.starts.findIndex((start) => start >= itself.index);
    if (from >= 0) return { name: publisher, from, to: Math.min(tokens.words.length, from + 2) };
  }
  const last = own.at(-1);
  if (last === undefined || last.length < 4) return null;
  const at = tokens.words.findIndex(
    (word, index) => word === last && tokens.words[index - 1] === 'the' && isCapital(tokens, index),
  );
  return at < 0 ? null : { name: publisher, from: at, to: at + 1 };
}

function contains(list: readonly NewsroomHit[], at: number): boolean {
  return list.some((hit) => at >= hit.from && at < hit.to);
}

/** Builds the finder once. */
export function createNewsroomFinder(publishers: Publishers): NewsroomFinder {
  const { data } = publishers;
  const listed = createPhraseMatcher(
    data.publishers.flatMap((entry) => [entry.name, ...entry.aliases].map((name) => [name, entry.name] as const)),
  );
  const nouns = createPhraseMatcher(data.newsroomNouns.map((noun) => [noun, true] as const));
  const words = createPhraseMatcher(data.newsroomWords.map((word) => [word, true] as const));
  return (tokens, publisher) => {
    const found: NewsroomHit[] = longestMatches(listed(tokens))
      .filter(({ from, to }) => tokens.words.slice(from, to).some((_, at) => isCapital(tokens, from + at)))
      .map((match) => ({ name: match.value, from: match.from, to: match.to }));
    for (const { from, to } of longestMatches(nouns(tokens))) {
      const start = nameBack(tokens, from);
      if (!isCapital(tokens, to - 1) || start === from || contains(found, to - 1)) continue;
      found.push({ name: publishers.canonical(spanText(tokens, start, to)), from: start, to });
    }
    for (const { to } of longestMatches(words(tokens))) {
      const end = nameOnward(tokens, to);
      if (end === to || contains(found, to) || gapText(tokens, to - 1, to).trim() !== '') continue;
      found.push({ name: publishers.canonical(spanText(tokens, to, end)), from: to, to: end });
    }
    const own = ownName(tokens, publisher);
    if (own !== null && !contains(found, own.from)) found.push(own);
    return found.sort((a, b) => a.from - b.from);
  };
}
