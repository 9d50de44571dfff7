import type { Quantity } from '../core/reading.ts';
import type { StoryMember } from '../core/story.ts';
import { evidenceOf, familyOf, mostTold } from './evidence.ts';

const words = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
  'twenty',
];

/** How a quote writes a value: `1,500`, `1500`, `nine`; null when it writes it in no way known here. */
function asWritten({ value, quote }: Quantity): string | null {
  const ways = [String(value), value.toLocaleString('en-US'), words[value] ?? ''].filter(Boolean);
  return ways.find((way) => new RegExp(`(^|[^\\p{L}\\p{N}])${way}($|[^\\p{L}\\p{N}])`, 'iu').test(quote)) ?? null;
}

/** The one figure of a kind in an article; null when it gives none or several, for then they count different things. */
export function soleFigure(member: StoryMember, kind: Quantity['kind']): Quantity | null {
  const figures = member.reading.quantities.filter((item) => item.kind === kind);
  const first = figures[0];
  return first && figures.every(({ value }) => value === first.value) ? first : null;
}

/** The figure of a kind that most outlets give; the earliest on a tie. */
export function settledFigure(members: readonly StoryMember[], kind: Quantity['kind']): number | null {
  return mostTold(evidenceOf(members), (member) => soleFigure(member, kind)?.value);
}

/**
 * That figure as an article writes it, or null. Where three outlets or more report, one alone may have counted
 * something else: two must give it.
 */
export function literalFigure(members: readonly StoryMember[], kind: Quantity['kind']): string | null {
  const evidence = evidenceOf(members);
  const value = settledFigure(members, kind);
  const telling = evidence.filter((member) => soleFigure(member, kind)?.value === value);
  const families = (some: readonly StoryMember[]): number => new Set(some.map(familyOf)).size;
  if (value === null || families(telling) < Math.min(2, families(evidence) - 1)) return null;
  for (const { reading } of telling) {
    for (const quantity of reading.quantities) {
      const written = quantity.kind === kind && quantity.value === value ? asWritten(quantity) : null;
      if (written) return written;
    }
  }
  return null;
}
