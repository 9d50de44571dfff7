import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackAdapter } from '../../../src/adapters/slack/adapter.ts';
import { ConfigError } from '../../../src/core/errors.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { contractOfAdapter } from '../../contract/adapter.ts';
import { message } from '../../fakes/samples.ts';
import { requireSpecifications } from '../../fakes/slack/reference.ts';
import { startFakeSlack } from '../../fakes/slack/server.ts';
import type { SlackFault } from '../../fakes/slack/state.ts';
import { hastyTime, type Opened, openAdapter, optionsFor, until } from './opened.ts';

requireSpecifications('arguments of Slack’s methods', process.env);

contractOfAdapter('slack', async () => {
  const slack = await startFakeSlack(hastyTime());
  slack.scopes.add('channels:history');
  return {
    adapter: createSlackAdapter(optionsFor(slack)),
    seen: () => Promise.resolve(slack.messages.map((one) => one.text.split('\n')[0] ?? '')),
    close: () => slack.close(),
  };
});

describe('the Slack adapter sends', () => {
  let opened: Opened;
  beforeEach(async () => {
    opened = await openAdapter({ timeoutMs: 300 }, hastyTime());
  });
  afterEach(() => opened.close());

  it('a post with text, blocks, its id in the metadata, and no unfurling', async () => {
    expect((await opened.adapter.send(opened.row('r1'))).kind).toBe('sent');
    expect(opened.slack.messages[0]?.args).toMatchObject({
      channel: 'c1',
      text: expect.stringContaining('Title of r1'),
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: 'borderwire_delivery', event_payload: { id: 'r1' } },
    });
    expect(opened.slack.calls.flatMap((call) => call.violations)).toEqual([]);
  });

  it('an answer in the thread that is not told to the channel', async () => {
    const post = await opened.adapter.send(opened.row('r1'));
    const replyTo = post.kind === 'sent' ? post.messageId : '';
    await opened.adapter.send(opened.row('r2', { action: 'thread', replyTo }));
    expect(opened.slack.messages[1]).toMatchObject({ threadTs: replyTo, args: { reply_broadcast: false } });
  });

  it('an edit in the place of what stood there', async () => {
    const post = await opened.adapter.send(opened.row('r1'));
    const replyTo = post.kind === 'sent' ? post.messageId : '';
    const edit = await opened.adapter.send(opened.row('r2', { action: 'edit', replyTo }));
    expect(edit).toEqual({ kind: 'sent', messageId: replyTo });
    expect(opened.slack.messages).toHaveLength(1);
    expect(opened.slack.messages[0]).toMatchObject({
      edits: 1,
      text: expect.stringContaining('Title of r2'),
      args: { parse: 'none' },
    });
  });

  it('plain text where Slack refused the blocks before', async () => {
    const post = await opened.adapter.send(opened.row('r1', { rejectedBefore: true }));
    const replyTo = post.kind === 'sent' ? post.messageId : '';
    expect(opened.slack.messages).toMatchObject([{ text: expect.stringContaining('Title of r1'), blocks: [] }]);
    await opened.adapter.send(opened.row('r2', { rejectedBefore: true, action: 'edit', replyTo }));
    expect(opened.slack.messages).toMatchObject([{ text: expect.stringContaining('Title of r2'), blocks: [] }]);
  });

  it('the whole story where the post to answer is gone', async () => {
    const row = opened.row('r1', { action: 'thread', replyTo: '1.1', standalone: message('The whole story') });
    expect((await opened.adapter.send(row)).kind).toBe('sent');
    expect(opened.slack.messages).toMatchObject([{ text: expect.stringContaining('The whole story'), threadTs: null }]);
  });

  it('nothing where the post to edit was deleted: it needs no mending', async () => {
    const edit = opened.row('r1', { action: 'edit', replyTo: '1.1', standalone: message('The whole story') });
    expect(await opened.adapter.send(edit)).toEqual({ kind: 'sent', messageId: '1.1' });
    expect(opened.slack.messages).toEqual([]);
  });

  const faults: readonly [SlackFault, string][] = [
    [{ kind: 'status', status: 500 }, 'unknown'],
    [{ kind: 'hang' }, 'unknown'],
    [{ kind: 'drop' }, 'unknown'],
    [{ kind: 'error', error: 'fatal_error' }, 'unknown'],
    [{ kind: 'error', error: 'internal_error' }, 'unknown'],
    [{ kind: 'error', error: 'service_unavailable' }, 'transient'],
  ];

  it.each(faults.flatMap(([fault, kind]) => [false, true].map((stored) => ({ fault, kind, stored }))))(
    'and takes $fault, stored: $stored, as $kind, without asking twice',
    async ({ fault, kind, stored }) => {
      opened.slack.faults.push({ fault, stored });
      expect((await opened.adapter.send(opened.row('r1'))).kind).toBe(kind);
      expect(opened.slack.messages).toHaveLength(stored ? 1 : 0);
      expect(opened.slack.calls.filter((call) => call.method === 'chat.postMessage')).toHaveLength(1);
    },
  );

  it.each([
    ['not_in_channel', 'forbidden'],
    ['is_archived', 'forbidden'],
    ['restricted_action', 'forbidden'],
    ['channel_not_found', 'gone'],
    ['account_inactive', 'gone'],
  ])('and takes %s as %s', async (error, kind) => {
    opened.slack.refusals.set('c1', error);
    expect(await opened.adapter.send(opened.row('r1'))).toEqual({ kind, reason: expect.stringContaining(error) });
  });

  it('and knows that nothing was sent when nobody listens', async () => {
    await opened.slack.close();
    // The first may still go over a connection that is only now found closed.
    await opened.adapter.send(opened.row('r1'));
    expect((await opened.adapter.send(opened.row('r2'))).kind).toBe('transient');
  });
});

