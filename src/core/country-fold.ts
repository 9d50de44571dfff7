const letters: Readonly<Record<string, string>> = {
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ə: 'e',
  ħ: 'h',
  // Arabic and Persian write the same letter in several ways.
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ک: 'ك',
  ة: 'ه',
  ە: 'ه',
};
const letterPattern = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');
/** Accents of Latin, Greek and Cyrillic, and the vowel points of Arabic and Hebrew; Indic vowel signs stay. */
const marks = /[\u0300-\u036F\u0591-\u05C7\u064B-\u065F\u0670\u0640\u06D6-\u06ED]/gu;
/** Zero-width and direction marks, and variation selectors, of all of which a pasted name may be full. */
const invisible = /\p{Cf}|\p{Variation_Selector}/gu;
const abbreviation = /(?<![\p{L}\p{N}])(?:\p{L}\.){1,8}\p{L}(?![\p{L}\p{N}])\.?/gu;

/**
 * A name with case, accents, punctuation and spelling variants taken away, words separated by one space:
 * `St. Kitts & Nevis` becomes `saint kitts and nevis`. Works in any script; the empty string for what holds no letter.
 */
export function foldName(text: string): string {
  const plain = text
    .replace(invisible, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(marks, '')
    .replace(letterPattern, (letter) => letters[letter] ?? letter)
    .replace(abbreviation, (found) => found.replaceAll('.', ''))
    .replace(/['’‘ʻʼʾʿ`´]/gu, '')
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
    .normalize('NFC');
  return plain.replace(/(?<=^| )ste?(?= )/g, 'saint');
}

/** `foldName` without its spaces: what names are compared by, so that `SouthSudan` is `South Sudan`. */
export function nameKey(text: string): string {
  return foldName(text).replaceAll(' ', '');
}

/** `LA` from the flag emoji, from Discord's `:flag_la:` and from Slack's `:flag-la:`. */
export function flagCode(text: string): string | null {
  const shortcode = /^:flag[-_]([a-z]{2}):$/i.exec(text);
  if (shortcode?.[1]) return shortcode[1].toUpperCase();
  const points = Array.from(text, (character) => (character.codePointAt(0) ?? 0) - 0x1f1e6);
  const isPair = points.length === 2 && points.every((point) => point >= 0 && point < 26);
  return isPair ? String.fromCodePoint(...points.map((point) => point + 65)) : null;
}
