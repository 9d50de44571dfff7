import type { Article } from '../../core/article.ts';
import type { EarlierMark } from '../extract/types.ts';
import type { Credit } from './credits.ts';
import type { Unit } from './unit.ts';

const monthNames: readonly (readonly string[])[] = [
  ['january', 'enero', 'janvier', 'janeiro', 'januar', 'siječnj', 'janar', 'يناير'],
  ['february', 'febrero', 'février', 'fevereiro', 'februar', 'veljač', 'shkurt', 'فبراير'],
  ['march', 'marzo', 'mars', 'março', 'mart', 'ožuj', 'مارس'],
  ['april', 'abril', 'avril', 'travnj', 'prill', 'أبريل', 'أبريل'],
  ['may', 'mayo', 'mai', 'maio', 'maj', 'svibnj', 'مايو'],
  ['june', 'junio', 'juin', 'junho', 'jun', 'lipnj', 'qershor', 'يونيو'],
  ['july', 'julio', 'juillet', 'julho', 'jul', 'srpnj', 'korrik', 'يوليو'],
  ['august', 'agosto', 'août', 'avgust', 'kolovoz', 'gusht', 'أغسطس'],
  ['september', 'septiembre', 'septembre', 'setembro', 'septemb', 'rujn', 'shtator', 'سبتمبر'],
  ['october', 'octubre', 'octobre', 'outubro', 'oktob', 'listopad', 'tetor', 'أكتوبر'],
  ['november', 'noviembre', 'novembre', 'novembro', 'novemb', 'studen', 'nëntor', 'نوفمبر'],
  ['december', 'diciembre', 'décembre', 'dezembro', 'decemb', 'prosinc', 'dhjetor', 'ديسمبر'],
];

const monthPattern =
  /(?:^|[\s(])(?:in|last|early|late|since|of|en|em|de|u|në|في|mid)\s+(?:late |early |mid-)?([\p{L}]{3,11})(?:,?\s+(20\d{2}))?/giu;

function monthOf(word: string): number {
  const small = word.toLowerCase();
  return (
    monthNames.findIndex((names) =>
      names.some((name) =>
        name.length > 4 ? small.startsWith(name) : small === name || (name.length === 4 && small.startsWith(name)),
      ),
    ) + 1
  );
}

/** `2025-04` for `in April` of a dated article; null when year or month cannot be told. */
function periodOf(unit: Unit, article: Article): string | null {
  for (const [, word = '', year] of unit.tokens.text.matchAll(monthPattern)) {
    const month = monthOf(word);
    if (month === 0) continue;
    const digits = String(month).padStart(2, '0');
    if (year !== undefined) return `${year}-${digits}`;
    if (article.dated === 'arrival') return null;
    const own = Number(article.publishedAt.slice(5, 7));
    const ownYear = Number(article.publishedAt.slice(0, 4));
    return `${month <= own ? ownYear : ownYear - 1}-${digits}`;
  }
  return null;
}

/** Sentences from which on another newsroom's report is no longer what the article is about. */
const leadSentences = 5;
const retells =
  /\b(?:report\w*|reveal\w*|disclos\w*|informó|reportó|rapport\w*|révél\w*|noticiou|objavi\w*|javi\w*|raportoi)\b|ذكرت|أفادت|كشفت/iu;

function isRetelling(credit: Credit, unit: Unit, originator: string | null): boolean {
  if (credit.name === originator && !credit.past) return false;
  if (credit.past) return true;
  return unit.index >= leadSentences && retells.test(credit.evidence);
}

/** Stretches that retell other newsrooms' older reports, one mark for each newsroom and period. */
export function readEarlierMarks(
  article: Article,
  voices: readonly { unit: Unit; credits: readonly Credit[] }[],
  originator: string | null,
): EarlierMark[] {
  const marks = new Map<string, EarlierMark & { sentences: number[] }>();
  for (const { unit, credits } of voices) {
    for (const credit of credits) {
      if (unit.index < 0 || !isRetelling(credit, unit, originator)) continue;
      const date = periodOf(unit, article);
      const mark = marks.get(`${credit.name} ${date}`) ?? { originator: credit.name, date, sentences: [] };
      if (!mark.sentences.includes(unit.index)) mark.sentences.push(unit.index);
      marks.set(`${credit.name} ${date}`, mark);
    }
  }
  return [...marks.values()];
}
