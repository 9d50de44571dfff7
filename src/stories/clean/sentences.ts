import type { Sentence } from '../../core/article.ts';

/** Words whose full stop ends no sentence, in all languages read. Lower case, without the stop. */
const abbreviations = new Set(
  (
    'mr mrs ms dr prof sr sra srta jr st ste mt ft gen col lt sgt capt cmdr adm gov sen rep rev hon pres amb sec dept dist ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun no nos vs v inc corp co ltd ' +
    'est approx fig al etc eg ie cf pp vol art ca cca d.c u.s u.k u.n e.u a.m p.m p.s e.g i.e dr. mme mlle m mm mgr me ee uu ' +
    'núm pág lic ing tzv npr itd sl odn str br gđa gdin znj zz dhj'
  ).split(/\s+/),
);

const ending = /[.!?…؟。]+["”»’')\]]*(?=\s|$)/gu;
const opening = /^\s*["“«„‘'([¿¡—–-]*\s*[\p{Lu}\p{N}\u0600-\u06ff]/u;

function isAbbreviation(text: string, stop: number): boolean {
  const before = /(\S+)$/u.exec(text.slice(Math.max(0, stop - 24), stop))?.[1] ?? '';
  const word = before.replace(/^["“«(']+/u, '');
  if (/^\p{Lu}$/u.test(word)) return true;
  return abbreviations.has(word.toLowerCase());
}

/** `U.S.` ends a sentence only before a word that begins one. */
function isInitials(text: string, stop: number): boolean {
  return /(?:^|[\s("“])(?:\p{Lu}\.)+\p{Lu}$/u.test(text.slice(Math.max(0, stop - 12), stop));
}

const starters = /^\s*["“]?(?:The|A|An|In|On|It|He|She|They|But|And|This|That|Under|According|Officials|Its)\b/u;

function isBoundary(text: string, stop: number, after: number): boolean {
  if (after >= text.length) return true;
  const rest = text.slice(after, after + 40);
  if (!opening.test(rest)) return false;
  if (text.charAt(stop) !== '.') return true;
  if (isInitials(text, stop)) return starters.test(rest);
  if (isAbbreviation(text, stop)) return false;
  return (
    !/^\d+$/u.test(/(\S+)$/u.exec(text.slice(Math.max(0, stop - 6), stop))?.[1] ?? '') || !/^\s*\p{Ll}/u.test(rest)
  );
}

/** Cuts one paragraph into sentences; abbreviations, initials and ordinal numbers do not end one. */
export function splitSentences(paragraph: string): string[] {
  const sentences: string[] = [];
  let from = 0;
  for (const match of paragraph.matchAll(ending)) {
    const after = match.index + match[0].length;
    if (!isBoundary(paragraph, match.index, after)) continue;
    const sentence = paragraph.slice(from, after).trim();
    if (sentence !== '') sentences.push(sentence);
    from = after;
  }
  const rest = paragraph.slice(from).trim();
  if (rest !== '') sentences.push(rest);
  return sentences;
}

/** All sentences of an article, each with its paragraph. */
export function sentencesOf(paragraphs: readonly string[]): Sentence[] {
  return paragraphs.flatMap((text, paragraph) =>
    splitSentences(text).map((sentence) => ({ text: sentence, paragraph })),
  );
}
