import { ascent, descent, widthOf } from './fonts.ts';
import { seaSides } from './places.ts';

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

/**
 * Finds room for the names of dots: on the side where the sea is, else around the dot, further away where it is
 * crowded; never over another name or dot, never outside the map. A name that has no room is left out.
 */
export function placeMarkers(
  markers: readonly Marker[],
  named: ReadonlySet<string>,
  area: Box,
): readonly PlacedMarker[] {
  const apart = spread(markers);
  // A name that ends at another's dot would be read as its.
  const dots = apart.map(({ x, y }) => ({ ...around(x, y, dotRadius + 2), left: x - beside, right: x + beside }));
  const taken: Box[] = [];
  return apart.map((marker, index) => {
    if (!named.has(marker.code)) return { ...marker, label: null };
    const others = dots.filter((_, each) => each !== index);
    const isFree = ({ box }: Spot): boolean =>
      inside(box, area) && ![...others, ...taken].some((each) => overlap(each, box));
    const free = candidates(marker).filter(isFree);
    const isClear = ({ box }: Spot): boolean =>
      !alongLeader(marker, box).some((step) => taken.some((each) => overlap(each, step)));
    const spot = free.find(isClear) ?? free[0];
    if (!spot) return { ...marker, label: null };
    const { left, right, top, bottom } = spot.box;
    taken.push({ left: left - gap, right: right + gap, top, bottom }, ...alongLeader(marker, spot.box));
    return { ...marker, label: spot };
  });
}

/** Where the line from a dot to its name ends. */
export function leaderEnd({ x, y }: { x: number; y: number }, { left, right, top, bottom }: Box): [number, number] {
  return [Math.min(Math.max(x, left), right), Math.min(Math.max(y, top + labelSize * 0.5), bottom - labelSize * 0.4)];
}

/** The line from a dot's edge to its name as small boxes, so that names and other lines keep clear of it. */
function alongLeader({ x, y }: Marker, box: Box): readonly Box[] {
  const [toX, toY] = leaderEnd({ x, y }, box);
  const length = Math.hypot(toX - x, toY - y);
  const steps = Math.max(0, Math.floor((length - dotRadius - 8) / 4));
  return Array.from({ length: steps }, (_, step) => {
    const part = (dotRadius + 4 + step * 4) / length;
    return around(x + (toX - x) * part, y + (toY - y) * part, 3);
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

/** Nearest first; at each distance the sea's side before the others. */
function candidates({ code, name, x, y }: Marker): readonly Spot[] {
  const width = widthOf(name, labelSize, 'bold');
  const first = seaSides[code];
  const sides = [...(first === undefined ? [] : [first]), 'E', 'W', 'S', 'N'].filter(
    (side, at, all) => all.indexOf(side) === at,
  );
  const near = [20, 44, 80, 120];
  const onOneSide = first === undefined ? [] : [20, 60, 110, 170, 240];
  const tries = [
    ...onOneSide.flatMap((distance) => [[first, distance] as const]),
    ...near.flatMap((distance) => sides.map((side) => [side, distance] as const)),
  ];
  return tries.flatMap(([side, distance]) =>
    [0, -1, 1, -2, 2].map((shift) => spotOf({ x, y, width }, side ?? 'E', distance, shift)),
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
  return { x: dx > 0 ? left : dx < 0 ? left + width : left + width / 2, y: baseline, anchor, box };
}
