import { foot, ground, header, legend, margin, pictureWidth } from './frame.ts';
import { type Box, dotRadius, labelSize, leaderEnd, type PlacedMarker, placeMarkers } from './markers.ts';
import { shortNames } from './places.ts';
import type { MapSpec } from './spec.ts';
import { el, round, svgDocument, textAt } from './svg.ts';
import { cellsUnder } from './terrain.ts';
import { edgeOf, fillOf, type Palette, palettes, patterns } from './theme.ts';
import type { PlaceShape, World } from './world.ts';

/** A place that covers less than this, in square pixels, gets a dot. */
const smallPlace = 140;

type Place = MapSpec['places'][number] & { shape: PlaceShape };

/** A world map as SVG: every country's shapes carry `data-country` and what the spec says of it. */
export function drawMap(spec: MapSpec, world: World): string {
  const palette = palettes[spec.theme];
  const top = header(spec, palette);
  const shapes = new Map(world.places.map((shape) => [shape.code, shape]));
  const places = spec.places.flatMap((place): Place[] => {
    const shape = shapes.get(place.code);
    return shape ? [{ ...place, shape }] : [];
  });
  const keys = legend(spec.legend, top.bottom + world.height + 22, palette);
  const end = foot(spec, keys.bottom + 4, palette);
  const used = new Set([...spec.places.map(({ shade }) => shade), ...spec.legend.map(({ shade }) => shade)]);
  const sea = el('rect', { x: 0, y: top.bottom, width: pictureWidth, height: world.height, fill: palette.sea });
  const land = el(
    'g',
    {
      transform: `translate(0 ${round(top.bottom)})`,
      stroke: palette.border,
      'stroke-width': 1,
      'stroke-linejoin': 'round',
    },
    el('path', { d: world.disputed, fill: fillOf(palette, 'none') }),
    ...places.map((place) => shapeOf(place, palette)),
    ...dotsOf(spec, places, world, palette),
  );
  return svgDocument(
    { width: pictureWidth, height: end.bottom },
    { title: spec.title, description: spec.alt, language: spec.language },
    patterns(palette, used),
    ground(end.bottom, palette),
    sea,
    top.drawn,
    land,
    keys.drawn,
    end.drawn,
  );
}

function dataOf({ code, data }: Place): Record<string, string> {
  return {
    'data-country': code,
    ...Object.fromEntries(Object.entries(data).map(([key, value]) => [`data-${key}`, value])),
  };
}

function shapeOf(place: Place, palette: Palette): string {
  const { shape, shade } = place;
  const fill = fillOf(palette, shade);
  if (shape.outline === '') return el('circle', { cx: shape.x, cy: shape.y, r: 2.5, fill, ...dataOf(place) });
  return el('path', { d: shape.outline, fill, stroke: edgeOf(palette, shade), ...dataOf(place) });
}

/** Small places under a tier: a dot in their shade, with their name and a line to it. */
function dotsOf(spec: MapSpec, places: readonly Place[], world: World, palette: Palette): readonly string[] {
  const small = places.filter(({ shade, shape }) => shade !== 'none' && shade !== 'home' && shape.area < smallPlace);
  const area: Box = { left: margin / 2, right: pictureWidth - margin / 2, top: 0, bottom: world.height };
  const named = new Set(small.filter((place) => place.named).map(({ code }) => code));
  const nameFor = (code: string, name: string): string =>
    spec.language.startsWith('en') ? (shortNames[code] ?? name) : name;
  // Those that get a name come first in finding room; all dots are in everyone's way.
  const markers = small
    .toSorted((a, b) => Number(b.named) - Number(a.named) || a.shape.y - b.shape.y)
    .map(({ code, name, shape }) => ({ code, name: nameFor(code, name), x: shape.x, y: shape.y }));
  const placed = placeMarkers(markers, named, area, coverOf(places));
  const byCode = new Map(small.map((place) => [place.code, place]));
  const lines = placed.flatMap((marker) => (marker.label ? [leader(marker, marker.label.box, palette)] : []));
  const dots = placed.map(({ code, x, y }) => {
    const place = byCode.get(code);
    return place ? dot(place, x, y, palette) : '';
  });
  const names = placed.flatMap(({ code, name, label }) =>
    label
      ? [
          textAt(
            label.x,
            label.y,
            name,
            { size: labelSize, weight: 'bold', fill: palette.text, halo: palette.sea, anchor: label.anchor },
            { 'data-label': code },
          ),
        ]
      : [],
  );
  return [...lines, ...dots, ...names];
}

/** A word over a country that is shaded hides what the map shows; over another it only looks as if it were its name. */
function coverOf(places: readonly Place[]): (box: Box) => number {
  const costs = new Map<number, number>();
  for (const { shade, shape } of places)
    for (const cell of shape.cells) costs.set(cell, shade === 'none' || shade === 'home' ? 2 : 6);
  return (box) => cellsUnder(box).reduce((sum, cell) => sum + (costs.get(cell) ?? 0), 0);
}

function dot(place: Place, x: number, y: number, palette: Palette): string {
  const r = place.named ? dotRadius : 5;
  const ring = { stroke: palette.text, 'stroke-width': place.named ? 2 : 1 };
  return el('circle', {
    cx: x,
    cy: y,
    r,
    fill: fillOf(palette, place.shade),
    ...ring,
    ...dataOf(place),
    'data-dot': 'yes',
  });
}

function leader({ x, y }: PlacedMarker, box: Box, palette: Palette): string {
  const [toX, toY] = leaderEnd({ x, y }, box);
  return el('path', {
    d: `M${round(x)} ${round(y)}L${round(toX)} ${round(toY)}`,
    stroke: palette.text,
    'stroke-width': 2,
    fill: 'none',
  });
}
