import { describe, expect, it } from 'vitest';
import { type Box, overlap, placeMarkers } from '../../src/pictures/markers.ts';

const area: Box = { left: 0, top: 0, right: 1600, bottom: 700 };
const markers = [
  { code: 'AG', name: 'Antigua & Barbuda', x: 500, y: 300 },
  { code: 'DM', name: 'Dominica', x: 503, y: 318 },
  { code: 'GM', name: 'Gambia', x: 800, y: 310 },
];
const named = new Set(markers.map(({ code }) => code));

describe('the names of dots', () => {
  it('keep off what is shaded where there is sea to write on', () => {
    const land: Box = { left: 520, top: 200, right: 900, bottom: 420 };
    const placed = placeMarkers(markers, named, area, (box) => (overlap(box, land) ? 300 : 0));
    for (const { code, label } of placed.slice(0, 2))
      expect({ code, on: label && overlap(label.box, land) }).toEqual({ code, on: false });
    expect(placed.map(({ label }) => label === null)).toEqual([false, false, false]);
  });

  it('stay near their dot where everything costs the same', () => {
    for (const { label } of placeMarkers(markers, named, area, () => 0)) expect(label?.distance).toBeLessThan(70);
  });

  it('are left out where there is no room at all', () => {
    const tiny: Box = { left: 480, top: 280, right: 530, bottom: 340 };
    expect(placeMarkers(markers, named, tiny, () => 0).map(({ label }) => label)).toEqual([null, null, null]);
  });
});
