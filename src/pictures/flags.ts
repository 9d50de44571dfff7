/** A label that stands on a stem over (or hangs under) a point of its track. Pixels. */
export interface Flag {
  x: number;
  width: number;
}

export interface PlacedFlag {
  /** Above the bar labels run to the right of their stem, below it to the left. */
  side: 'up' | 'down';
  /** 0 is next to the bar. */
  level: number;
}

const gap = 18;

/**
 * Levels for labels so that no label meets another label or another's stem. Above the bar a label that would run into a
 * later stem stands higher than that stem's label; below it the same the other way round. Labels that do not fit to the
 * right of their stem hang below, and those that do not fit to the left stand above; each must fit to one side.
 * Of a few ways to share the rest between both sides, the lowest stack is taken.
 */
export function placeFlags(flags: readonly Flag[], left: number, right: number): readonly PlacedFlag[] {
  const ways: ((index: number) => 'up' | 'down')[] = [
    () => 'up',
    (index) => ((flags[index]?.x ?? 0) < (left + right) / 2 ? 'up' : 'down'),
    (index) => (index % 2 === 0 ? 'up' : 'down'),
    (index) => (index % 2 === 0 ? 'down' : 'up'),
  ];
  const placed = ways.map((wanted) => levelsOf(flags, sidesOf(flags, wanted, left, right)));
  return placed.reduce((best, each) => (heightOf(each) < heightOf(best) ? each : best));
}

function sidesOf(
  flags: readonly Flag[],
  wanted: (index: number) => 'up' | 'down',
  left: number,
  right: number,
): readonly ('up' | 'down')[] {
  return flags.map(({ x, width }, index) => {
    if (x + width > right) return 'down';
    return x - width < left ? 'up' : wanted(index);
  });
}

function levelsOf(flags: readonly Flag[], sides: readonly ('up' | 'down')[]): readonly PlacedFlag[] {
  const levels = new Map<number, number>();
  for (const side of ['up', 'down'] as const) {
    const order = flags
      .map(({ x, width }, index) => ({ index, x: side === 'up' ? x : -x, width }))
      .filter(({ index }) => sides[index] === side)
      .toSorted((a, b) => b.x - a.x || b.index - a.index);
    for (const [at, { index, x, width }] of order.entries()) {
      const crossed = order.slice(0, at).filter((other) => other.x <= x + width + gap);
      levels.set(index, Math.max(-1, ...crossed.map((other) => levels.get(other.index) ?? 0)) + 1);
    }
  }
  return flags.map((_, index) => ({ side: sides[index] ?? 'up', level: levels.get(index) ?? 0 }));
}

/** Levels that a track needs above and below. */
export function heightsOf(placed: readonly PlacedFlag[]): { up: number; down: number } {
  const count = (side: 'up' | 'down'): number =>
    Math.max(0, ...placed.filter((each) => each.side === side).map(({ level }) => level + 1));
  return { up: count('up'), down: count('down') };
}

function heightOf(placed: readonly PlacedFlag[]): number {
  const { up, down } = heightsOf(placed);
  return up + down;
}
