import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMrkdwn, renderLine, safeUrl, shorten, shortenPlain } from '../../../src/adapters/slack/text.ts';

describe('escapeMrkdwn', () => {
  it.each([
    ['a & b', 'a &amp; b'],
    ['&amp;', '&amp;amp;'],
    ['<!channel>', '&lt;!channel&gt;'],
    ['<@U012ABC>', '&lt;@U012ABC&gt;'],
    ['<#C012ABC|general>', '&lt;#C012ABC|general&gt;'],
    ['<https://evil.example|bank>', '&lt;https://evil.example|bank&gt;'],
    ['*_~`"\'', '*_~`"\''],
    ['a\u202Eb\u200B\u0000c\nd', 'abc d'],
  ])('%j becomes %j', (given, escaped) => {
    expect(escapeMrkdwn(given)).toBe(escaped);
  });

  it('escapes exactly once: undone once, the text is as it was', () => {
    const written = fc.string({ unit: fc.constantFrom('&', '<', '>', 'amp;', 'lt;', '|', '!', '@', 'x', ' ') });
    fc.assert(
      fc.property(written, (text) => {
        const undone = escapeMrkdwn(text).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
        expect(undone).toBe(text.replaceAll(/\s+/g, ' '));
      }),
    );
  });
});

describe('renderLine', () => {
  it('writes a link whose words and address cannot end it early', () => {
    const line = [{ text: 'a|b>c', url: 'https://example.org/?a=1&b=<x>|y' }];
    expect(renderLine(line)).toBe('<https://example.org/?a=1&amp;b=%3Cx%3E%7Cy|a¦b&gt;c>');
  });

  it.each(['javascript:alert(1)', 'not an address', '!channel', '@U012', `https://example.org/${'x'.repeat(2100)}`])(
    'shows only the words of a link to %.30s',
    (url) => {
      expect(renderLine([{ text: 'words', url }])).toBe('words');
      expect(safeUrl(url)).toBeNull();
    },
  );
});

describe('shorten', () => {
  const text = 'First sentence is here. Second sentence is here. Third one.';

  it.each([
    [text.length + 1, text],
    [text.length, text],
    [text.length - 1, 'First sentence is here. Second sentence is here.…'],
    [30, 'First sentence is here.…'],
    [20, 'First sentence is…'],
  ])('to %i', (limit, short) => {
    expect(shorten(text, limit)).toBe(short);
  });

  it('never cuts an entity, a link or a character in two', () => {
    const parts = fc.constantFrom('&amp;', '&lt;', '<https://example.org/a.b|some words>', '😀', 'word', '. ', ' ');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), fc.integer({ min: 1, max: 120 }), (pieces, limit) => {
        const short = shorten(pieces.join(''), limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short.replaceAll(/&(amp|lt|gt);/g, '').replaceAll(/<https:[^<>|]*\|[^<>|]*>/g, '')).not.toMatch(/[&<>]/);
        expect(short).not.toMatch(/\p{Cs}/u);
      }),
    );
  });

  it('takes a hostile text in time that grows with its length', () => {
    const began = performance.now();
    for (const piece of ['. ', '<', ' ', 'a.<b>']) shorten(piece.repeat(100_000), 3000);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('shortenPlain', () => {
  it('leaves < as it is and keeps what stands before it', () => {
    expect(shortenPlain(`a < b ${'x'.repeat(200)}`, 20)).toBe('a < b xxxxxxxxxxxxx…');
    expect(shortenPlain('short <b>', 20)).toBe('short <b>');
  });
});
