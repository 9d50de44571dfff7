import type { Article } from '../../core/article.ts';
import type { Correction } from '../../core/reading.ts';
import { isCorrectionTitle } from '../correction-title.ts';

const marker =
  /^\s*(?:(?:correction|clarification|editor['’]s note|corrección|fe de errores|rectification|correctif|correção|errata|ispravka|ispravak|korrigjim|përmirësim|تصحيح)\b[^.]{0,30}:|.*\b(?:an earlier version of this|a previous version of this|this (?:article|story|report) (?:first|originally|previously|initially)|has been (?:corrected|amended)|corrects (?:a|an|the) (?:earlier|previous)|was corrected|una versión anterior de est|une version précédente de cet|une version antérieure|uma versão anterior dest|ranija verzija ov|prethodna verzija|një version i mëparshëm|نسخة سابقة))/iu;

const said =
  /\b(?:said|stated|gave|named|reported|described|put|listed|misstated|misidentified|decía|disait|indiquait|dizia|navedeno|navela|thoshte)\b\s*(?:that\s+)?(.{2,160}?)(?:\.(?=\s|$)|$)/iu;
const instead =
  /(?:^|\s)(?:It (?:was|has|is|should)|The (?:correct|right)|In fact|There (?:was|were)|They (?:were|are))\b(.{1,160}?)(?:\.(?=\s|$)|$)/u;

const fields: readonly (readonly [string, RegExp])[] = [
  ['programme', /\b(?:temporary protected status|TPS|parole|programme|program|asylum)\b/iu],
  ['stage', /\b(?:signed|agreed|agreement|approved|deal|refused|firm\w+|signé|assin\w+|potpisa\w*|nënshkr\w*)\b/iu],
  ['number', /\b(?:number|figure|total|\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen)\b/iu],
  [
    'date',
    /\b(?:date|day|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|october|november|december)\b/iu,
  ],
  ['country', /\b(?:country|nation|state|capital)\b/iu],
  ['name', /\b(?:name|spelled|misspelled|title|surname)\b/iu],
];

const piece =
  'story|post|blog post|report|article|item|dispatch|noticia|nota|información|artículo|dépêche|notícia|artigo|reportagem|vijest|vest|članak|lajmi|lajmin|artikulli|artikullin';
const takenBack = 'withdrawn|retracted|taken down|retirad[ao]|retirée?|povučen[aoi]?|tërhequr';
const takesBack =
  'retracts?|retracted|withdraws?|withdrew|retiró|retira|retire|a retiré|retirou|povukao|povukla|povlači|tërhoqi|tërheq';
/** `This story has been withdrawn`, `the agency retracts its report`: never a government that takes back its word. */
const retraction = new RegExp(
  `(?<!\\p{L})(?:${piece})(?!\\p{L})[^.]{0,40}?(?<!\\p{L})(?:${takenBack})(?!\\p{L})|(?<!\\p{L})(?:${takesBack})\\s+(?:\\p{L}{1,5}\\s+){0,2}(?:${piece})(?!\\p{L})|^\\s*retraction\\s*:|سحبت (?:الخبر|تقريرها|التقرير)`,
  'iu',
);
/** Further down a withdrawn story is background. */
const retractedWithin = 4;

/** The notice that takes a whole report back: in the title, or near the top; null when there is none. */
function readRetraction({ title, sentences }: Article): { correction: Correction; sentences: number[] } | null {
  const at = sentences.slice(0, retractedWithin).findIndex(({ text }) => retraction.test(text));
  const quote = sentences[at]?.text ?? (retraction.test(title) ? title : null);
  if (quote === null) return null;
  const correction = { field: 'retraction', from: null, to: null, quote: quote.slice(0, 300) };
  return { correction, sentences: at < 0 ? [] : [at] };
}

/** What the old value was about; the whole notice only where that does not tell. */
function fieldOf(from: string | null, quote: string): string {
  const byValue = from === null ? undefined : fields.find(([, pattern]) => pattern.test(from));
  if (byValue !== undefined) return byValue[0];
  return fields.toReversed().find(([, pattern]) => pattern.test(quote))?.[0] ?? 'other';
}

/** A correction that an article carries, and the sentences it stands in: their old values are no news. */
export function readCorrection(article: Article): { correction: Correction | null; sentences: number[] } {
  const found = readNotice(article);
  const retracted = readRetraction(article);
  if (!retracted) return found;
  return { ...retracted, sentences: [...new Set([...found.sentences, ...retracted.sentences])] };
}

function readNotice(article: Article): { correction: Correction | null; sentences: number[] } {
  const marked = article.sentences.findIndex(({ text }) => marker.test(text.slice(0, 600)));
  // An article that is a correction says first what was wrong.
  const at = marked < 0 && isCorrectionTitle(article.title) ? 0 : marked;
  const first = article.sentences[at];
  if (first === undefined) return { correction: null, sentences: [] };
  const next = article.sentences[at + 1];
  const follows = next !== undefined && next.paragraph === first.paragraph ? next.text : '';
  const quote = `${first.text} ${follows}`.trim().slice(0, 300);
  const from = said.exec(first.text)?.[1]?.trim() ?? null;
  const to =
    follows === '' ? null : (instead.exec(follows)?.[0] ?? follows.slice(0, 160)).replace(/[.\s]+$/, '').trim();
  return {
    correction: { field: fieldOf(from, quote), from, to, quote },
    // Above an article the notice is followed by the article, unless the next sentence goes on correcting.
    sentences: follows === '' || (at === 0 && !instead.test(follows)) ? [at] : [at, at + 1],
  };
}
