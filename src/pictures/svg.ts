import { runsOf, type Weight } from './fonts.ts';

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** What stands in the way of XML, and characters that XML cannot hold at all. */
function escape(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** One element; attributes that are undefined are left out, numbers are kept to a tenth. */
export function el(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escape(value ?? '')}"`)
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

/** To a tenth of a pixel. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export interface TextStyle {
  size: number;
  weight?: Weight;
  fill: string;
  anchor?: 'start' | 'middle' | 'end';
  /** Drawn behind the letters, so that they stand out from what they cross. */
  halo?: string;
}

/** One line of text on a baseline, each stretch in a font that has its letters. */
export function textAt(x: number, y: number, text: string, style: TextStyle, data: Attributes = {}): string {
  const { size, weight = 'regular', fill, anchor = 'start', halo } = style;
  const runs = runsOf(text, weight);
  const attributes: Attributes = {
    x,
    y,
    'font-size': size,
    'font-weight': weight === 'bold' ? 700 : 400,
    'font-family': runs[0]?.family ?? 'Noto Sans',
    fill,
    'text-anchor': anchor === 'start' ? undefined : anchor,
    ...data,
  };
  const spans =
    runs.length === 1
      ? escape(runs[0]?.text ?? '')
      : runs.map((run) => el('tspan', { 'font-family': run.family }, escape(run.text))).join('');
  const outlined =
    halo === undefined
      ? {}
      : { stroke: halo, 'stroke-width': size / 4, 'stroke-linejoin': 'round', 'paint-order': 'stroke' };
  return el('text', { ...attributes, ...outlined }, spans);
}

/** A whole picture: its own ground, its words for readers that cannot see it. */
export function svgDocument(
  size: { width: number; height: number },
  words: { title: string; description: string; language?: string },
  ...children: readonly string[]
): string {
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: Math.round(size.width),
      height: Math.round(size.height),
      viewBox: `0 0 ${Math.round(size.width)} ${Math.round(size.height)}`,
      role: 'img',
      'xml:lang': words.language,
      'font-family': 'Noto Sans',
    },
    el('title', {}, escape(words.title)),
    el('desc', {}, escape(words.description)),
    ...children,
  );
}
