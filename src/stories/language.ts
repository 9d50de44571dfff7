import { francAll } from 'franc';
import { toLatin } from './language-fold.ts';

export { toLatin };

/** What the reader can read; everything else is only named. ISO 639-3 as the detector knows them. */
const known: Readonly<Record<string, string>> = {
  eng: 'en',
  spa: 'es',
  fra: 'fr',
  por: 'pt',
  srp: 'sr',
  bos: 'bs',
  hrv: 'hr',
  als: 'sq',
  arb: 'ar',
  deu: 'de',
  ita: 'it',
  nld: 'nl',
  tur: 'tr',
  rus: 'ru',
  ukr: 'uk',
  bul: 'bg',
  pol: 'pl',
  ron: 'ro',
  hun: 'hu',
  ell: 'el',
  heb: 'he',
  pes: 'fa',
  swh: 'sw',
  hat: 'ht',
  som: 'so',
  cmn: 'zh',
  jpn: 'ja',
  kor: 'ko',
  vie: 'vi',
};

/** Words so common and so particular that a handful settles a short text. Latin script, no accents. */
const tellingWords: Readonly<Record<string, string>> = {
  en: 'the of and to is was that for with has have will says said by from not are it been would after in on us new over up into first its take takes deal deportees deported deportation deport judge court ban travel says who what how why between under against as get gets last days man men people out who still again than let lets send sends sent asks told ends now could may their they his her',
  es: 'el los las del una que para por con se su al como mas pero fue ha segun desde y deportados migrantes paises estados unidos otros acuerdo no a acoge acoja recibe recibira acepta aceptara de rechaza recibir mas es niega rechaza pide enviados por juez gobierno ley sobre hay hasta sin guinea ecuatorial vigor entra',
  fr: 'le les des du une est et que pour dans qui sur par aux pas avec au ont ete selon d l qu il elle ce cette ses de la un expulses en pays etats unis',
  pt: 'o os as da do dos das uma que para com em no na nao por foi ao pelo mais segundo e de enviam deportados regras sem cinco ate paises estados unidos outros outras pelos pelas aos recebe receba receberam receber migrantes deportados nega acordo aceita rejeita pede pedem juiz governo lei sobre ao',
  de: 'der die das und nicht ein eine einen keine von mit fur auf ist wird sich dem den aus sagte auch werden nach',
  it: 'il lo gli della dei di che non per con una sono alla nel si ha delle',
  nl: 'de het een van en niet voor met zijn dat op aan wordt',
  yu: 'je u na i da se od za su sa koji kako nije iz ce koje koja do po bi ili',
  sq: 'te ne dhe e per nga se me qe nje ka eshte i do jane ka shba tha prej kane',
};

const votes = new Map<string, string[]>();
for (const [language, words] of Object.entries(tellingWords)) {
  for (const word of words.split(' ')) votes.set(word, [...(votes.get(word) ?? []), language]);
}

const sampleLength = 700;
/** Under this many characters letter statistics mislead; common words decide. */
const shortText = 160;

function lettersOf(text: string, script: RegExp): number {
  return text.match(script)?.length ?? 0;
}

