import { type GeoProjection, geoPath } from 'd3-geo';
import type { MultiPolygon } from 'geojson';

/** Points nearer than this to the last one, in pixels, add nothing that can be seen. */
const finest = 0.9;
/** Islands smaller than this on both sides are left out. */
const smallest = 1.1;

type Point = readonly [number, number];

/** A shape as SVG path data: relative steps of a tenth of a pixel, without points that nobody can see. */
export function outlineOf(shape: MultiPolygon, projection: GeoProjection): string {
  const rings: Point[][] = [];
  const context = {
    beginPath: () => undefined,
    moveTo: (x: number, y: number) => void rings.push([[x, y]]),
    lineTo: (x: number, y: number) => void rings.at(-1)?.push([x, y]),
    arc: () => undefined,
    closePath: () => undefined,
  };
  geoPath(projection, context)(shape);
  const sized = rings.map((ring) => ({ ring, size: sizeOf(ring) }));
  const largest = Math.max(0, ...sized.map(({ size }) => size));
  return sized
    .filter(({ size }) => size >= smallest || size === largest)
    .map(({ ring }) => written(thinned(ring)))
    .join('');
}

function sizeOf(ring: readonly Point[]): number {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  return Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
}

/** Borders are thinned from the ring's own order: neighbours share points, so their lines stay within a pixel. */
function thinned(ring: readonly Point[]): readonly Point[] {
  const kept: Point[] = [];
  for (const point of ring) {
    const last = kept.at(-1);
    if (!last || Math.abs(point[0] - last[0]) + Math.abs(point[1] - last[1]) >= finest) kept.push(point);
  }
  return kept.length < 3 ? ring : kept;
}

function written(ring: readonly Point[]): string {
  let [x, y] = [0, 0];
  const steps = ring.map(([toX, toY], index) => {
    const [dx, dy] = [Math.round(toX * 10) - x, Math.round(toY * 10) - y];
    [x, y] = [x + dx, y + dy];
    const step = index === 0 ? 'M' : index === 1 ? 'l' : dx < 0 ? '' : ' ';
    return `${step}${number(dx)}${dy < 0 ? '' : ' '}${number(dy)}`;
  });
  return `${steps.join('')}z`;
}

function number(tenths: number): string {
  return String(tenths / 10).replace(/^(-?)0\./, '$1.');
}
