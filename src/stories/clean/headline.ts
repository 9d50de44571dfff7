import { tokenize } from '../phrases.ts';
import { type Block, wordCount } from './block.ts';
import { endsSentence, isProse } from './lines.ts';
import { splitSentences } from './sentences.ts';

/** How many of the first blocks may hold the headline. */
const searched = 8;
const headlineWords = { least: 4, most: 24 };

function contentWords(text: string): Set<string> {
  return new Set(
    tokenize(text)
      .words.filter((word) => word.length > 3)
      .map((word) => word.slice(0, 6)),
  );
}

function shared(text: string, words: ReadonlySet<string>): number {
  let count = 0;
  for (const word of contentWords(text)) if (words.has(word)) count += 1;
  return count;
}

/** A line that ends with the line before it is that headline with its section's label glued on. */
function isGluedCopy(text: string, headline: string): boolean {
  return text.length > headline.length && text.length - headline.length <= 30 && text.endsWith(headline);
}

function looksLikeHeadline(block: Block, blocks: readonly Block[], at: number): boolean {
  const words = wordCount(block.text);
  if (block.kind === 'item' || words < headlineWords.least || words > headlineWords.most) return false;
  if (endsSentence(block.text) && (at > 0 || splitSentences(block.text).length > 1)) return false;
  const next = blocks[at + 1];
  if (next !== undefined && isGluedCopy(next.text, block.text)) return true;
  const prose = blocks.find((other, index) => index > at && isProse(other));
  return prose !== undefined && shared(block.text, contentWords(prose.text)) >= 2;
}

/** The first sentence as a headline: at most 160 characters. */
export function cutTitle(text: string): string {
  const first = splitSentences(text)[0] ?? text;
  if (first.length <= 160) return first;
  const cut = first.slice(0, 157);
  return `${cut.slice(0, Math.max(80, cut.lastIndexOf(' ')))}…`;
}

/**
 * The headline of a text that came without one, and the blocks that remain: the first short line that shares
 * words with the prose under it, or the beginning of the first sentence.
 */
export function findHeadline(blocks: readonly Block[]): { title: string; blocks: Block[] } {
  const at = blocks.slice(0, searched).findIndex((block, index) => looksLikeHeadline(block, blocks, index));
  const found = blocks[at];
  if (found === undefined) return { title: cutTitle(blocks[0]?.text ?? ''), blocks: [...blocks] };
  return { title: found.text, blocks: withoutTitle(blocks, found.text) };
}

/** Leaves out repetitions of the title among the first blocks, and other sites' lines above it. */
export function withoutTitle(blocks: readonly Block[], title: string): Block[] {
  const folded = tokenize(title).words.join(' ');
  const repeats = (block: Block): boolean =>
    tokenize(block.text).words.join(' ') === folded || isGluedCopy(block.text, title);
  const first = blocks.slice(0, searched).findIndex(repeats);
  // What stands above a headline and is not prose belongs to the site, not to the article.
  const above = first > 0 && !blocks.slice(0, first).some(isProse) ? first : 0;
  return blocks.filter((block, at) => at >= above && (at > searched || !repeats(block)));
}
