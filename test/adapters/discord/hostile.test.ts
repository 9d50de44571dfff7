import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/adapters/discord/message-limits.ts';
import { renderPayload } from '../../../src/adapters/discord/render.ts';
import { escapeMarkdown, renderLine, safeUrl, shorten } from '../../../src/adapters/discord/text.ts';
import { foreign, hostileMessage, line } from './arbitrary.ts';

/** What Discord would still read as markup, once escaped characters are taken out. */
function live(text: string): string {
  return text.replaceAll(/\\[^0-9A-Za-z\s]/g, 'x');
}

describe('foreign text on Discord', () => {
  it('holds nothing that Discord would read as markup, a mention or a link', () => {
    fc.assert(
      fc.property(foreign, (text) => {
        const shown = live(renderLine([text]));
        expect(shown).not.toMatch(/[*_~`|<>[\]()#]|\\/);
        expect(shown).not.toMatch(/@(?!\u200B)/);
        expect(shown).not.toMatch(/:\/\//);
        expect(shown).not.toMatch(/^\s*(?:[-+]|\d+\.)(?:\s|$)/);
        expect(shown.replaceAll('@\u200B', '@')).not.toMatch(
          /[\u200B\u202A-\u202E\u2066-\u2069\u061C\u00AD\uFEFF]|\p{Cc}|\p{Cs}/u,
        );
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  it('can be cut anywhere without coming alive, and keeps its length', () => {
    fc.assert(
      fc.property(line, fc.integer({ min: 0, max: 400 }), (words, limit) => {
        const plain = words.map((span) => (typeof span === 'string' ? span : span.text));
        const cut = renderLine(plain, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(live(cut)).not.toMatch(/[*_~`|<>[\]()#]|\\|:\/\//);
        expect(renderLine(words, limit).length).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  it('has live links only where a link was meant', () => {
    fc.assert(
      fc.property(foreign, fc.webUrl(), (text, url) => {
        const address = safeUrl(url);
        const shown = live(renderLine([{ text, url }]));
        expect(shown.startsWith('[') && shown.endsWith(`](${address})`)).toBe(true);
        expect(shown.slice(1, -`](${address})`.length)).not.toMatch(/[*_~`|<>[\]()#]|\\|:\/\//);
        expect(address).not.toMatch(/[\s()*_~|\\<>@`]/);
      }),
    );
  });

  it('never breaks a limit of a message', () => {
    fc.assert(
      fc.property(hostileMessage, (message) => {
        const payload = renderPayload(message, { share: '/help' });
        for (const embed of payload.embeds) {
          const inFields = embed.fields ?? [];
          expect(embed.title?.length).toBeLessThanOrEqual(limits.title);
          expect(embed.description?.length ?? 0).toBeLessThanOrEqual(limits.description);
          expect(embed.footer?.text.length ?? 0).toBeLessThanOrEqual(limits.footer);
          expect(inFields.length).toBeLessThanOrEqual(limits.fields);
          const all = [embed.title ?? '', embed.description ?? '', embed.footer?.text ?? ''];
          for (const { name, value } of inFields) {
            expect(name.length).toBeLessThanOrEqual(limits.fieldName);
            expect(value.length).toBeLessThanOrEqual(limits.fieldValue);
            all.push(name, value);
          }
          expect(all.join('').length).toBeLessThanOrEqual(limits.embedTotal);
          // Discord trims before it measures: what is there must not be blank.
          for (const part of [
            embed.title,
            embed.description,
            embed.footer?.text,
            ...inFields.flatMap((one) => [one.name, one.value]),
          ])
            expect(part?.trim()).not.toBe('');
        }
        const buttons = payload.components.flatMap((row) => row.components);
        const ids = buttons.flatMap((button) => ('custom_id' in button ? [button.custom_id] : []));
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.every((id) => id.length <= limits.customId)).toBe(true);
        expect(buttons.length).toBeLessThanOrEqual(25);
        for (const button of buttons)
          expect(JSON.parse(JSON.stringify(button)).label.length).toBeLessThanOrEqual(limits.buttonLabel);
      }),
      { numRuns: 150, endOnFailure: true },
    );
  });

  it('shows the words as they were', () => {
    expect(escapeMarkdown('Laos: 25% of “visas” – at 10.30 (local) — می‌خواهم 👩‍👧 🇱🇦')).toBe(
      'Laos: 25% of “visas” – at 10.30 \\(local\\) — می‌خواهم 👩‍👧 🇱🇦',
    );
    expect(renderLine(['1. first'])).toBe('1\\. first');
    expect(renderLine(['- first'])).toBe('\\- first');
  });

  it('links only to web addresses that are what they seem', () => {
    const addresses = [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://whitehouse.gov@evil.example/',
      'nothing',
      '',
    ];
    expect(addresses.map(safeUrl)).toEqual([null, null, null, null, null]);
    expect(safeUrl('https://e.org/a_(b)?q=*|~@')).toBe('https://e.org/a%5F%28b%29?q=%2A%7C%7E%40');
    expect(safeUrl('http://[::1]:8080/[x]')).toBe('http://[::1]:8080/%5Bx%5D');
  });

  it('is never cut within a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 0, max: 120 }), (text, limit) => {
        const cut = shorten(text, limit);
        expect(cut.length).toBeLessThanOrEqual(Math.max(0, limit));
        expect(cut).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});
