import { ascent, descent, widthOf } from '../../src/pictures/fonts.ts';
import type { Box } from '../../src/pictures/markers.ts';

/** What a written element says of itself. */
export type Attributes = Readonly<Record<string, string>>;

function attributesOf(tag: string): Attributes {
  return Object.fromEntries(
    [...tag.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** Every element that carries an attribute, in the order of the drawing. */
export function elementsWith(svg: string, attribute: string): readonly Attributes[] {
  return [...svg.matchAll(/<[a-z]+ [^>]*>/g)].map(([tag]) => attributesOf(tag)).filter((each) => attribute in each);
}

/** Shapes of countries, by code; all shapes of one country must say the same. */
export function countriesOf(svg: string): ReadonlyMap<string, Attributes> {
  const said = new Map<string, Attributes>();
  for (const element of elementsWith(svg, 'data-country')) {
    const data = Object.fromEntries(
      Object.entries(element).filter(([name]) => name.startsWith('data-') && name !== 'data-dot'),
    );
    const code = data['data-country'] ?? '';
    const before = said.get(code);
    if (before && JSON.stringify(before) !== JSON.stringify(data)) throw new Error(`${code} says two things`);
    said.set(code, data);
  }
  return said;
}

export interface Words {
  text: string;
  box: Box;
}

/** Every line of text with the room that its font needs for it. */
export function wordsOf(svg: string): readonly Words[] {
  return [...svg.matchAll(/<text ([^>]*)>(.*?)<\/text>/gs)].flatMap(([, tag = '', inner = '']) => {
    const attributes = attributesOf(tag);
    const text = inner
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
    const size = Number(attributes['font-size']);
    const width = widthOf(text, size, attributes['font-weight'] === '700' ? 'bold' : 'regular');
    const [x, y] = [Number(attributes.x), Number(attributes.y)];
    const anchor = attributes['text-anchor'] ?? 'start';
    const left = anchor === 'end' ? x - width : anchor === 'middle' ? x - width / 2 : x;
    // Lines stand closer than the tallest letters of a font with their marks: what is compared is the room of letters.
    const box = { left, right: left + width, top: y - size * ascent * 0.82, bottom: y + size * descent * 0.8 };
    return [{ text, box }];
  });
}
