const serbianLatin: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  ђ: 'đ',
  е: 'e',
  ж: 'ž',
  з: 'z',
  и: 'i',
  ј: 'j',
  к: 'k',
  л: 'l',
  љ: 'lj',
  м: 'm',
  н: 'n',
  њ: 'nj',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  ћ: 'ć',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'c',
  ч: 'č',
  џ: 'dž',
  ш: 'š',
};

const cyrillic = /[\u0400-\u04ff]/;

function latinLetter(letter: string): string {
  const small = letter.toLowerCase();
  const latin = serbianLatin[small];
  if (latin === undefined) return letter;
  return small === letter ? latin : latin.charAt(0).toUpperCase() + latin.slice(1);
}

/**
 * Serbian Cyrillic in Serbian Latin letters, everything else as it is. Matching and comparing need one
 * script; what people read keeps its own.
 */
export function toLatin(text: string): string {
  return cyrillic.test(text) ? text.replaceAll(/[\u0400-\u04ff]/g, latinLetter) : text;
}

const arabic = /[\u0600-\u06ff]/;
/** Conjunctions, prepositions and the article that Arabic writes together with the word. */
const arabicClitics = ['وبال', 'وال', 'بال', 'كال', 'فال', 'ولل', 'لل', 'ال', 'و'];

function foldArabic(word: string): string {
  const plain = word
    .replaceAll(/[\u064b-\u0652\u0640\u0670]/g, '')
    .replaceAll(/[أإآٱ]/g, 'ا')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه');
  for (const clitic of arabicClitics) {
    if (plain.length - clitic.length >= 3 && plain.startsWith(clitic)) return plain.slice(clitic.length);
  }
  return plain;
}

function foldPlain(word: string): string {
  const latin = toLatin(word).toLowerCase();
  if (arabic.test(latin)) return foldArabic(latin);
  return latin
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('đ', 'dj')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('ı', 'i')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae');
}

/**
 * One word as matching sees it: lower case, Latin letters for Serbian Cyrillic, no accents, Arabic without
 * vowel signs and joined particles.
 */
export function foldWord(word: string): string {
  return /^[a-z0-9]+$/.test(word) ? word : foldPlain(word);
}
