import { Buffer } from 'node:buffer';
import iconv from 'iconv-lite';

const looked = 64 * 1024;

/** One-byte encodings of other scripts, with the letters that make up most of any text in them. */
const candidates: readonly { encoding: string; common: RegExp }[] = [
  { encoding: 'windows-1251', common: /[оеаинтсрвлкј]/g },
  { encoding: 'koi8-r', common: /[оеаинтсрвлк]/g },
  { encoding: 'windows-1256', common: /[اليمونتربةیک]/g },
];

/** Of text in Latin letters every other high byte or fewer follows another one; in other scripts words are made of them. */
function isOtherScript(bytes: Uint8Array): boolean {
  let high = 0;
  let adjacent = 0;
  for (let at = 1; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    high += 1;
    if ((bytes[at - 1] ?? 0) >= 0x80) adjacent += 1;
  }
  return high >= 8 && adjacent / high > 0.6;
}

/** ć or đ beside č and š or ž: as windows-1252 the same bytes are æ or ð, è, and what no language writes beside them. */
function latin(bytes: Uint8Array): string {
  const has = (...any: number[]): boolean => any.some((byte) => bytes.includes(byte));
  if (!has(0xe6, 0xf0) || !has(0xe8)) return 'windows-1252';
  if (has(0x9a, 0x9e)) return 'windows-1250';
  return has(0xb9, 0xbe) ? 'iso-8859-2' : 'windows-1252';
}

/**
 * The encoding of bytes that are not UTF-8 and that nobody, or nobody truthfully, says the encoding of: Cyrillic or
 * Arabic where the letters are, Serbo-Croatian by its own, else windows-1252.
 */
export function guessEncoding(bytes: Uint8Array): string {
  const some = bytes.subarray(0, looked);
  if (!isOtherScript(some)) return latin(some);
  const head = Buffer.from(some.buffer, some.byteOffset, some.length);
  const high = some.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0);
  const [best] = candidates
    .map(({ encoding, common }) => ({ encoding, hits: iconv.decode(head, encoding).match(common)?.length ?? 0 }))
    .toSorted((a, b) => b.hits - a.hits);
  return best && best.hits > high * 0.35 ? best.encoding : 'windows-1252';
}
