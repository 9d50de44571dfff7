import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blockSchema, schemaFile } from '../../../scripts/slack-blocks.ts';
import { messageBlockViolations, viewViolations } from './block-rules.ts';

const times = (count: number, one: object) => Array.from({ length: count }, () => one);

describe('the schema of Block Kit', () => {
  it('is what the installed @slack/types says, limits of its comments included', () => {
    expect(JSON.parse(readFileSync(schemaFile, 'utf8'))).toEqual(JSON.parse(blockSchema()));
  });

  const text = { type: 'plain_text', text: 'x' };
  const option = { text, value: 'v' };
  it.each([
    ['an input in a message', [{ type: 'input', label: text, element: { type: 'plain_text_input', action_id: 'a' } }]],
    ['101 options', [{ type: 'actions', elements: [{ type: 'static_select', options: times(101, option) }] }]],
    ['6 in an overflow', [{ type: 'actions', elements: [{ type: 'overflow', options: times(6, option) }] }]],
    ['alt_text of 2001', [{ type: 'image', image_url: 'https://e.org/a.png', alt_text: 'x'.repeat(2001) }]],
    ['11 context elements', [{ type: 'context', elements: times(11, text) }]],
    ['a block_id of 256', [{ type: 'divider', block_id: 'b'.repeat(256) }]],
    ['no array', { type: 'divider' }],
  ])('refuses %s', (_what, blocks) => {
    expect(messageBlockViolations(blocks)).not.toEqual([]);
  });

  it.each([
    ['101 blocks', { type: 'home', blocks: times(101, { type: 'divider' }) }],
    ['no blocks', { type: 'modal', title: text, blocks: [] }],
    ['a title of 25', { type: 'modal', title: { ...text, text: 'x'.repeat(25) }, blocks: [{ type: 'divider' }] }],
    ['an unknown property', { type: 'home', colour: 'red', blocks: [{ type: 'divider' }] }],
    ['another type', { type: 'page', blocks: [{ type: 'divider' }] }],
  ])('refuses a view with %s', (_what, view) => {
    expect(viewViolations(view)).not.toEqual([]);
  });
});
