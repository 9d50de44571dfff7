import type { BarShade, Shade, Theme } from './spec.ts';
import { el } from './svg.ts';

export interface Palette {
  ground: string;
  sea: string;
  border: string;
  text: string;
  muted: string;
  line: string;
  accent: string;
  fills: Readonly<Record<Shade | BarShade, Fill>>;
}

/** A ground and, unless it is plain, what is drawn over it. */
interface Fill {
  ground: string;
  mark?: string;
  pattern?: 'rising' | 'falling' | 'dots' | 'upright' | 'level' | 'crossed' | 'dense';
}

type Echo = 'added' | 'tightened' | 'eased' | 'ended' | 'paused';
type Own = Exclude<Shade | BarShade, Echo>;

/** A comparison and a bar show what they tell of in the shade that it has on a map: `added` is a full suspension's. */
function withEchoes(palette: Omit<Palette, 'fills'> & { fills: Readonly<Record<Own, Fill>> }): Palette {
  const { full, partial, 'immigrant-only': immigrantOnly, lifted, stopped } = palette.fills;
  const echoes = { added: full, tightened: partial, eased: immigrantOnly, ended: lifted, paused: stopped };
  return { ...palette, fills: { ...palette.fills, ...echoes } };
}

/** Grounds differ in lightness and marks in shape, so that shades stay apart without colour. */
const light = withEchoes({
  ground: '#ffffff',
  sea: '#eef3f6',
  border: '#ffffff',
  text: '#15202b',
  muted: '#56636f',
  line: '#c3ccd4',
  accent: '#0b62a4',
  fills: {
    none: { ground: '#d5d9dc' },
    home: { ground: '#b3bac0' },
    full: { ground: '#7f1020' },
    partial: { ground: '#f0a04b', mark: '#7d3c00', pattern: 'rising' },
    'immigrant-only': { ground: '#a9c8ee', mark: '#123f7a', pattern: 'dots' },
    other: { ground: '#e9e0c4', mark: '#9b8750', pattern: 'upright' },
    lifted: { ground: '#f7fbf7', mark: '#3d8356', pattern: 'level' },
    classes: { ground: '#d9bfe4', mark: '#5d2a78', pattern: 'crossed' },
    unchanged: { ground: '#a3a9ad', mark: '#6c757c', pattern: 'falling' },
    approached: { ground: '#dcebf7', mark: '#3c78ab', pattern: 'dots' },
    'in-talks': { ground: '#bcd8ee', mark: '#2b6ca3', pattern: 'upright' },
    agreed: { ground: '#8cbde0', mark: '#174f80', pattern: 'rising' },
    signed: { ground: '#4690c8', mark: '#0b3159', pattern: 'dense' },
    operational: { ground: '#0b3a6b' },
    refused: { ground: '#fbe3d2', mark: '#b4501d', pattern: 'crossed' },
    denied: { ground: '#fdf4ec', mark: '#b4501d', pattern: 'level' },
    stopped: { ground: '#ead9ec', mark: '#7a3b80', pattern: 'falling' },
    neutral: { ground: '#c9d0d6' },
  },
});

const dark = withEchoes({
  ground: '#12181f',
  sea: '#1a232d',
  border: '#12181f',
  text: '#f1f4f7',
  muted: '#a7b3bf',
  line: '#42505d',
  accent: '#7cc0f5',
  fills: {
    none: { ground: '#3b4650' },
    home: { ground: '#5a6772' },
    full: { ground: '#ff8d80' },
    partial: { ground: '#a55f12', mark: '#ffd08a', pattern: 'rising' },
    'immigrant-only': { ground: '#2d5690', mark: '#bfdcff', pattern: 'dots' },
    other: { ground: '#45433a', mark: '#8a8160', pattern: 'upright' },
    lifted: { ground: '#1f2a28', mark: '#6fce95', pattern: 'level' },
    classes: { ground: '#5b3570', mark: '#e3bdf5', pattern: 'crossed' },
    unchanged: { ground: '#66727c', mark: '#98a4ae', pattern: 'falling' },
    approached: { ground: '#20384d', mark: '#6ea9d8', pattern: 'dots' },
    'in-talks': { ground: '#28506f', mark: '#82bce8', pattern: 'upright' },
    agreed: { ground: '#2f6c9c', mark: '#a8d5f7', pattern: 'rising' },
    signed: { ground: '#3c8cc9', mark: '#d3ebff', pattern: 'dense' },
    operational: { ground: '#b4defc' },
    refused: { ground: '#59331d', mark: '#ffab7a', pattern: 'crossed' },
    denied: { ground: '#33261f', mark: '#ffab7a', pattern: 'level' },
    stopped: { ground: '#42304a', mark: '#dba6e3', pattern: 'falling' },
    neutral: { ground: '#55626e' },
  },
});

export const palettes: Readonly<Record<Theme, Palette>> = { light, dark };

/** What a shape's `fill` says: a colour, or the pattern that `patterns` defines. */
export function fillOf(palette: Palette, shade: Shade | BarShade): string {
  const fill = palette.fills[shade];
  return fill.pattern === undefined ? fill.ground : `url(#${shade})`;
}

/** What is drawn around a shape: the pattern's own colour where its ground is hardly different from the sea. */
export function edgeOf(palette: Palette, shade: Shade): string | undefined {
  const { pattern, mark } = palette.fills[shade];
  return pattern === 'level' ? mark : undefined;
}

/** Definitions of the patterns that a picture uses. */
export function patterns(palette: Palette, used: ReadonlySet<Shade | BarShade>): string {
  return el('defs', {}, ...[...used].flatMap((shade) => patternOf(shade, palette.fills[shade])));
}

const tile = 12;
/** Strokes go beyond the tile, so that they meet without gaps. */
const strokes: Readonly<Record<Exclude<Fill['pattern'], undefined | 'dots'>, { d: string; width: number }>> = {
  rising: { d: 'M-3 3L3-3M-3 15L15-3M9 15L15 9', width: 3 },
  falling: { d: 'M-3 9L3 15M-3-3L15 15M9-3L15 3', width: 2.4 },
  dense: { d: 'M-3 9L3 15M-3-3L15 15M9-3L15 3', width: 4 },
  upright: { d: 'M6-1V13', width: 2.4 },
  level: { d: 'M-1 6H13', width: 3 },
  crossed: { d: 'M-3 9L3 15M-3-3L15 15M9-3L15 3M-3 3L3-3M-3 15L15-3M9 15L15 9', width: 1.8 },
};

function patternOf(shade: string, { ground, mark, pattern }: Fill): readonly string[] {
  if (pattern === undefined || mark === undefined) return [];
  const drawn =
    pattern === 'dots'
      ? el('path', { d: 'M3.5 6a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0', fill: mark })
      : el('path', { d: strokes[pattern].d, stroke: mark, 'stroke-width': strokes[pattern].width, fill: 'none' });
  return [
    el(
      'pattern',
      { id: shade, width: tile, height: tile, patternUnits: 'userSpaceOnUse' },
      el('rect', { width: tile, height: tile, fill: ground }),
      drawn,
    ),
  ];
}
