import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/adapters/discord/message-limits.ts';
import { filesOf, renderPayload } from '../../../src/adapters/discord/render.ts';
import type { Action, Block, Message } from '../../../src/core/message.ts';

function rendered(more: Partial<Message>) {
  const payload = renderPayload({ title: 'T', plain: 'p', blocks: [], ...more });
  const [embed] = payload.embeds;
  if (!embed) throw new Error('no embed');
  return { ...payload, embed };
}

const text = (length: number): Block => ({ kind: 'text', lines: [['x'.repeat(length)]] });
const fields = (all: readonly { name: string; value: string }[]): Block => ({
  kind: 'fields',
  fields: all.map(({ name, value }) => ({ name, value: [value] })),
});
const commands = (count: number): Action[] =>
  Array.from({ length: count }, (_, n) => ({ kind: 'command', label: `B${n}`, command: `/story ${n}` }));

/** What each limited part of the embed becomes when it is given that many characters. */
const parts: readonly { part: string; limit: number; become: (length: number) => string; ends?: string }[] = [
  { part: 'title', limit: limits.title, become: (n) => rendered({ title: 'x'.repeat(n) }).embed.title ?? '' },
  {
    part: 'description',
    limit: limits.description,
    become: (n) => rendered({ blocks: [text(n)] }).embed.description ?? '',
    ends: '\n-# Shortened: the rest is in the sources.',
  },
  {
    part: 'field name',
    limit: limits.fieldName,
    become: (n) => rendered({ blocks: [fields([{ name: 'x'.repeat(n), value: 'v' }])] }).embed.fields?.[0]?.name ?? '',
  },
  {
    part: 'field value',
    limit: limits.fieldValue,
    become: (n) => rendered({ blocks: [fields([{ name: 'n', value: 'x'.repeat(n) }])] }).embed.fields?.[0]?.value ?? '',
  },
  {
    part: 'footer',
    limit: limits.footer,
    become: (n) => rendered({ footer: ['x'.repeat(n)] }).embed.footer?.text ?? '',
  },
  {
    part: 'button label',
    limit: limits.buttonLabel,
    become: (n) => {
      const button = rendered({ actions: [{ kind: 'command', label: 'x'.repeat(n), command: '/help' }] }).components[0];
      return JSON.parse(JSON.stringify(button)).components[0].label;
    },
  },
];

