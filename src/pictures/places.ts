import type { CountryCode } from '../core/country.ts';

/** Longitude and latitude in degrees. */
type Point = readonly [number, number];

/** Places that the atlas draws inside another country's shape: the parts of it around a point, in degrees. */
export const partsElsewhere: readonly { of: CountryCode; code: CountryCode; near: Point; within: number }[] = [
  { of: 'FR', code: 'GF', near: [-53, 4], within: 4 },
  { of: 'FR', code: 'GP', near: [-61.5, 16.2], within: 0.8 },
  { of: 'FR', code: 'MQ', near: [-61, 14.65], within: 0.6 },
  { of: 'FR', code: 'RE', near: [55.5, -21.1], within: 2 },
  { of: 'FR', code: 'YT', near: [45.15, -12.8], within: 1 },
  { of: 'NO', code: 'SJ', near: [18, 78.5], within: 16 },
  { of: 'NL', code: 'BQ', near: [-68.3, 12.2], within: 1 },
];

/** Places that the atlas does not draw at this scale. */
export const pointsOnly: Readonly<Record<CountryCode, Point>> = {
  BQ: [-68.3, 12.2],
  BV: [3.4, -54.4],
  CC: [96.8, -12.2],
  CX: [105.6, -10.5],
  GF: [-53, 4],
  GI: [-5.35, 36.1],
  GP: [-61.5, 16.2],
  MQ: [-61, 14.65],
  RE: [55.5, -21.1],
  SJ: [18, 78.5],
  TK: [-171.8, -9.2],
  TV: [179.2, -8.5],
  UM: [166.6, 19.3],
  YT: [45.15, -12.8],
};

/** The atlas's names for what carries no ISO number: Kosovo, and regions that are not countries of their own here. */
export const codesByName: Readonly<Record<string, CountryCode | null>> = {
  Kosovo: 'XK',
  Somaliland: 'SO',
  'N. Cyprus': 'CY',
  'Siachen Glacier': null,
  'Indian Ocean Ter.': null,
};

/** What a map writes beside a dot where the usual name would take too much room. English. */
export const shortNames: Readonly<Record<CountryCode, string>> = {
  AG: 'Antigua & Barbuda',
  BA: 'Bosnia & Herz.',
  CD: 'DR Congo',
  GQ: 'Eq. Guinea',
  KN: 'St Kitts & Nevis',
  LC: 'St Lucia',
  ST: 'São Tomé & Príncipe',
  TT: 'Trinidad & Tobago',
  VC: 'St Vincent & Gren.',
};
