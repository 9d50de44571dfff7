import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { decodeDocument } from '../../src/feeds/decode.ts';

const texts: Record<string, [encoding: string, text: string]> = {
  Serbian: ['windows-1251', 'Србија и Руанда преговарају о прихвату депортованих, каже министарство'],
  Russian: ['koi8-r', 'Сербия и Руанда ведут переговоры о приёме высланных, сообщает министерство'],
  Arabic: ['windows-1256', 'صربيا ورواندا تجريان محادثات حول استقبال المرحلين، تقول الوزارة'],
  Bosnian: ['windows-1250', 'Vučić kaže da će Srbija razmotriti primanje deportovanih građana trećih zemalja'],
  Croatian: ['iso-8859-2', 'Vučić kaže da će Srbija razmotriti primanje deportovanih građana trećih zemalja'],
  French: ['windows-1252', 'Le ministère évoque à présent l’accueil des expulsés où qu’ils soient nés, dit-il, déçu'],
  Portuguese: ['windows-1252', 'As negociações não estão concluídas, informação à imprensa: três países já aceitaram'],
};

it.each(Object.entries(texts))('%s text that nobody names the encoding of', (_, [encoding, text]) => {
  const feed = `<rss><channel><item><title>${text}</title></item></channel></rss>`;
  expect(decodeDocument(iconv.encode(feed, encoding), null)).toBe(feed);
  const lying = `<?xml version="1.0" encoding="utf-8"?>${feed}`;
  expect(decodeDocument(iconv.encode(lying, encoding), 'text/xml; charset=utf-8')).toBe(lying);
});

it.each([
  ['iso-8859-1', 'windows-1251'],
  ['windows-1251', 'koi8-r'],
  ['koi8-r', 'windows-1251'],
])('%s is said of Russian text that is %s', (said, encoding) => {
  const feed = `<?xml version="1.0" encoding="${said}"?><rss><title>${texts['Russian']?.[1]}</title></rss>`;
  expect(decodeDocument(iconv.encode(feed, encoding), null)).toBe(feed);
  expect(decodeDocument(iconv.encode(feed, encoding), `text/xml; charset=${encoding}`)).toBe(feed);
});

it('leaves capitals as their label says', () => {
  const feed =
    '<?xml version="1.0" encoding="windows-1251"?><rss><title>СЕРБИЯ И РУАНДА ВЕДУТ ПЕРЕГОВОРЫ</title></rss>';
  expect(decodeDocument(iconv.encode(feed, 'windows-1251'), null)).toBe(feed);
});