describe('a message on Discord', () => {
  for (const { part, limit, become, ends = '' } of parts) {
    it(`keeps a ${part} of up to ${limit} whole, and shortens a longer one`, () => {
      expect(become(limit - 1)).toBe('x'.repeat(limit - 1));
      expect(become(limit)).toBe('x'.repeat(limit));
      expect(become(limit + 1)).toBe(`${'x'.repeat(limit - 1 - ends.length)}…${ends}`);
    });
  }

  it('keeps 6000 characters in all, and takes the rest from the description', () => {
    const footer = ['f'.repeat(limits.footer)];
    const title = 't'.repeat(limits.title);
    const room = limits.embedTotal - limits.footer - limits.title;
    const lengthOf = (n: number) => rendered({ title, footer, blocks: [text(n)] }).embed.description?.length;
    expect([room - 1, room, room + 1].map(lengthOf)).toEqual([room - 1, room, room]);
  });

  it('shows 25 fields at most', () => {
    const many = (n: number) => fields(Array.from({ length: n }, () => ({ name: 'n', value: 'v' })));
    const shown = [24, 25, 26].map((n) => rendered({ blocks: [many(n)] }).embed.fields?.length);
    expect(shown).toEqual([24, 25, 25]);
  });

  it('puts five buttons in a row and 25 in a message', () => {
    const links = (count: number): Action[] =>
      Array.from({ length: count }, (_, n) => ({ kind: 'link', label: `L${n}`, url: `https://e.org/${n}` }));
    const rows = (n: number) => rendered({ actions: links(n) }).components.map((row) => row.components.length);
    expect([4, 5, 6, 24, 25, 26].map(rows)).toEqual([
      [4],
      [5],
      [5, 1],
      [5, 5, 5, 5, 4],
      [5, 5, 5, 5, 5],
      [5, 5, 5, 5, 5],
    ]);
  });

  it('makes a list to choose from of more commands than two rows of buttons', () => {
    const shown = (n: number) => rendered({ actions: commands(n) }).components.flatMap((row) => row.components);
    expect(shown(10).map(({ type }) => type)).toEqual(Array.from({ length: 10 }, () => 2));
    for (const [count, options] of [
      [11, 11],
      [26, 25],
    ] as const) {
      const [only, ...others] = shown(count);
      expect([others.length, only && 'options' in only ? only.options.length : 0]).toEqual([0, options]);
    }
  });

  it('names a command that a button cannot carry, and leaves out an address that does not fit', () => {
    const command = (n: number): Action => ({ kind: 'command', label: 'B', command: 'c'.repeat(n - 2) });
    const idOf = (action: Action) => JSON.stringify(rendered({ actions: [action] }).components);
    const link = (n: number): Action => ({ kind: 'link', label: 'L', url: `https://e.org/${'u'.repeat(n - 14)}` });
    const count = (action: Action) => rendered({ actions: [action] }).components.length;
    expect([99, 100, 101].map((n) => count(command(n)))).toEqual([1, 1, 1]);
    expect(idOf(command(100))).toContain(`"c:${'c'.repeat(98)}"`);
    expect(idOf(command(101))).toMatch(/"c:#[\w-]{24}"/);
    expect([511, 512, 513].map((n) => count(link(n)))).toEqual([1, 1, 0]);
  });

  it('shows one button for one command', () => {
    const [row] = rendered({ actions: [...commands(1), ...commands(1)] }).components;
    expect(row?.components).toHaveLength(1);
  });

  it('cuts at a sentence, whole lines first', () => {
    const sentence = 'One sentence of forty-four characters stands. ';
    const { description = '' } = rendered({
      blocks: [{ kind: 'text', lines: [['first line'], [sentence.repeat(100)]] }],
    }).embed;
    expect(description.startsWith('first line\nOne sentence')).toBe(true);
    expect(description.endsWith('stands.…\n-# Shortened: the rest is in the sources.')).toBe(true);
  });

  it('never leaves half a link or half a bold word', () => {
    const link = { text: 'word '.repeat(1000), url: 'https://example.org/a', strong: true };
    const { description = '' } = rendered({ blocks: [{ kind: 'text', lines: [[link]] }] }).embed;
    expect(description).toMatch(/^\*\*\[(word )+word…\]\(https:\/\/example\.org\/a\)\*\*\n-# Shortened/);
    expect(description.length).toBeLessThanOrEqual(limits.description);
  });

  it('has a title and no empty part when there is nothing to say', () => {
    const { embed } = rendered({ title: ' \u200B', blocks: [text(0), { kind: 'heading', text: ' ' }], footer: [' '] });
    expect(Object.keys(embed).toSorted()).toEqual(['color', 'title']);
    expect(embed.title).toBe('Borderwire');
  });

  it('shows fields, lists, headings and notes', () => {
    const { embed } = rendered({
      blocks: [
        { kind: 'heading', text: 'Before this' },
        { kind: 'list', items: [['- one'], [{ text: 'two', url: 'https://e.org/2' }]] },
        { kind: 'note', line: ['not known'] },
        fields([{ name: '', value: '' }]),
      ],
      tone: 'official',
    });
    expect(embed.description).toBe('**Before this**\n- \\- one\n- [two](https://e.org/2)\n-# not known');
    expect(embed.fields).toEqual([{ name: '\u200B', value: '\u200B', inline: true }]);
  });

  it('sends a picture with the words that say the same', () => {
    const picture = { png: new Uint8Array([137, 80]), name: '../a map', alt: 'A map. '.repeat(400) };
    const { attachments, embed } = rendered({ picture });
    expect(embed.image).toEqual({ url: 'attachment://.._a_map.png' });
    expect(attachments?.[0]?.description.length).toBeLessThanOrEqual(limits.altText);
    expect(filesOf({ title: '', plain: '', blocks: [], picture })[0]).toMatchObject({ name: '.._a_map.png' });
  });

  it('mentions nobody, whatever is in it', () => {
    expect(rendered({}).allowed_mentions).toEqual({ parse: [] });
  });
});
