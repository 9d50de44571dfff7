import type { Mention } from '../extract/gazetteer.ts';
import type { Tokens } from '../phrases.ts';
import type { Marks } from './vocabulary.ts';

/** The title (index -1) or one sentence, with everything found in it. */
export interface Unit {
  index: number;
  tokens: Tokens;
  marks: Marks;
  mentions: readonly Mention[];
}

/** A quotation of a unit, cut to 300 characters at a word. */
export function quoteOf(unit: Unit): string {
  const { text } = unit.tokens;
  if (text.length <= 300) return text;
  const cut = text.slice(0, 299);
  return `${cut.slice(0, Math.max(200, cut.lastIndexOf(' ')))}…`;
}

/** Whether a token begins with a capital letter, or with a letter of a script without capitals. */
export function isCapital(tokens: Tokens, at: number): boolean {
  const start = tokens.starts[at];
  return start !== undefined && !/^\p{Ll}/u.test(tokens.text.slice(start, start + 2));
}

/** What stands between two tokens. */
export function gapText(tokens: Tokens, left: number, right: number): string {
  return tokens.text.slice(tokens.ends[left] ?? 0, tokens.starts[right] ?? 0);
}
