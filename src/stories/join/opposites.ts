import { stem, tokenise } from './text.ts';
import type { Item } from './window.ts';

/** Words that turn a headline into its opposite, or into another step of the same matter. */
const axes: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['blocks', 'bars', 'halts', 'stops', 'freezes', 'pauses', 'suspends', 'imposes', 'adds'],
    ['lifts', 'clears', 'allows', 'lets', 'resumes', 'restores', 'unblocks', 'eases', 'ends', 'lifted'],
  ],
  [
    ['hears', 'weighs', 'considers', 'arguments', 'argues', 'mulls'],
    ['rules', 'ruled', 'signs', 'decides', 'strikes'],
  ],
  [
    ['declines', 'refuses', 'rejects', 'denies'],
    ['agrees', 'accepts', 'confirms', 'grants', 'pauses', 'signs'],
  ],
  [
    ['partial', 'partially', 'partly'],
    ['full', 'fully'],
  ],
];

const stemmed = axes.map((sides) => sides.map((words) => new Set(words.map((word) => stem(word)))));

const titleTerms = new WeakMap<Item, ReadonlySet<string>>();

function termsOf(item: Item): ReadonlySet<string> {
  let terms = titleTerms.get(item);
  if (!terms) {
    terms = new Set(tokenise(item.title, 40).map(({ term }) => term));
    titleTerms.set(item, terms);
  }
  return terms;
}

/** Two headlines that share most words but stand on opposite sides of an axis. Speaks for bare headlines only. */
export function opposed(a: Item, b: Item): string | null {
  if (a.vector.words >= 4 || b.vector.words >= 4) return null;
  const left = termsOf(a);
  const right = termsOf(b);
  const common = [...left].filter((term) => right.has(term)).length;
  if (common < 0.5 * Math.min(left.size, right.size)) return null;
  for (const [one, other] of stemmed) {
    if (!one || !other) continue;
    const onlyIn = (mine: ReadonlySet<string>, theirs: ReadonlySet<string>, side: ReadonlySet<string>) =>
      [...mine].find((term) => side.has(term) && !theirs.has(term));
    const pairs = [
      [onlyIn(left, right, one), onlyIn(right, left, other)],
      [onlyIn(left, right, other), onlyIn(right, left, one)],
    ];
    for (const [x, y] of pairs) if (x !== undefined && y !== undefined) return `opposite words: ${x} and ${y}`;
  }
  return null;
}
