import { Buffer, isUtf8 } from 'node:buffer';
import { decodeHTMLStrict, escapeText } from 'entities';
import { decodeDocument } from '../decode.ts';

/** Element names that say a text is HTML; in a title they are stripped, anything else in angle brackets is kept. */
const htmlTag =
  /<\/?(?:a|abbr|acronym|address|article|aside|audio|b|bdi|bdo|big|blockquote|br|button|caption|center|cite|code|dd|del|details|dfn|div|dl|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|label|li|link|mark|nav|nobr|object|ol|p|pre|q|s|samp|script|section|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|var|video|wbr)(?:\s[^<>]{0,2000})?\/?>/gi;
const htmlTagStart =
  /<(?:a|b|i|u|p|br|div|em|strong|span|font|img|ul|ol|li|table|blockquote|h[1-6]|pre|code|hr|sup|sub)[\s/>]/i;
const escapedTag =
  /&lt;\/?(?:a|b|i|u|p|br|div|em|strong|span|font|img|ul|ol|li|table|blockquote|h[1-6])(?:\s|\/?&gt;)/i;
const reference =
  /&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|quot|apos|lt|gt|nbsp|copy|[lr][sd]quo|[mn]dash|hellip|[a-z](?:acute|grave|circ|uml|tilde|cedil));/i;

/** Whether a text that says it is plain holds HTML all the same. */
export function looksLikeHtml(text: string): boolean {
  return (text.includes('<') && htmlTagStart.test(text)) || (text.includes('&') && reference.test(text));
}

/** Entities decoded, once more when what comes out was encoded twice. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  const once = decodeHTMLStrict(text);
  return once !== text && reference.test(once) ? decodeHTMLStrict(once) : once;
}

const halves = /&#(?:x(d[89ab][\da-f]{2})|(5[56]\d{3}));&#(?:x(d[c-f][\da-f]{2})|(5[67]\d{3}));/gi;

/** Characters that were written as two references, one for each half of their UTF-16: one reference each. */
export function joinHalves(text: string): string {
  return text.replace(
    halves,
    (whole, hex: string | undefined, high: string, lowHex: string | undefined, low: string) => {
      const [a, b] = [hex ? parseInt(hex, 16) : Number(high), lowHex ? parseInt(lowHex, 16) : Number(low)];
      const pair = a >= 0xd800 && a < 0xdc00 && b >= 0xdc00 && b < 0xe000;
      return pair ? `&#${((a - 0xd800) << 10) + (b - 0xdc00) + 0x10000};` : whole;
    },
  );
}

/** A CDATA section within another, or escaped, leaves its marks in the text; HTML would take them for a comment. */
function withoutCdataMarks(text: string): string {
  return text.includes('<![CDATA[') ? text.replace(/<!\[CDATA\[|\]\]>/g, '') : text;
}

/** One line of plain text from a title, name or other short field. Null when nothing is left. */
export function plainLine(value: string, literal: boolean): string | null {
  let text = value;
  if (!literal || looksLikeHtml(text)) {
    text = decodeReferences(text.includes('<') ? text.replace(htmlTag, '') : text);
  }
  const line = withoutCdataMarks(text)
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim();
  return line === '' ? null : line;
}

/** HTML from a text field: plain text is escaped, HTML that was encoded twice is decoded once. Null when empty. */
export function htmlField(value: string, literal: boolean): string | null {
  const text = withoutCdataMarks(value).trim();
  if (text === '') return null;
  if (literal && !looksLikeHtml(text)) return escapeText(text);
  return !text.includes('<') && text.includes('&lt;') && escapedTag.test(text) ? decodeHTMLStrict(text) : text;
}

/** Text of a base64 field; null when it is not base64, or not text. */
export function base64Field(value: string): string | null {
  const packed = value.replace(/\s+/g, '');
  if (packed === '' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(packed)) return null;
  const bytes = Buffer.from(packed, 'base64');
  return isUtf8(bytes) ? decodeDocument(bytes, null) : null;
}
