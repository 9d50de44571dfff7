import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type GeoProjection, geoEqualEarth, geoPath } from 'd3-geo';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { merge } from 'topojson-client';
import type {
  GeometryCollection,
  Topology,
  MultiPolygon as TopoMulti,
  Polygon as TopoPolygon,
} from 'topojson-specification';
import type { CountryCode } from '../core/country.ts';
import { outlineOf } from './outline.ts';
import { codesByName, partsElsewhere, pointsOnly } from './places.ts';
import { cellsOf } from './terrain.ts';

/** One country on the map: its outline, how much of the picture it covers, and where its dot goes. */
export interface PlaceShape {
  code: CountryCode;
  /** SVG path data; empty for places that are a point at this scale. */
  outline: string;
  /** Square pixels. */
  area: number;
  /** What it covers, for names to keep clear of. */
  cells: readonly number[];
  x: number;
  y: number;
}

export interface World {
  width: number;
  height: number;
  places: readonly PlaceShape[];
  /** Land that belongs to no one country. */
  disputed: string;
}

const width = 1600;
/** The Bering Strait is where the map is cut: Russia stays whole, and Tonga beside Fiji. */
const centre = 11;
/** From the north of Greenland to the tip of the Antarctic Peninsula. */
const [north, south] = [83.7, -65];

/**
 * The world in the Equal Earth projection, which keeps areas true. Natural Earth's borders, 1:50 million.
 * @param codeOfNumber ISO 3166-1 numeric, such as `418`, to alpha-2
 */
export function loadWorld(codeOfNumber: (numeric: string) => CountryCode | undefined): World {
  const projection = geoEqualEarth()
    .rotate([-centre, 0])
    .fitWidth(width - 40, { type: 'Sphere' });
  const edge = (latitude: number): number => projection([centre, latitude])?.[1] ?? 0;
  const [, middle] = projection.translate();
  const height = edge(south) - edge(north);
  projection.translate([width / 2, middle - edge(north)]).clipExtent([
    [0, 0],
    [width, height],
  ]);
  const land = landByCountry(codeOfNumber);
  const places = [...land].flatMap(([code, shape]) => (code === null ? [] : [placeOf(code, shape, projection)]));
  const drawn = new Set(places.map((place) => place.code));
  const points = Object.entries(pointsOnly).filter(([code]) => !drawn.has(code));
  const nobodys = land.get(null);
  return {
    width,
    height,
    places: [...places, ...points.map(([code, point]) => pointAt(code, point, projection))],
    disputed: nobodys ? outlineOf(nobodys, projection) : '',
  };
}

function placeOf(code: CountryCode, shape: MultiPolygon, projection: GeoProjection): PlaceShape {
  const path = geoPath(projection);
  const largest = shape.coordinates
    .map((coordinates): Polygon => ({ type: 'Polygon', coordinates }))
    .toSorted((a, b) => path.area(b) - path.area(a))[0];
  const [x, y] = path.centroid(largest ?? shape);
  return {
    code,
    outline: outlineOf(shape, projection),
    area: path.area(shape),
    cells: cellsOf(shape, projection),
    x,
    y,
  };
}

function pointAt(code: CountryCode, point: readonly [number, number], projection: GeoProjection): PlaceShape {
  const [x, y] = projection([point[0], point[1]]) ?? [0, 0];
  return { code, outline: '', area: 0, cells: [], x, y };
}

type Land = TopoPolygon<{ name?: string }> | TopoMulti<{ name?: string }>;
type Atlas = Topology<{ countries: GeometryCollection<{ name?: string }> }>;

/** Every country's polygons: regions joined to their country, parts elsewhere taken out. `null`: nobody's. */
function landByCountry(
  codeOfNumber: (numeric: string) => CountryCode | undefined,
): ReadonlyMap<CountryCode | null, MultiPolygon> {
  const file = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json');
  const atlas = JSON.parse(readFileSync(file, 'utf8')) as Atlas;
  const groups = new Map<CountryCode | null, Land[]>();
  for (const shape of atlas.objects.countries.geometries as Land[]) {
    const code =
      codeOfNumber(String(shape.id ?? '').padStart(3, '0')) ?? codesByName[shape.properties?.name ?? ''] ?? null;
    groups.set(code, [...(groups.get(code) ?? []), shape]);
  }
  const land = new Map<CountryCode | null, MultiPolygon>();
  for (const [code, shapes] of groups) land.set(code, merge(atlas, shapes));
  for (const part of partsElsewhere) takeOut(land, part);
  return land;
}

function takeOut(land: Map<CountryCode | null, MultiPolygon>, part: (typeof partsElsewhere)[number]): void {
  const whole = land.get(part.of);
  if (!whole) return;
  const isPart = (polygon: Position[][]): boolean => {
    const [longitude = 0, latitude = 0] = polygon[0]?.[0] ?? [];
    return Math.abs(longitude - part.near[0]) <= part.within && Math.abs(latitude - part.near[1]) <= part.within;
  };
  const taken = whole.coordinates.filter(isPart);
  if (taken.length === 0) return;
  land.set(part.code, { type: 'MultiPolygon', coordinates: taken });
  land.set(part.of, { type: 'MultiPolygon', coordinates: whole.coordinates.filter((each) => !isPart(each)) });
}
