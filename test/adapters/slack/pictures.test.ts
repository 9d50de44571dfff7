import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../src/core/message.ts';
import { message } from '../../fakes/samples.ts';
import { slashCommand } from '../../fakes/slack/payloads.ts';
import { hastyTime, noRunner, type Opened, openAdapter, until } from './opened.ts';

const picture = {
  png: new Uint8Array([137, 80, 78, 71, 1, 2, 3]),
  name: 'map.png',
  alt: 'A map of 19 countries <!channel>.',
};
const withPicture: Message = { ...message('With a map'), picture };
const reply = { message: withPicture, data: null, private: true, exitCode: 0 } as const;

describe('a picture on Slack', () => {
  let opened: Opened;
  beforeEach(async () => {
    const runner = { ...noRunner, line: () => Promise.resolve(reply) };
    opened = await openAdapter({ runner, timeoutMs: 3000 }, hastyTime());
  });
  afterEach(() => opened.close());

  const send = (id: string, more: object = {}) =>
    opened.adapter.send(opened.row(id, { message: withPicture, ...more }));
  const shown = () => JSON.stringify(opened.slack.messages.at(-1)?.blocks);
  const uploads = () => opened.slack.calls.filter((call) => call.method === 'files.getUploadURLExternal').length;

  it('is uploaded and shown, with words for those who do not see it', async () => {
    opened.slack.scopes.add('files:write');
    expect((await send('r1')).kind).toBe('sent');
    expect(opened.slack.messages[0]?.blocks).toContainEqual({
      type: 'image',
      slack_file: { id: 'F1' },
      alt_text: 'A map of 19 countries <!channel>.',
    });
    expect(opened.slack.messages[0]?.text).toContain('Picture: A map of 19 countries &lt;!channel&gt;.');
    expect(opened.slack.files.get('F1')).toEqual({
      name: 'map.png',
      length: 7,
      channel: null,
      bytes: 7,
      alt: 'A map of 19 countries <!channel>.',
      state: 'complete',
    });
    expect(opened.slack.calls.flatMap((call) => call.violations)).toEqual([]);
  });

  it('that goes to many channels is uploaded once', async () => {
    opened.slack.scopes.add('files:write');
    for (const id of ['c1', 'c2', 'c3']) await send(id, { channel: { platform: 'slack', workspace: 'T1', id } });
    expect(opened.slack.messages).toHaveLength(3);
    expect(uploads()).toBe(1);
  });

  it('is told in words where the scope was not granted, which is asked for once', async () => {
    expect((await send('r1')).kind).toBe('sent');
    expect((await send('r2')).kind).toBe('sent');
    expect(shown()).toMatch(/Picture: A map of 19 countries/);
    expect(shown()).not.toContain('slack_file');
    expect(uploads()).toBe(1);
  });

  it.each([
    ['files.getUploadURLExternal', { kind: 'status', status: 500 }],
    ['files.getUploadURLExternal', { kind: 'error', error: 'file_uploads_disabled' }],
    ['upload', { kind: 'status', status: 500 }],
    ['upload', { kind: 'drop' }],
    ['files.completeUploadExternal', { kind: 'hang' }],
  ] as const)('is told in words when %s meets %j, and the message still goes out once', async (method, fault) => {
    opened.slack.scopes.add('files:write');
    opened.slack.startFaults.push({ method, fault, stored: false });
    expect((await send('r1')).kind).toBe('sent');
    expect(opened.slack.messages).toHaveLength(1);
    expect(shown()).toMatch(/Picture: A map/);
    expect((await send('r2')).kind).toBe('sent');
    expect(shown()).toContain('slack_file');
  });

  it('that Slack does not show is told in words, then and from then on', async () => {
    opened.slack.scopes.add('files:write');
    await send('r1');
    const file = opened.slack.files.get('F1');
    if (file) file.state = 'broken';
    expect((await send('r2')).kind).toBe('sent');
    expect(shown()).toMatch(/Picture: A map/);
    const calls = opened.slack.calls.length;
    expect((await send('r3')).kind).toBe('sent');
    expect(opened.slack.calls.length).toBe(calls + 1);
  });

  it('stays when its message is edited', async () => {
    opened.slack.scopes.add('files:write');
    const first = await send('r1');
    await send('r2', { action: 'edit', replyTo: first.kind === 'sent' ? first.messageId : '' });
    expect(opened.slack.messages).toMatchObject([{ edits: 1 }]);
    expect(shown()).toContain('slack_file');
    expect(uploads()).toBe(1);
  });

  it('stands in an answer too', async () => {
    opened.slack.scopes.add('files:write');
    opened.slack.sockets.deliver('slash_commands', slashCommand(opened.slack, '/ban-status'));
    await until(() => opened.slack.responses.shown.length === 1);
    expect(JSON.stringify(opened.slack.responses.shown[0]?.blocks)).toContain('slack_file');
  });
});