describe('the Slack adapter', () => {
  it('says when a channel may be posted to again', async () => {
    const opened = await openAdapter({}, () => Date.parse('2026-03-02T12:00:00.000Z'));
    await opened.adapter.send(opened.row('r1'));
    expect(await opened.adapter.send(opened.row('r2'))).toEqual({
      kind: 'rate-limited',
      retryAt: '2026-03-02T12:00:01.000Z',
      scope: 'channel',
    });
    await opened.close();
  });

  it.each([
    [{ botToken: 'xoxb-wrong' }, 'SLACK_BOT_TOKEN'],
    [{ appToken: 'xapp-wrong' }, 'SLACK_APP_TOKEN'],
  ])('refuses to start with %j', async (wrong, setting) => {
    const slack = await startFakeSlack();
    const adapter = createSlackAdapter(optionsFor(slack, wrong));
    const error: unknown = await adapter.start().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ setting, message: expect.stringMatching(/invalid_auth/) });
    await adapter.stop();
    await slack.close();
  });

  it.each(['auth.test', 'apps.connections.open'])('starts although Slack is upset at first: %s', async (method) => {
    const slack = await startFakeSlack();
    slack.startFaults.push({ method, fault: { kind: 'status', status: 503 }, stored: false });
    slack.startFaults.push({ method, fault: { kind: 'drop' }, stored: false });
    const adapter = createSlackAdapter(optionsFor(slack));
    await adapter.start();
    expect(slack.startFaults).toEqual([]);
    expect(slack.sockets.opened()).toBe(1);
    await adapter.stop();
    await slack.close();
  });

  it('blames the network, not the token, when nobody answers, and tries on until it is stopped', async () => {
    const slack = await startFakeSlack();
    await slack.close();
    const warned: object[] = [];
    const log = { ...silentLog, warn: (fields: object) => void ('err' in fields && warned.push(fields)) };
    const adapter = createSlackAdapter(optionsFor(slack, { log }));
    const started = adapter.start().catch((error: unknown) => error);
    await until(() => warned.length >= 2);
    const err = { message: expect.stringMatching(/could not be reached.*SLACK_API_URL/) };
    expect(warned[0]).toMatchObject({ err: expect.objectContaining(err) });
    await adapter.stop();
    expect(await started).not.toBeInstanceOf(ConfigError);
  });

  it.each(['ratelimited', 'internal_error', 'service_unavailable'])(
    'waits when Slack answers “%s” at the start: the token is not to blame',
    async (error) => {
      const slack = await startFakeSlack();
      for (const method of ['auth.test', 'apps.connections.open'])
        slack.startFaults.push({ method, stored: false, fault: { kind: 'error', error } });
      const adapter = createSlackAdapter(optionsFor(slack));
      await adapter.start();
      expect(slack.sockets.opened()).toBe(1);
      await adapter.stop();
      await slack.close();
    },
  );

  it('needs an app token or a signing secret', async () => {
    const slack = await startFakeSlack();
    const { appToken: _none, ...options } = optionsFor(slack);
    expect(() => createSlackAdapter(options)).toThrow(/SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET/);
    await slack.close();
  });

  it.each(['', '/', '//'])('takes the API’s address ending in “%s”', async (ending) => {
    const slack = await startFakeSlack();
    const adapter = createSlackAdapter(optionsFor(slack, { apiUrl: `${slack.apiUrl}${ending}` }));
    await adapter.start();
    expect(slack.calls.at(-1)).toMatchObject({ method: 'apps.connections.open', ok: true });
    await adapter.stop();
    await slack.close();
  });

  it('connects again after a refresh and after a cut, and stops within eight seconds', async () => {
    const opened = await openAdapter();
    const { sockets } = opened.slack;
    await until(() => sockets.connections() === 1);
    sockets.refresh();
    await until(() => sockets.opened() === 2 && sockets.connections() === 1);
    sockets.cut();
    await until(() => sockets.opened() === 3 && sockets.connections() === 1);
    const began = Date.now();
    await opened.adapter.stop();
    expect(Date.now() - began).toBeLessThan(8000);
    await until(() => sockets.connections() === 0);
    await opened.slack.close();
  });

  it('outlives a time in which Slack refuses to connect it again', async () => {
    const opened = await openAdapter();
    const { slack } = opened;
    const right = slack.appToken;
    slack.appToken = 'xapp-another';
    slack.sockets.cut();
    await until(() => slack.calls.some((call) => call.method === 'apps.connections.open' && !call.ok));
    slack.appToken = right;
    await until(() => slack.sockets.connections() === 1);
    expect((await opened.adapter.send(opened.row('r1'))).kind).toBe('sent');
    await opened.close();
  });
});
