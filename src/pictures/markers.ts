import { ascent, descent, widthOf } from './fonts.ts';

/** A rectangle in pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

export interface Marker {
  code: string;
  name: string;
  x: number;
  y: number;
}

export interface PlacedMarker extends Marker {
  /** Where the name's line is held, on its baseline, and what room it takes; null where there is none. */
  label: Spot | null;
}

interface Spot {
  x: number;
  y: number;
  /** The side of the text at `x`: the one that looks at the dot. */
  anchor: 'start' | 'middle' | 'end';
  box: Box;
  /** Length of the line from the dot. */
  distance: number;
}

export const dotRadius = 11;
export const labelSize = 34;
const gap = 6;
const beside = dotRadius + 18;

const compass: Readonly<Record<string, readonly [number, number]>> = {
  E: [1, 0],
  W: [-1, 0],
  N: [0, -1],
  S: [0, 1],
};

/** What a pixel of distance between a dot and its name counts beside a cell of land that the name would cover. */
const distanceCost = 1;
/** A line through another name is worse than a name on land. */
const crossingCost = 250;
/** A line hides less than a name, and leads the eye astray over a country that is not meant. */
const lineCost = 0.5;
const rounds = 3;
const beginnings = 3;
/** Of a name that found no room. */
const unplaced = 3000;

/**
 * Finds room for the names of dots: where they cover least, then near the dot; never over another name or dot, never
 * outside the map. A name that has no room is left out.
 * @param cover what it costs to write over a rectangle, in cells of unshaded land
 */
export function placeMarkers(
  markers: readonly Marker[],
  named: ReadonlySet<string>,
  area: Box,
  cover: (box: Box) => number,
): readonly PlacedMarker[] {
  const apart = spread(markers);
  // A name that ends at another's dot would be read as its.
  const dots = apart.map(({ x, y }) => ({ ...around(x, y, dotRadius + 2), left: x - beside, right: x + beside }));
  const choices = apart.map((marker) => (named.has(marker.code) ? choicesOf(marker, area, cover) : []));
  const totalOf = (spots: readonly (Choice | null)[]): number =>
    spots.reduce((sum, spot) => sum + (spot?.cost ?? unplaced), 0);
  const best = ordersOf(apart.length)
    .map((order) => settled(choices, order, dots))
    .toSorted((a, b) => totalOf(a) - totalOf(b))[0];
  return apart.map((marker, index) => ({ ...marker, label: best?.[index]?.spot ?? null }));
}

/** A spot with what it costs, and what its name and its line take. */
interface Choice {
  spot: Spot;
  cost: number;
  room: readonly Box[];
  line: readonly Box[];
}

/** Cheapest first. */
function choicesOf(marker: Marker, area: Box, cover: (box: Box) => number): readonly Choice[] {
  return candidates(marker)
    .filter(({ box }) => inside(box, area))
    .map((spot) => {
      const { box, distance } = spot;
      const line = alongLeader(marker, box);
      const hidden = cover(box) + line.reduce((sum, step) => sum + cover(step), 0) * lineCost;
      const name = { ...box, left: box.left - gap, right: box.right + gap };
      return { spot, cost: distance * distanceCost + hidden, room: [name, ...line], line };
    })
    .toSorted((a, b) => a.cost - b.cost);
}

/** Both ways round from some beginnings: what is settled depends on who began. */
function ordersOf(count: number): readonly (readonly number[])[] {
  const all = Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: beginnings }, (_, n) => Math.floor((n * count) / beginnings)).flatMap((from) => {
    const order = [...all.slice(from), ...all.slice(0, from)];
    return [order, order.toReversed()];
  });
}

/** Who came first may stand in the way of who came later: everyone looks again when all have a place. */
function settled(
  choices: readonly (readonly Choice[])[],
  order: readonly number[],
  dots: readonly Box[],
): readonly (Choice | null)[] {
  const chosen: (Choice | null)[] = choices.map(() => null);
  for (let round = 0; round < rounds; round += 1) {
    for (const index of order) {
      const others = chosen.flatMap((choice, other) => (other === index ? [] : (choice?.room ?? [])));
      chosen[index] = cheapest(choices[index] ?? [], [...dots.filter((_, other) => other !== index), ...others]);
    }
  }
  return chosen;
}

