import { describe, expect, it } from 'vitest';
import type { Block, Line, Message } from '../../src/core/message.ts';
import type { Story } from '../../src/core/story.ts';
import { storyMessage } from '../../src/core/story-message.ts';
import { member, reading, story } from '../fakes/samples.ts';
import { shippedCountries as countries } from '../fakes/services.ts';

const asked: Partial<Story> = {
  headline: 'US asks Serbia to take deportees',
  summary: 'Reported, approached: the US has approached Serbia, according to Bloomberg.',
  unknown: 'No agreement is known.',
  stage: 'approached',
  date: '2025-06-05',
  topics: ['third-country-removal'],
  matters: [{ id: 'removals/RS', stage: 'approached', countries: ['RS'] }],
  countries: { banned: [], receiving: ['RS'], nationality: ['VE'], mentioned: [] },
  originators: [{ name: 'Bloomberg', evidence: 'told Bloomberg' }],
  outlets: ['A', 'B', 'C', 'D', 'E'],
  earlier: [{ originator: 'The Wall Street Journal', date: '2025-04', stage: 'approached', countries: ['MD', 'XK'] }],
};

function lineText(line: Line): string {
  return line.map((span) => (typeof span === 'string' ? span : span.text)).join('');
}

function blockText(block: Block): string {
  if (block.kind === 'heading') return block.text;
  if (block.kind === 'fields') return block.fields.map(({ name, value }) => `${name}: ${lineText(value)}`).join('\n');
  if (block.kind === 'note') return lineText(block.line);
  return (block.kind === 'text' ? block.lines : block.items).map(lineText).join('\n');
}

function textOf(message: Message): string {
  return [message.title, ...message.blocks.map(blockText), lineText(message.footer ?? [])].join('\n');
}

describe('a story as a message', () => {
  it('says when what is told takes effect, and does not call lifted what is not lifted yet', () => {
    const ends = story('s1', { ...asked, stage: 'lifted', effective: '2026-11-01' });
    const text = textOf(storyMessage(ends, { kind: 'alert', countries }));
    expect(text).toContain('lifted from 2026-11-01');
    expect(text).toContain('Takes effect: 2026-11-01');
  });

  it('says state, countries, summary, what is not known, originators and what came before, in words', () => {
    const message = storyMessage(story('s1', asked), { kind: 'alert', countries });
    const text = textOf(message);
    for (const words of [
      '🇷🇸 US asks Serbia to take deportees',
      'Reported, approached',
      'Countries: 🇷🇸 Serbia',
      'People of: 🇻🇪 Venezuela',
      'Not known: No agreement is known.',
      '1 originator (Bloomberg), carried by 5 outlets',
      'The Wall Street Journal, 2025-04: Moldova and Kosovo (approached)',
      'Information, not legal advice',
    ])
      expect(text).toContain(words);
    expect(text).toContain('\nThe US has approached Serbia, according to Bloomberg.');
    expect(message.tone).toBe('reported');
    expect(message.plain).toContain('Reported, approached: US asks Serbia');
  });

  it('counts articles where outlets are not known', () => {
    const members = [member('a1', { publisher: null }), member('a2', { publisher: null })];
    const text = textOf(storyMessage(story('s1', { ...asked, members, outlets: [] }), { kind: 'answer', countries }));
    expect(text).toContain('1 originator (Bloomberg), told in 2 articles');
  });

  it('has buttons for sources, timeline and why, each with its own command', () => {
    const { actions = [] } = storyMessage(story('s1', asked), { kind: 'alert', countries });
    const commands = actions.map((action) => (action.kind === 'command' ? action.command : ''));
    expect(commands).toEqual(['/story s1', '/timeline RS', '/story id:s1']);
    expect(new Set(commands).size).toBe(3);
  });

  it('keeps the mark of a denial at any rank', () => {
    const message = storyMessage(story('s1', { ...asked, certainty: 'official', disputed: true }), {
      kind: 'alert',
      countries,
    });
    expect(textOf(message)).toContain('Official, disputed, approached');
    expect(message.tone).toBe('disputed');
  });

  it('says what changed in an update, and a correction in its outlet’s own short words', () => {
    const quote = `Correction: ${'it was not signed '.repeat(30)}`;
    const corrected = member('a2', {
      publisher: 'The Gazette',
      reading: reading({ correction: { field: 'stage', from: 'signed', to: 'agreed', quote } }),
    });
    const text = textOf(
      storyMessage(story('s1', { ...asked, members: [corrected] }), {
        kind: 'update',
        changes: ['stage', 'correction', 'outlet'],
        countries,
      }),
    );
    expect(text).toContain('Update: ');
    expect(text).toContain('What changed: stage now approached and a correction');
    const line = text.split('\n').find((one) => one.startsWith('The Gazette: “'));
    expect(line?.length).toBeLessThan(220);
  });

  it('tells catch-up as late, never as new', () => {
    const message = storyMessage(story('s1', asked), { kind: 'alert', late: true, countries });
    expect(message.title).toMatch(/^Catch-up: /);
    expect(textOf(message)).toContain('Published 2026-03-02, told late.');
  });

  it('shows a disagreement with every value, the preferred one and why', () => {
    const conflicts = [
      {
        fact: 'programme',
        values: [
          { value: 'TPS', articles: ['a4'] },
          { value: 'temporary legal status', articles: ['a1', 'a2'] },
        ],
        settled: { value: 'CHNV parole', why: 'Noem v. Doe' },
      },
    ];
    const text = textOf(storyMessage(story('s1', { ...asked, conflicts }), { kind: 'answer', countries }));
    expect(text).toContain(
      'Sources disagree on the programme: TPS (1); temporary legal status (2). Preferred: CHNV parole. Noem v. Doe',
    );
  });

  it('links one article an outlet, five at most, and says how many more', () => {
    const members = [1, 2, 3, 4, 5, 6, 7].map((n) =>
      member(`a${n}`, { publisher: `Outlet ${n}`, title: 'long '.repeat(60) }),
    );
    const list = storyMessage(story('s1', { members }), { kind: 'alert', countries }).blocks.at(-1);
    expect(list?.kind === 'list' ? list.items.map(lineText) : []).toHaveLength(6);
    expect(blockText(list!)).toContain('and 2 more');
    expect(
      Math.max(
        ...blockText(list!)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(140);
  });

  it('says where a story went that was folded into another', () => {
    expect(
      textOf(storyMessage(story('s1', { mergedInto: 's2' }), { kind: 'update', changes: ['merged'], countries })),
    ).toContain('This story was folded into story s2.');
  });
});
