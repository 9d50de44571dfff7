/**
 * What steers direction or hides: foreign text must look like what it says. The joiners (U+200C, U+200D) stay: Persian,
 * Indic scripts and family emoji are written with them. Halves of characters go too.
 */
const hidden =
  /\u034F|[\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\u{E0000}-\u{E007F}]|\p{Cc}|\p{Cs}/gu;

/** Foreign text on one line, without what hides or steers. */
export function cleanText(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(hidden, '');
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Longer characters, as a letter under a hundred marks, are cut all the same. */
const longest = 64;

/**
 * The first `limit` UTF-16 units of a text, or a few fewer: no character that is written with several signs, as a flag
 * or a family is, is cut in two.
 */
export function cutAt(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const begins = characters.segment(text.slice(0, limit + longest)).containing(limit)?.index ?? limit;
  if (limit - begins <= longest) return text.slice(0, begins);
  return text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '');
}
