import { describe, expect, it } from 'vitest';
import { renderMessage } from '../../../src/adapters/console/render.ts';
import type { Message } from '../../../src/core/message.ts';

const message: Message = {
  title: 'Rwanda: agreed (official)',
  plain: 'Rwanda agreed',
  blocks: [
    {
      kind: 'text',
      lines: [
        [
          'Rwanda agreed to receive up to 250 people, ',
          { text: 'Reuters', url: 'https://example.com/a?b=1' },
          ' reported.',
        ],
      ],
    },
    { kind: 'fields', fields: [{ name: 'Cap', value: ['250'] }] },
    { kind: 'heading', text: 'Sources' },
    { kind: 'list', items: [['first'], ['second']] },
  ],
  footer: ['Information, not legal advice.'],
  actions: [{ kind: 'command', label: 'Timeline', command: '/timeline RW' }],
};

describe('renderMessage', () => {
  it('shows title, text with links, fields, lists, footer and what to type next', () => {
    expect(renderMessage(message, { width: 200 })).toBe(
      [
        'Rwanda: agreed (official)',
        'Rwanda agreed to receive up to 250 people, Reuters <https://example.com/a?b=1> reported.',
        'Cap: 250',
        '',
        'Sources',
        '- first',
        '- second',
        'Information, not legal advice.',
        '[ Timeline: /timeline RW ]',
      ].join('\n'),
    );
  });

  it.each([20, 40, 80])('keeps within %i columns except for addresses, and loses no word', (width) => {
    const text = renderMessage(message, { width });
    for (const line of text.split('\n')) expect(line.length <= width || line.includes('https://')).toBe(true);
    expect(text.replaceAll(/\s+/g, ' ')).toBe(renderMessage(message, { width: 1000 }).replaceAll(/\s+/g, ' '));
  });

  it('lets no foreign text drive the terminal', () => {
    const text = renderMessage(
      { title: 'a\u001B[2Jb\u0007', plain: '', blocks: [{ kind: 'text', lines: [['x\r\u202Ey']] }] },
      { width: 80 },
    );
    expect(text).toBe('a[2Jb\nx y');
  });
});
