import { type GeoProjection, geoPath } from 'd3-geo';
import type { MultiPolygon } from 'geojson';
import type { Box } from './markers.ts';

/** Side of a cell in pixels: fine enough to tell a coast from the sea under a word. */
const cell = 10;
/** Cells of a row, counted so that no two rows share a number. */
const columns = 1000;

type Edge = readonly [x0: number, y0: number, x1: number, y1: number];

/** The cells whose middle lies on a shape, to be looked up by `cellsUnder`. */
export function cellsOf(shape: MultiPolygon, projection: GeoProjection): readonly number[] {
  const rows = new Map<number, number[]>();
  for (const edge of edgesOf(shape, projection)) addCrossings(rows, edge);
  const cells: number[] = [];
  for (const [row, crossings] of rows) {
    const sorted = crossings.toSorted((a, b) => a - b);
    for (let at = 0; at + 1 < sorted.length; at += 2) {
      const [from = 0, to = 0] = sorted.slice(at, at + 2);
      for (let column = Math.ceil(from / cell - 0.5); (column + 0.5) * cell < to; column += 1)
        cells.push(row * columns + column);
    }
  }
  return cells;
}

function edgesOf(shape: MultiPolygon, projection: GeoProjection): readonly Edge[] {
  const edges: Edge[] = [];
  let [startX, startY, lastX, lastY] = [0, 0, 0, 0];
  const lineTo = (x: number, y: number): void => {
    edges.push([lastX, lastY, x, y]);
    [lastX, lastY] = [x, y];
  };
  const context = {
    beginPath: () => undefined,
    moveTo: (x: number, y: number) => {
      [startX, startY, lastX, lastY] = [x, y, x, y];
    },
    lineTo,
    arc: () => undefined,
    closePath: () => lineTo(startX, startY),
  };
  geoPath(projection, context)(shape);
  return edges;
}

/** Where an edge crosses the middle lines of rows. */
function addCrossings(rows: Map<number, number[]>, [x0, y0, x1, y1]: Edge): void {
  const [top, bottom] = [Math.min(y0, y1), Math.max(y0, y1)];
  for (let row = Math.ceil(top / cell - 0.5); (row + 0.5) * cell < bottom; row += 1) {
    const part = ((row + 0.5) * cell - y0) / (y1 - y0);
    rows.set(row, [...(rows.get(row) ?? []), x0 + part * (x1 - x0)]);
  }
}

/** The cells that a rectangle touches. */
export function cellsUnder({ left, top, right, bottom }: Box): readonly number[] {
  const cells: number[] = [];
  for (let row = Math.floor(top / cell); row * cell < bottom; row += 1)
    for (let column = Math.floor(left / cell); column * cell < right; column += 1) cells.push(row * columns + column);
  return cells;
}
