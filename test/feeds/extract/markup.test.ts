import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceError } from '../../../src/core/errors.ts';
import { type MarkupEvents, readMarkup } from '../../../src/feeds/extract/markup.ts';
import { parseFeed } from '../../../src/feeds/parse.ts';

/** What is read, one line an event. */
function read(text: string): string[] {
  const seen: string[] = [];
  const open: string[] = [];
  const events: MarkupEvents = {
    open(name, attributes, empty) {
      seen.push(`<${name}${[...attributes].map(([key, value]) => ` ${key}=${value}`).join('')}${empty ? '/' : ''}>`);
      if (!empty) open.push(name);
    },
    close(name) {
      seen.push(`</${name}>`);
      open.pop();
    },
    text: (value) => seen.push(value),
    current: () => open.at(-1) ?? '',
    done: () => false,
  };
  readMarkup(text, events);
  return seen;
}

describe('readMarkup', () => {
  it.each([
    ['<a b="1" c=2 d>x &amp; y</a>', ['<a b=1 c=2 d=>', 'x ', '&', ' y', '</a>']],
    ['<a/><![CDATA[<b>]]>', ['<a/>', '<b>']],
    ['<a>1 < 2 <3 four</a>', ['<a>', '1 ', '< 2 ', '<3 four', '</a>']],
    ['<ti<tle>x</tle>', ['<ti', '<tle>', 'x', '</tle>']],
    ['<a>x</a<b>y</b>', ['<a>', 'x', '<b>', 'y', '</b>']],
    ['<a>x<!-- never <b>y</b>', ['<a>', 'x', ' never ', '<b>', 'y', '</b>']],
    ['<a><![CDATA[x</a><b>y</b>', ['<a>', 'x', '</a>', '<b>', 'y', '</b>']],
    ['<?xml never <a>x</a>', ['xml never ', '<a>', 'x', '</a>']],
    ['<a b="never><item>x</item>', ['<a/>', '<item>', 'x', '</item>']],
  ])('%s', (text, events) => {
    expect(read(text)).toEqual(events);
  });
});

describe('any bytes', () => {
  const pieces = fc.constantFrom(
    '<rss>',
    '<channel>',
    '<item>',
    '</item>',
    '<title>',
    '</title>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<link href="',
    '"',
    '>',
    '<',
    '&',
    '&amp;',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<entry>',
    '<content type="xhtml">',
    '<div>',
    '<?',
    '?>',
    '<!DOCTYPE a [',
    'x',
    '\0',
    '😀',
    '{"items":[',
    '{}',
    ']',
  );

  it('are a feed, or refused with a SourceError', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 60 }), async (parts) => {
        const reading = parseFeed(new TextEncoder().encode(parts.join('')), null, 'https://desk.example/');
        const [outcome] = await Promise.allSettled([reading]);
        const values = outcome.status === 'fulfilled' ? outcome.value.items.flatMap((item) => Object.values(item)) : [];
        const sound = values.every((value) => value === null || (typeof value === 'string' && value !== ''));
        expect(sound && (outcome.status === 'fulfilled' || outcome.reason instanceof SourceError)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('of no encoding at all are refused or read the same way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.option(fc.string({ maxLength: 20 })),
        async (bytes, label) => {
          const reading = parseFeed(
            bytes,
            label === null ? null : `text/xml; charset=${label}`,
            'https://desk.example/',
          );
          const [outcome] = await Promise.allSettled([reading]);
          expect(outcome.status === 'fulfilled' || outcome.reason instanceof SourceError).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
