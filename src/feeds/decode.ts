import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { guessEncoding } from './guess-encoding.ts';

/** Labels that publishers use and iconv-lite knows by another name, or that mean a superset in practice. */
const aliases: Readonly<Record<string, string>> = {
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'latin-1': 'windows-1252',
  iso8859_1: 'windows-1252',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'iso-8859-9': 'windows-1254',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'gb_2312-80': 'gb18030',
  'x-gbk': 'gb18030',
  'iso-8859-11': 'windows-874',
  'tis-620': 'windows-874',
  uhc: 'cp949',
  'euc-kr': 'cp949',
  'ks_c_5601-1987': 'cp949',
  'x-mac-roman': 'macintosh',
  'x-mac-cyrillic': 'maccyrillic',
  'shift-jis': 'shift_jis',
  'big5-hkscs': 'big5hkscs',
  u8: 'utf-8',
  utf8: 'utf-8',
  'utf-8n': 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  'iso-8859-8-i': 'iso-8859-8',
};
/** Not in iconv-lite; the platform's decoder has them. Their bytes are all ASCII. */
const escaping = new Set(['iso-2022-jp', 'utf-7']);
const cyrillic = /^(windows-1251|koi8-[ru]|iso-8859-5|ibm866|cp866|maccyrillic)$/;
const multiByte = /^(gb|big5|shift_jis|sjis|cp9|euc|windows-31j|eucjp)/;

interface Marked {
  encoding: string;
  /** Bytes of the mark itself. */
  skip: number;
}

/** A byte order mark, or the shape that `<?` or `<x` has in wide encodings. */
function marked(bytes: Uint8Array): Marked | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', skip: 3 };
  if (a === 0xff && b === 0xfe)
    return c === 0 && d === 0 ? { encoding: 'utf-32le', skip: 4 } : { encoding: 'utf-16le', skip: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', skip: 2 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', skip: 4 };
  if (a === 0 && b === 0 && c === 0 && d) return { encoding: 'utf-32be', skip: 0 };
  if (a && b === 0 && c === 0 && d === 0) return { encoding: 'utf-32le', skip: 0 };
  if (a === 0 && b && c === 0 && d) return { encoding: 'utf-16be', skip: 0 };
  if (a && b === 0 && c && d === 0) return { encoding: 'utf-16le', skip: 0 };
  return null;
}

function known(label: string | undefined): string | null {
  if (label === undefined) return null;
  const lower = label.trim().toLowerCase();
  const name = aliases[lower] ?? lower;
  return name === 'utf-8' || escaping.has(name) || iconv.encodingExists(name) ? name : null;
}

/** Charset that the HTTP header names, when we can read it. */
function headerCharset(contentType: string | null): string | null {
  return known(/charset\s*=\s*["']?\s*([^\s"';,]+)/i.exec(contentType ?? '')?.[1]);
}

/** Encoding that the XML declaration names. A wide one is impossible: we just read the declaration byte by byte. */
function declaredCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 2048)).toString('latin1');
  const name = known(/<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']\s*([^"'>]{1,40})/.exec(head)?.[1]);
  return name !== null && /^(utf-?(16|32)|ucs-?[24])/.test(name) ? null : name;
}

function decodeAs(bytes: Uint8Array, encoding: string): string {
  if (encoding === 'utf-8') return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  if (encoding === 'iso-2022-jp') return new TextDecoder(encoding).decode(bytes);
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), encoding);
}

/** Multi-byte sequences, and replacement characters that decoding as UTF-8 made. */
function utf8Evidence(text: string): { good: number; bad: number } {
  let good = 0;
  let bad = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd) bad += 1;
    else if (code > 0x7f) good += 1;
  }
  return { good, bad };
}

/** Valid UTF-8 that is not ASCII is hardly ever anything else, least of all in one-byte encodings. */
function utf8Beats(declared: string, text: string): boolean {
  const { good } = utf8Evidence(text);
  if (declared === 'windows-1252') return good > 0;
  return good >= (multiByte.test(declared) ? 6 : 2);
}