function cheapest(choices: readonly Choice[], taken: readonly Box[]): Choice | null {
  const meets = (box: Box): boolean => taken.some((each) => overlap(each, box));
  let best: Choice | null = null;
  for (const choice of choices) {
    if (best !== null && choice.cost >= best.cost) return best;
    if (meets(choice.spot.box)) continue;
    const cost = choice.cost + (choice.line.some(meets) ? crossingCost : 0);
    if (best === null || cost < best.cost) best = { ...choice, cost };
  }
  return best;
}

/** Where the line from a dot to its name ends. */
export function leaderEnd({ x, y }: { x: number; y: number }, { left, right, top, bottom }: Box): [number, number] {
  return [Math.min(Math.max(x, left), right), Math.min(Math.max(y, top + labelSize * 0.5), bottom - labelSize * 0.4)];
}

/** The line from a dot's edge to its name as small boxes, so that names and other lines keep clear of it. */
function alongLeader({ x, y }: Marker, box: Box): readonly Box[] {
  const [toX, toY] = leaderEnd({ x, y }, box);
  const length = Math.hypot(toX - x, toY - y);
  const steps = Math.max(0, Math.floor((length - dotRadius - 8) / 8));
  return Array.from({ length: steps }, (_, step) => {
    const part = (dotRadius + 6 + step * 8) / length;
    return around(x + (toX - x) * part, y + (toY - y) * part, 5);
  });
}

/** Dots that would cover each other move apart, a few pixels at most. */
function spread(markers: readonly Marker[]): readonly Marker[] {
  const moved = markers.map((marker) => ({ ...marker }));
  for (let round = 0; round < 12; round += 1) {
    for (const [index, one] of moved.entries()) for (const other of moved.slice(index + 1)) pushApart(one, other);
  }
  return moved;
}

function pushApart(one: Marker, other: Marker): void {
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const distance = Math.hypot(dx, dy);
  const lack = dotRadius * 2 - distance;
  if (lack <= 0) return;
  const [ux, uy] = distance < 0.1 ? [0, 1] : [dx / distance, dy / distance];
  one.x -= (ux * lack) / 4;
  one.y -= (uy * lack) / 4;
  other.x += (ux * lack) / 4;
  other.y += (uy * lack) / 4;
}

function around(x: number, y: number, reach: number): Box {
  return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
}

function inside(box: Box, area: Box): boolean {
  return box.left >= area.left && box.right <= area.right && box.top >= area.top && box.bottom <= area.bottom;
}

function candidates({ name, x, y }: Marker): readonly Spot[] {
  const width = widthOf(name, labelSize, 'bold');
  return Object.keys(compass).flatMap((side) =>
    [20, 44, 80, 120, 170, 240].flatMap((distance) =>
      [0, -1, 1, -2, 2].map((shift) => spotOf({ x, y, width }, side, distance, shift)),
    ),
  );
}

function spotOf(
  { x, y, width }: { x: number; y: number; width: number },
  side: string,
  distance: number,
  shift: number,
): Spot {
  const [dx, dy] = compass[side] ?? [1, 0];
  const sideways = shift * labelSize;
  const left = dx > 0 ? x + distance : dx < 0 ? x - distance - width : x - width / 2 + sideways * 2;
  const middle = y + dy * (distance + labelSize / 2) + (dx === 0 ? 0 : sideways);
  const baseline = middle + labelSize * 0.34;
  const box = { left, right: left + width, top: baseline - labelSize * ascent, bottom: baseline + labelSize * descent };
  const anchor = dx > 0 ? 'start' : dx < 0 ? 'end' : 'middle';
  const [toX, toY] = leaderEnd({ x, y }, box);
  const held = dx > 0 ? left : dx < 0 ? left + width : left + width / 2;
  return { x: held, y: baseline, anchor, box, distance: Math.hypot(toX - x, toY - y) };
}
