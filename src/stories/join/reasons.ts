import type { Verdict } from './compare.ts';
import type { Candidate } from './score.ts';
import { type Comparer, pairAt } from './similarity.ts';
import { tokenise } from './text.ts';
import type { Item } from './window.ts';
import { daysApart } from './words.ts';

function percent(value: number): string {
  return `${Math.round(100 * value)} %`;
}

/** Title words that two articles share, as the first writes them. */
function sharedWords(a: Item, b: Item): string[] {
  const ids = new Set(tokenise(b.title, 60).map(({ id }) => id));
  const found = new Map<number, string>();
  for (const word of a.title.match(/[\p{L}\p{N}]+/gu) ?? []) {
    const [token] = tokenise(word, 1);
    if (token && ids.has(token.id)) found.set(token.id, word.toLowerCase());
  }
  return [...found.values()].slice(0, 6);
}

/** What log-odds mean, for people. */
export function weightInWords(odds: number): string {
  if (odds >= 3) return 'clearly for one story';
  if (odds >= 1) return 'for one story';
  return odds >= -1 ? 'neither for one story nor for two' : 'against one story';
}

/** Why an article joined a story, in words: structure first, then likeness, time and what was passed over. */
export function joinReasons(
  comparer: Comparer,
  item: Item,
  choice: Candidate & { verdict: Verdict },
  vetoes: readonly string[],
): string[] {
  comparer.load(item);
  const values = comparer.compare(choice.nearest);
  const value = (name: string) => values[pairAt(name)] ?? 0;
  const reasons = [...choice.verdict.reasons];
  const like = `likeness to its nearest member: ${percent(value('all'))} of all words, ${percent(value('title'))} of the title`;
  reasons.push(`${like}, ${percent(value('names'))} of names`);
  const words = sharedWords(item, choice.nearest);
  if (words.length > 0) reasons.push(`shared in the titles: ${words.join(', ')}`);
  const gap = Math.abs(item.time - choice.nearest.time) / 86_400_000;
  if (!Number.isNaN(gap)) reasons.push(gap < 1 ? 'published within a day' : `published ${daysApart(gap)}`);
  reasons.push(`all in all the words speak ${weightInWords(choice.score)}`);
  for (const veto of new Set(vetoes)) reasons.push(`not with another story: ${veto}`);
  return reasons;
}
