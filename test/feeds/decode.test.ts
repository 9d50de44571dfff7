import { Buffer } from 'node:buffer';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeDocument } from '../../src/feeds/decode.ts';

function declared(encoding: string, text: string): string {
  return `<?xml version="1.0" encoding="${encoding}"?><rss><channel><title>${text}</title></channel></rss>`;
}

const samples: readonly [encoding: string, text: string][] = [
  ['windows-1250', 'Srbija može primiti – žalbe'],
  ['windows-1251', 'Указ о въезде подписан'],
  ['windows-1252', 'Décret “signé” — 5 €'],
  ['windows-1253', 'Αναστολή εισόδου'],
  ['windows-1254', 'Giriş yasağı açıklandı'],
  ['windows-1256', 'حظر السفر الجديد'],
  ['iso-8859-2', 'Žádost o vízum'],
  ['iso-8859-5', 'Указ о въезде'],
  ['iso-8859-15', 'Prix: 5 € à Paris'],
  ['koi8-r', 'Указ о въезде'],
  ['shift_jis', '入国禁止の発表'],
  ['euc-jp', '入国禁止の発表'],
  ['gb18030', '入境禁令公布'],
  ['gb2312', '入境禁令公布'],
  ['big5', '入境禁令公布'],
  ['euc-kr', '입국 금지 발표'],
];

describe('decodeDocument', () => {
  it.each(samples)('reads %s as its declaration says', (encoding, text) => {
    const bytes = iconv.encode(declared(encoding, text), encoding);
    expect(decodeDocument(bytes, null)).toContain(text);
  });

  it.each(samples)('reads %s as HTTP says', (encoding, text) => {
    const bytes = iconv.encode(`<rss><title>${text}</title></rss>`, encoding);
    expect(decodeDocument(bytes, `application/rss+xml; charset="${encoding}"`)).toContain(text);
  });

  it.each(['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be', 'utf-8'])(
    'reads %s with and without its mark',
    (encoding) => {
      const text = declared(encoding, 'Décret – 入国');
      expect(decodeDocument(iconv.encode(text, encoding, { addBOM: true }), 'text/xml; charset=iso-8859-1')).toBe(text);
      expect(decodeDocument(iconv.encode(text, encoding), null)).toBe(text);
    },
  );

  it('believes valid UTF-8 before a wrong label', () => {
    const text = declared('ISO-8859-1', 'Décret “signé”');
    expect(decodeDocument(Buffer.from(text), 'text/xml; charset=us-ascii')).toBe(text);
  });

  it('believes the declaration before a server that says Latin-1 of everything', () => {
    const bytes = iconv.encode(declared('windows-1251', 'Указ о въезде'), 'windows-1251');
    expect(decodeDocument(bytes, 'text/xml; charset=ISO-8859-1')).toContain('Указ о въезде');
  });

  it('believes no declaration of a wide encoding that it could read byte by byte', () => {
    expect(decodeDocument(Buffer.from(declared('UTF-16', 'Décret')), null)).toContain('Décret');
  });

  it('keeps UTF-8 with a broken byte UTF-8, and reads Latin text without a label as windows-1252', () => {
    const broken = Buffer.from(declared('utf-8', 'Décret signé à Genève, déjà publié'));
    broken[broken.indexOf('publi')] = 0xff;
    expect(decodeDocument(broken, null)).toContain('Décret signé à Genève');
    const latin = iconv.encode('<rss><title>Décret “signé”</title></rss>', 'windows-1252');
    expect(decodeDocument(latin, null)).toContain('Décret “signé”');
    expect(decodeDocument(latin, 'text/xml; charset=utf-8')).toContain('Décret “signé”');
  });

  it('turns control characters that stand for windows-1252 quotes into the quotes', () => {
    expect(decodeDocument(Buffer.from('don\u0092t'), null)).toBe('don’t');
  });

  it('reads an unknown label as if there were none', () => {
    expect(decodeDocument(Buffer.from(declared('x-unheard-of', 'Décret')), 'text/xml; charset=none')).toContain(
      'Décret',
    );
  });
});
