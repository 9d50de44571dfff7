import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formCommands } from '../../../src/adapters/slack/forms.ts';
import { limits, type Payload, renderPayload } from '../../../src/adapters/slack/render.ts';
import type { Action, Block, Line, Message } from '../../../src/core/message.ts';
import { arbitraryAction, arbitraryBlock } from '../../fakes/arbitrary-messages.ts';
import { messageBlockViolations, viewViolations } from '../../fakes/slack/block-rules.ts';

function messageOf(more: Partial<Message> = {}): Message {
  return { title: 'Title', plain: 'In one line', blocks: [], ...more };
}

function headerOf(payload: Payload): string {
  const [first] = payload.blocks;
  return first?.type === 'header' ? first.text.text : '';
}

function sectionsOf(payload: Payload): readonly string[] {
  return payload.blocks.flatMap((block) => (block.type === 'section' && block.text ? [block.text.text] : []));
}

function buttonsOf(payload: Payload) {
  return payload.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
}

const around = (limit: number) => [limit - 1, limit, limit + 1];

describe('renderPayload at the limits', () => {
  it.each(around(limits.header))('a title of %i', (length) => {
    const payload = renderPayload(messageOf({ title: 't'.repeat(length) }));
    expect(headerOf(payload)).toHaveLength(Math.min(length, limits.header));
    expect(messageBlockViolations(payload.blocks)).toEqual([]);
  });

  it.each(around(limits.section))('a line of %i', (length) => {
    const payload = renderPayload(messageOf({ blocks: [{ kind: 'text', lines: [['x'.repeat(length)]] }] }));
    expect(sectionsOf(payload)[0]).toHaveLength(Math.min(length, limits.section));
    expect(messageBlockViolations(payload.blocks)).toEqual([]);
  });

  it.each(around(limits.section))('two lines of %i together', (length) => {
    const lines = [['x'.repeat(1000)], ['y'.repeat(length - 1001)]];
    const payload = renderPayload(messageOf({ blocks: [{ kind: 'text', lines }] }));
    expect(sectionsOf(payload)).toHaveLength(length > limits.section ? 2 : 1);
    expect(messageBlockViolations(payload.blocks)).toEqual([]);
  });

  it('long fields and short ones, in the order of the message', () => {
    const fields = ['a', 'b'.repeat(300), 'c', 'd', 'e'.repeat(300)].map((word) => ({ name: 'n', value: [word] }));
    const { blocks } = renderPayload(messageOf({ blocks: [{ kind: 'fields', fields }] }));
    const shown = blocks.flatMap((block) => (block.type === 'section' ? (block.fields ?? [block.text]) : []));
    expect(shown.map((field) => field?.text.at(-1))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it.each(around(limits.fields))('%i fields, in their order', (count) => {
    const fields = Array.from({ length: count }, (_, at) => ({ name: `n${at}`, value: [`v${at}`] }));
    const payload = renderPayload(messageOf({ blocks: [{ kind: 'fields', fields }] }));
    const shown = payload.blocks.flatMap((block) => (block.type === 'section' ? (block.fields ?? []) : []));
    expect(shown.map((field) => field.text)).toEqual(fields.map(({ name, value }) => `*${name}*\n${value.join('')}`));
    expect(messageBlockViolations(payload.blocks)).toEqual([]);
  });

  it.each(around(limits.actions))('%i buttons', (count) => {
    const actions = Array.from(
      { length: count },
      (_, at): Action => ({ kind: 'command', label: `b${at}`, command: '/x' }),
    );
    const payload = renderPayload(messageOf({ actions }));
    expect(buttonsOf(payload)).toHaveLength(Math.min(count, limits.actions));
    expect(messageBlockViolations(payload.blocks)).toEqual([]);
  });

  it('leaves room for the share button among too many', () => {
    const actions = Array.from({ length: 30 }, (): Action => ({ kind: 'command', label: 'b', command: '/x' }));
    const buttons = buttonsOf(renderPayload(messageOf({ actions }), { share: '/x' }));
    expect(buttons).toHaveLength(limits.actions);
    expect(buttons.at(-1)).toMatchObject({ action_id: 'share', value: '/x' });
  });

  it.each(around(limits.buttonText))('a button’s words of %i', (length) => {
    const action: Action = { kind: 'command', label: 'l'.repeat(length), command: '/x' };
    const payload = renderPayload(messageOf({ actions: [action] }));
    expect(buttonsOf(payload)[0]).toMatchObject({
      text: { text: expect.stringMatching(new RegExp(`^l{${limits.buttonText - 1},${limits.buttonText}}…?$`)) },
    });
    expect(messageBlockViolations(payload.blocks)).toEqual([]);
  });

  it.each(around(limits.buttonValue))('a button’s command of %i, which is never cut', (length) => {
    const action: Action = { kind: 'command', label: 'Again', command: 'c'.repeat(length) };
    const payload = renderPayload(messageOf({ actions: [action] }));
    expect(buttonsOf(payload)).toHaveLength(length > limits.buttonValue ? 0 : 1);
    expect(messageBlockViolations(payload.blocks)).toEqual([]);
  });

  it.each([...around(2000), ...around(limits.url)])('a link of %i characters', (length) => {
    const url = `https://example.org/${'p'.repeat(length - 20)}`;
    const payload = renderPayload(messageOf({ actions: [{ kind: 'link', label: 'Source', url }] }));
    expect(buttonsOf(payload)).toHaveLength(length > limits.url ? 0 : 1);
    expect(messageBlockViolations(payload.blocks)).toEqual([]);
  });

  it.each([47, 48, 49, 50, 60])('%i blocks beside the title', (count) => {
    const blocks = Array.from({ length: count }, (): Block => ({ kind: 'note', line: ['x'] }));
    const payload = renderPayload(messageOf({ blocks }));
    expect(payload.blocks.length).toBeLessThanOrEqual(limits.blocks);
    expect(JSON.stringify(payload.blocks).includes('Shortened')).toBe(count > 48);
    expect(messageBlockViolations(payload.blocks)).toEqual([]);
  });

  it('says that it was shortened when the whole is too long', () => {
    const blocks = Array.from({ length: 6 }, (): Block => ({ kind: 'text', lines: [['w '.repeat(1400)]] }));
    const payload = renderPayload(messageOf({ blocks, footer: ['Foot'] }));
    expect(JSON.stringify(payload.blocks).length).toBeLessThan(limits.total);
    expect(JSON.stringify(payload.blocks.slice(-2))).toMatch(/Shortened.*Foot/);
  });
});

const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  fc.constantFrom(
    '<!channel>',
    '<!here|x>',
    '<@U012AB3CD>',
    '<#C012AB3CD|general>',
    '<!subteam^S012>',
    '<https://evil.example|https://bank.example>',
    '&lt;!channel&gt;',
    '&amp;lt;',
    '\u202E>lennahc!<',
    '\uD800',
    '@here #general',
    '*_~`',
    '```<!here>```',
    '',
    ' ',
    '\u2067\u0645\u0631\u062D\u0628\u0627 <@U1>\u2069\u202E',
    'lone \uDE00 halves \uD83D',
    `${'t'.repeat(147)}&amp;<b>`,
    `https://example.org/${'p'.repeat(3100)}`,
  ),
  // Many marks on a letter, words without an end, people of several signs, flags of two: longer than any limit.
  fc
    .tuple(
      fc.constantFrom('e\u0301\u0323', 'w', '&', '👨‍👩‍👧‍👦', '🇱🇦', '👍🏽', '\u0645\u064F', '<b>', '`'),
      fc.constantFrom(70, 149, 151, 1990, 3001, 4001),
      fc.constantFrom('', ' ', 'a'),
    )
    .map(([sign, length, before]) => before + sign.repeat(length / sign.length + 1)),
  fc.integer({ min: 0, max: 7000 }).map((length) => '<!channel> & a sentence. '.repeat(length / 20)),
);
const line: fc.Arbitrary<Line> = fc.array(
  fc.oneof(hostile, fc.record({ text: hostile, url: fc.oneof(fc.webUrl(), hostile), strong: fc.boolean() })),
  { maxLength: 3 },
);
const block = arbitraryBlock(hostile, line, { lines: 5, items: 12, fields: 23 });
const anyMessage: fc.Arbitrary<Message> = fc.record({
  title: hostile,
  plain: hostile,
  blocks: fc.array(block, { maxLength: 60, size: 'max' }),
  footer: line,
  picture: fc.record({ png: fc.constant(new Uint8Array()), name: hostile, alt: hostile }),
  actions: fc.array(arbitraryAction(hostile), { maxLength: 30 }),
});

/** All mrkdwn texts of a payload, the top-level text among them. */
function markupOf(payload: Payload): readonly string[] {
  const found: string[] = [payload.text];
  JSON.stringify(payload.blocks, (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && Reflect.get(value, 'type') === 'mrkdwn')
      found.push(String(Reflect.get(value, 'text')));
    return value;
  });
  return found;
}

describe('renderPayload of whatever is given', () => {
  it('breaks no limit and always has a full text', () => {
    fc.assert(
      fc.property(anyMessage, hostile, fc.constantFrom([], formCommands), (message, share, forms) => {
        const payload = renderPayload(message, { share, forms });
        expect(messageBlockViolations(payload.blocks)).toEqual([]);
        expect(viewViolations({ type: 'home', blocks: payload.blocks })).toEqual([]);
        expect(payload.text.trim()).not.toBe('');
        expect(payload.text.length).toBeLessThanOrEqual(limits.text);
      }),
      { numRuns: 150 },
    );
  });

  it('lets nothing through but its own links and entities', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        for (const text of markupOf(renderPayload(message))) {
          const rest = text.replaceAll(/<https?:\/\/[^<>|\s]*\|[^<>|]+>/g, '').replaceAll(/&(amp|lt|gt);/g, '');
          expect(rest).not.toMatch(/[&<>]/);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('cuts no character of several signs in two, and leaves no half of one', () => {
    const signs = fc.constantFrom('👨‍👩‍👧‍👦', '🇱🇦', '👍🏽', 'e\u0301', 'w', ' ', '&', '. ');
    const texts = fc.array(signs, { minLength: 1, maxLength: 60 }).map((parts) => parts.join('').repeat(40));
    const whole = new Intl.Segmenter('en', { granularity: 'grapheme' });
    const inText = (text: string) => new Set([...whole.segment(text)].map(({ segment }) => segment));
    fc.assert(
      fc.property(texts, (text) => {
        const { blocks } = renderPayload(
          messageOf({
            title: text,
            blocks: [{ kind: 'text', lines: [[text]] }],
            actions: [{ kind: 'command', label: text, command: '/x' }],
          }),
        );
        const shown = JSON.stringify(blocks);
        const known = inText(text);
        const cut = [...shown.matchAll(/([^"]*)…"/g)].map(([, words = '']) => words.replaceAll('&amp;', '&'));
        for (const words of cut) expect([...inText(words)].filter((one) => !known.has(one))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('has Slack leave plain names and addresses alone', () => {
    const payload = renderPayload(messageOf({ blocks: [{ kind: 'text', lines: [['@here #general']] }] }));
    expect(payload.blocks[1]).toMatchObject({ text: { verbatim: true } });
  });

  it('says in words what a picture shows', () => {
    const picture = { png: new Uint8Array(), name: 'map.png', alt: 'A map of 19 countries.' };
    const payload = renderPayload(messageOf({ picture, footer: ['Foot'] }));
    expect(JSON.stringify(payload.blocks)).toMatch(/Picture: A map of 19 countries\..*Foot/);
    expect(payload.text).toContain('Picture: A map of 19 countries.');
    const long = { ...picture, alt: `A map of 39 countries: ${'Burkina Faso, '.repeat(40)}.` };
    const told = JSON.stringify(renderPayload(messageOf({ picture: long })).blocks);
    expect(told).toMatch(/Picture: A map of 39 countries: [^"]{60,130}…"/);
  });

  it('says nothing twice in the top-level text', () => {
    const said = [{ text: 'In one line', strong: true }];
    const { text } = renderPayload(messageOf({ blocks: [{ kind: 'text', lines: [said, ['More.']] }] }));
    expect(text).toBe('Title\nIn one line\nMore.');
  });

  it('says in the top-level text what the blocks say', () => {
    const payload = renderPayload(
      messageOf({
        blocks: [
          { kind: 'text', lines: [['Palau agreed.']] },
          { kind: 'fields', fields: [{ name: 'Cap', value: ['75'] }] },
          { kind: 'heading', text: 'Sources' },
          { kind: 'list', items: [[{ text: 'Reuters', url: 'https://example.org/r' }]] },
          { kind: 'note', line: ['Reported by one outlet.'] },
        ],
        footer: ['Information, not legal advice.'],
      }),
    );
    for (const words of ['Title', 'Palau agreed.', 'Cap', '75', 'Sources', 'Reuters', 'Reported by one', 'not legal'])
      expect(payload.text).toContain(words);
  });
});
