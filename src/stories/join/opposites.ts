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

/** A term's sides, two bits an axis: the first side and the other. */
const sidesOf = new Map<string, number>();
for (const [axis, sides] of axes.entries()) {
  for (const [side, words] of sides.entries()) {
    for (const word of words) {
      const term = stem(word);
      sidesOf.set(term, (sidesOf.get(term) ?? 0) | (1 << (2 * axis + side)));
    }
  }
}

interface Titled {
  terms: ReadonlySet<string>;
  /** Terms that stand on a side. */
  sided: readonly string[];
  sides: number;
}

const titled = new WeakMap<Item, Titled>();

function titledOf(item: Item): Titled {
  let found = titled.get(item);
  if (!found) {
    const terms = new Set(tokenise(item.title, 40).map(({ term }) => term));
    const sided = [...terms].filter((term) => sidesOf.has(term));
    found = { terms, sided, sides: sided.reduce((bits, term) => bits | (sidesOf.get(term) ?? 0), 0) };
    titled.set(item, found);
  }
  return found;
}

function onlyIn(mine: Titled, theirs: Titled, side: number): string | undefined {
  return mine.sided.find((term) => ((sidesOf.get(term) ?? 0) & side) !== 0 && !theirs.terms.has(term));
}

/** Nearly all headlines stand on no side that another opposes: seen without looking at their words. */
function mayOppose(a: number, b: number): boolean {
  const first = 0x55555555;
  return (a & first & ((b >>> 1) & first)) !== 0 || (b & first & ((a >>> 1) & first)) !== 0;
}

/** Two headlines that share most words but stand on opposite sides of an axis. Speaks for bare headlines only. */
export function opposed(a: Item, b: Item): string | null {
  if (a.vector.words >= 4 || b.vector.words >= 4) return null;
  const left = titledOf(a);
  const right = titledOf(b);
  if (!mayOppose(left.sides, right.sides)) return null;
  let common = 0;
  for (const term of left.terms) if (right.terms.has(term)) common++;
  if (common < 0.5 * Math.min(left.terms.size, right.terms.size)) return null;
  for (const axis of axes.keys()) {
    const [one, other] = [1 << (2 * axis), 2 << (2 * axis)];
    const pairs = [
      [onlyIn(left, right, one), onlyIn(right, left, other)],
      [onlyIn(left, right, other), onlyIn(right, left, one)],
    ];
    for (const [x, y] of pairs) if (x !== undefined && y !== undefined) return `opposite words: ${x} and ${y}`;
  }
  return null;
}
