import { type Block, wordCount } from './block.ts';

const terminal = /[.!?…。؟]["”»’)\]]*$/;
const weather = /^[-−]?\d{1,3}(?:[.,]\d)?\s*°?\s*[CF]$/;
const months =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)';
const dateLine = new RegExp(
  `^(?:(?:last )?(?:updated|published|posted)(?: on)?:? )?(?:\\p{L}{3,12}[,.]? )?(?:${months}\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|\\d{1,2}(?:er|\\.)? (?:de )?${months}\\.? (?:de )?\\d{4}|\\d{4}-\\d{2}-\\d{2})(?:,? (?:at )?\\d{1,2}[:.]\\d{2}.{0,12})?$`,
  'iu',
);

/** Ends like a sentence. */
export function endsSentence(text: string): boolean {
  return terminal.test(text);
}

/** Reads like a headline or a label: short, and no full stop. */
export function isTitleLike(block: Block): boolean {
  return (
    block.kind === 'heading' || (block.kind === 'paragraph' && !endsSentence(block.text) && wordCount(block.text) <= 22)
  );
}

/** Running text of an article rather than a link or a label. */
export function isProse(block: Block): boolean {
  return block.kind !== 'heading' && block.linked < 0.5 && wordCount(block.text) >= 14 && endsSentence(block.text);
}

/** Weather or today's date, as site headers show them. */
export function isHeaderLine(text: string): boolean {
  return text.length < 60 && (weather.test(text) || dateLine.test(text));
}

/** A town beside the weather: one to three capitalised words. */
export function isPlaceLine(text: string): boolean {
  return text.length < 40 && /^\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,2}$/u.test(text);
}

/** `Term → what it means`. */
export function isDefinition(text: string): boolean {
  const arrow = text.search(/ ?(?:→|⇒|⟶) /);
  return arrow > 0 && wordCount(text.slice(0, arrow)) <= 6;
}

/** An excerpt that breaks off, as under a link to another article. */
export function breaksOff(text: string): boolean {
  return wordCount(text) <= 45 && /(?:\.\.\.|…|\[…\]|\[\.\.\.\])$/.test(text);
}

/** A post of a social network quoted as a block. */
export function isEmbed(text: string): boolean {
  return /\(@\w{2,20}\)|^pic\.|^https?:\/\/\S+$|^@\w{2,20}$/.test(text) && wordCount(text) < 60;
}

/** A copyright line. */
export function isCopyright(text: string): boolean {
  return /^(?:©|\(c\)|copyright\b)/i.test(text) && wordCount(text) < 30;
}