/** Letters and endings that one of the languages has and its neighbours lack. */
const tellingLetters: readonly (readonly [string, RegExp])[] = [
  ['es', /ñ|[¿¡]|ción\b|ciones\b|\b(?:al?|un|lo)\b|\p{L}[oa]s\b/giu],
  ['pt', /[ãõ]|ção\b|ções\b|\b(?:um|à|às)\b|\p{L}(?:[oa]s|am)\b/giu],
  ['fr', /[èêœ]|[ld]['’]|eux\b|aux\b/giu],
  ['en', /\p{L}(?:ing|ed|ght|['’]s)\b|\p{L}{2}(?:sh|ck|wn)\b/giu],
];

interface Tally {
  best: string;
  lead: number;
}

function countTellingWords(sample: string): Tally {
  const counts = new Map<string, number>();
  const plain = sample.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
  for (const [word] of plain.matchAll(/[a-z]+/g)) {
    for (const language of votes.get(word) ?? []) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  for (const [language, letters] of tellingLetters) {
    const found = lettersOf(sample, letters);
    if (found > 0) counts.set(language, (counts.get(language) ?? 0) + found);
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1]);
  const first = ranked[0];
  return { best: first?.[0] ?? 'und', lead: (first?.[1] ?? 0) - (ranked[1]?.[1] ?? 0) };
}

const bosnianCroatian =
  /\b(?:ijek|srijed|mjest|vrijem|prije\b|poslije|uvijek|rije[čc]|vije[ćc]|izvje|promjen|vanjsk|zemalja? cilj|u?svje|dje[lc]|nedje|provje|primje|protjer|smje[šs]|stranc[ia] ijek)/giu;
const serbian =
  /\b(?:sred[uae]\b|mest[aou]|vrem[ea]|pre\b|posle|uvek|re[čc]|vest|izve[šs]t|promen|svet|del[ao]|nedelj|prover|proter|spoljn|smešt)/giu;
const croatian =
  /\b(?:tjed|siječ|velja[čc]|ožuj|trav(?:anj|nja)|svib|lip(?:anj|nja)|srp(?:anj|nja)|kolovoz|ruj(?:an|na)|listopad|studen|prosin|tko\b|sveu[čc]|priop[ćc]|dužnosni|veleposlan|izvijes[tć]|vijeć)/giu;
const bosnian =
  /\b(?:sedmic|januar|februar|mart[au]\b|april|maj[au]?\b|juni?\b|juna|juli?\b|jula|august|septemb|oktob|novemb|decemb|saopć|ambasad|hiljad|historij|ministar inostr|bih\b)/giu;

/** Serbian, Bosnian and Croatian are told apart by sounds and by words that only one of them uses. */
function southSlavic(sample: string, hint: string | null): string {
  const jekavian = lettersOf(sample, bosnianCroatian);
  const ekavian = lettersOf(sample, serbian);
  const hr = lettersOf(sample, croatian);
  const bs = lettersOf(sample, bosnian);
  if (ekavian > jekavian && ekavian > hr) return 'sr';
  if (hr > bs) return 'hr';
  if (jekavian > 0 && bs >= hr) return hint === 'hr' && bs === 0 ? 'hr' : 'bs';
  if (hint !== null && ['sr', 'bs', 'hr'].includes(hint)) return hint;
  return ekavian > 0 ? 'sr' : 'bs';
}

function cyrillicLanguage(sample: string): string {
  if (/[ђћљњџ]/iu.test(sample) || (/ј/iu.test(sample) && !/[ѓќѕ]/iu.test(sample))) return 'sr';
  if (/[іїєґ]/iu.test(sample)) return 'uk';
  if (/[ыэё]/iu.test(sample)) return 'ru';
  if (!/[ъщьяюй]/iu.test(sample)) return 'sr';
  return detectorSays(sample, ['rus', 'ukr', 'bul', 'mkd']);
}

function detectorSays(sample: string, only?: string[]): string {
  const first = francAll(sample, { minLength: 12, only: only ?? Object.keys(known) })[0];
  if (first === undefined || first[0] === 'und') return 'und';
  return known[first[0]] ?? first[0];
}

function arabicLanguage(sample: string): string {
  return /[پچژگ]/u.test(sample) && /[یک]/u.test(sample) ? 'fa' : 'ar';
}

function latinLanguage(sample: string, hint: string | null): string {
  const { best, lead } = countTellingWords(sample);
  const settled = lead >= 2 || (lead === 1 && sample.length < shortText) ? best : detectorSays(sample);
  const found = settled === 'und' && best !== 'und' ? best : settled;
  if (['yu', 'sr', 'bs', 'hr'].includes(found)) return southSlavic(sample, hint);
  if (found === 'und') return hint ?? 'und';
  return hint !== null && lead === 0 && sample.length < shortText ? hint : found;
}

/**
 * ISO 639-1 of a text, `und` when it cannot be told. `hint` is what the source says (`en-US`, `sr-Latn`);
 * it settles short and doubtful texts only, since feeds often keep their software's default.
 */
export function detectLanguage(text: string, hint: string | null): string {
  const sample = text.slice(0, sampleLength);
  const told = hint === null ? null : (/^[a-z]{2}/i.exec(hint)?.[0].toLowerCase() ?? null);
  const letters = lettersOf(sample, /\p{L}/gu);
  if (letters < 8) return told ?? 'und';
  if (lettersOf(sample, /[\u0600-\u06ff]/g) * 2 > letters) return arabicLanguage(sample);
  if (lettersOf(sample, /[\u0400-\u04ff]/g) * 2 > letters) return cyrillicLanguage(sample);
  return latinLanguage(sample, told);
}
