import { describe, expect, it } from 'vitest';
import { slashNames } from '../../../src/adapters/slack/slash-text.ts';
import { createSlashWords } from '../../../src/adapters/slack/slash-words.ts';
import { definitions } from '../../../src/commands/index.ts';

const { text, message } = createSlashWords(definitions, slashNames);

describe('commands in our words', () => {
  it.each([
    ['Type /help to see them all.', 'Type /borderwire help to see them all.'],
    ['Did you mean /search?', 'Did you mean /borderwire search?'],
    ['“/deals palau” (/courts lists the cases)', '“/borderwire deals palau” (/borderwire courts lists the cases)'],
    ['/ban-status, /timeline or /subscribe', '/ban-status, /timeline or /subscribe'],
    ['with /borderwire subscriptions resume 1', 'with /borderwire subscriptions resume 1'],
    ['There is no command “/timline”. /invite @Borderwire', 'There is no command “/timline”. /invite @Borderwire'],
    ['https://example.org/search and/since 24/latest, and /a/story or /story/1 or /help-me', null],
    ['There is no command “/deals&palau” or “/deals\\npalau”', null],
  ])('%s', (words, typed) => {
    expect(text(words)).toBe(typed ?? words);
  });

  it('are called what the settings call them', () => {
    const renamed = createSlashWords(definitions, { ...slashNames, borderwire: 'bw', timeline: 'bw-timeline' });
    expect(renamed.text('/timeline, /ban-status, /help and /borderwire deals')).toBe(
      '/bw-timeline, /ban-status, /bw help and /bw deals',
    );
  });

  it('stay as they are in the words of others, and in what a button runs', () => {
    const given = {
      title: 'Ask /latest',
      plain: 'Ask /latest',
      blocks: [{ kind: 'text', lines: [['See /deals', { text: 'how /help helps', foreign: true }]] }],
      actions: [{ kind: 'command', label: 'More', command: '/latest page:2' }],
    } as const;
    expect(message(given)).toEqual({
      ...given,
      title: 'Ask /borderwire latest',
      plain: 'Ask /borderwire latest',
      blocks: [{ kind: 'text', lines: [['See /borderwire deals', { text: 'how /help helps', foreign: true }]] }],
    });
    expect(message({ ...given, foreign: 'Ask /latest' })).toMatchObject({ title: 'Ask /latest', plain: 'Ask /latest' });
  });
});