/** Of two labels the one that decodes with fewer losses; a server's Latin-1 is a default, not knowledge. */
function better(bytes: Uint8Array, header: string | null, declared: string | null): string | null {
  if (header === null || declared === null || header === declared) return header ?? declared;
  if (header === 'windows-1252' || header === 'utf-8') return declared;
  if (declared === 'windows-1252' || declared === 'utf-8') return header;
  const losses = (encoding: string): number =>
    utf8Evidence(decodeAs(bytes, encoding)).bad + (cyrillic.test(encoding) ? wrongCase(bytes, encoding) : 0);
  return losses(declared) < losses(header) ? declared : header;
}

/** Letters in the wrong case within words: what one Cyrillic encoding looks like when it is read as another. */
function wrongCase(bytes: Uint8Array, encoding: string): number {
  return decodeAs(bytes.subarray(0, 65_536), encoding).match(/\p{Ll}\p{Lu}/gu)?.length ?? 0;
}

/** A Latin-1 label is a default, and Cyrillic ones are mistaken for each other: the letters know better. */
function corrected(bytes: Uint8Array, label: string): string {
  if (!/^(windows-125[12]|koi8-r)$/.test(label)) return label;
  const guess = guessEncoding(bytes);
  if (label === 'windows-1252' || guess === label) return guess;
  return cyrillic.test(guess) && wrongCase(bytes, guess) < wrongCase(bytes, label) ? guess : label;
}

function notUtf8(bytes: Uint8Array, header: string | null, declared: string | null): string {
  const asUtf8 = decodeAs(bytes, 'utf-8');
  const { good, bad } = utf8Evidence(asUtf8);
  const label = better(bytes, header, declared);
  if (label !== null && label !== 'utf-8') {
    // One broken character in an otherwise valid UTF-8 text does not make the Latin-1 label true.
    return label === 'windows-1252' && good > 4 * bad ? asUtf8 : decodeAs(bytes, corrected(bytes, label));
  }
  const mostly = label === 'utf-8' ? good >= bad : good > 2 * bad;
  return mostly ? asUtf8 : decodeAs(bytes, guessEncoding(bytes));
}

/**
 * Text of a document, without byte order mark. Order: mark, wide shape, then UTF-8 when the bytes are valid UTF-8,
 * then what HTTP and the XML declaration name, then a guess by the letters. Never throws.
 */
export function decodeDocument(bytes: Uint8Array, contentType: string | null): string {
  return withoutC1(decodeBytes(bytes, contentType));
}

/** The characters that windows-1252 has where Latin-1 and Unicode have control characters. */
const c1Meant = iconv.decode(Buffer.from(Array.from({ length: 32 }, (_, i) => 0x80 + i)), 'windows-1252').split('');

/** Control characters that nobody means become the quotes and dashes of windows-1252 that someone took for Latin-1. */
export function withoutC1(text: string): string {
  if (!/[\u0080-\u009f]/.test(text)) return text;
  return text.replace(/[\u0080-\u009f]/g, (char) => {
    const meant = c1Meant[char.charCodeAt(0) - 0x80];
    return meant === undefined || meant === '\ufffd' ? char : meant;
  });
}

function decodeBytes(bytes: Uint8Array, contentType: string | null): string {
  const mark = marked(bytes);
  if (mark !== null) {
    const text = decodeAs(bytes.subarray(mark.skip), mark.encoding);
    return mark.encoding === 'utf-8' && !isUtf8(bytes) ? notUtf8(bytes.subarray(mark.skip), 'utf-8', null) : text;
  }
  const header = headerCharset(contentType);
  const declared = declaredCharset(bytes);
  const escape = [header, declared].find((name) => name !== null && escaping.has(name));
  if (isAscii(bytes)) return decodeAs(bytes, escape ?? 'utf-8');
  if (!isUtf8(bytes)) return notUtf8(bytes, header, declared);
  const text = decodeAs(bytes, 'utf-8');
  const label = better(bytes, header, declared);
  return label === null || label === 'utf-8' || escape !== undefined || utf8Beats(label, text)
    ? text
    : decodeAs(bytes, label);
}
