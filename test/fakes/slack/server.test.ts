import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { requireSpecifications } from './reference.ts';
import { type FakeSlack, startFakeSlack } from './server.ts';

let time = 0;
let slack: FakeSlack;
beforeEach(async () => {
  time = Date.parse('2026-03-02T12:00:00.000Z');
  slack = await startFakeSlack(() => time);
});
afterEach(() => slack.close());

async function call(method: string, args: Readonly<Record<string, unknown>>, token = slack.botToken) {
  const form = Object.entries(args).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const response = await fetch(`${slack.apiUrl}/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(form),
  });
  const text = await response.text();
  return { status: response.status, retryAfter: response.headers.get('retry-after'), text };
}

async function respond(url: string, body: object) {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}

const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const button = (text: string, more: object = {}) => ({ type: 'button', text: plain(text), ...more });
const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

const allowed: readonly [string, readonly object[]][] = [
  ['50 blocks', many(50, () => section('x'))],
  ['a section of 3000', [section('x'.repeat(3000))]],
  ['a header of 150', [{ type: 'header', text: plain('x'.repeat(150)) }]],
  ['10 fields', [{ type: 'section', fields: many(10, () => mrkdwn('x')) }]],
  ['25 actions', [{ type: 'actions', elements: many(25, () => button('x')) }]],
  ['a button of 75', [{ type: 'actions', elements: [button('x'.repeat(75))] }]],
  ['an image', [{ type: 'image', image_url: 'https://example.org/a.png', alt_text: 'a map' }]],
];

const refused: readonly [string, readonly unknown[]][] = [
  ['51 blocks', many(51, () => section('x'))],
  ['a section of 3001', [section('x'.repeat(3001))]],
  ['an empty section', [section('')]],
  ['a header of 151', [{ type: 'header', text: plain('x'.repeat(151)) }]],
  ['a header in mrkdwn', [{ type: 'header', text: mrkdwn('x') }]],
  ['11 fields', [{ type: 'section', fields: many(11, () => mrkdwn('x')) }]],
  ['a field of 2001', [{ type: 'section', fields: [mrkdwn('x'.repeat(2001))] }]],
  ['26 actions', [{ type: 'actions', elements: many(26, () => button('x')) }]],
  ['no actions', [{ type: 'actions', elements: [] }]],
  ['a button of 76', [{ type: 'actions', elements: [button('x'.repeat(76))] }]],
  ['a button without words', [{ type: 'actions', elements: [button('')] }]],
  ['a value of 2001', [{ type: 'actions', elements: [button('x', { value: 'v'.repeat(2001) })] }]],
  ['an address of 3001', [{ type: 'actions', elements: [button('x', { url: `https://e.org/${'p'.repeat(2988)}` })] }]],
  ['an address that is none', [{ type: 'actions', elements: [button('x', { url: 'javascript:x' })] }]],
  ['an action_id twice', [{ type: 'actions', elements: many(2, () => button('x', { action_id: 'a' })) }]],
  ['an image without alt_text', [{ type: 'image', image_url: 'https://example.org/a.png' }]],
  ['an unknown property', [{ ...section('x'), colour: 'red' }]],
  ['an unknown block', [{ type: 'marquee' }]],
  ['a block_id twice', many(2, () => ({ ...section('x'), block_id: 'b' }))],
  ['13,300 characters in all', many(5, () => section('x'.repeat(2640)))],
];

const here = requireSpecifications('arguments of Slack’s methods', process.env);

describe('the fake Slack', () => {
  it.each(allowed)('takes %s', async (_what, blocks) => {
    expect((await call('chat.postMessage', { channel: 'C1', text: 'words', blocks })).text).toContain('"ok":true');
    expect(slack.messages).toHaveLength(1);
  });

  it.each(refused)('refuses %s', async (_what, blocks) => {
    const { text } = await call('chat.postMessage', { channel: 'C1', text: 'words', blocks });
    expect(text).toMatch(/"ok":false,"error":"(invalid_blocks|msg_blocks_too_long)"/);
    expect(slack.messages).toEqual([]);
  });

  it('refuses a message with blocks and no text', async () => {
    expect((await call('chat.postMessage', { channel: 'C1', blocks: [section('x')] })).text).toContain('no_text');
  });

  it.runIf(here).each([
    ['chat.postMessage', { channel: 'C1', text: 'x', colour: 'red' }, 'unknown argument colour'],
    ['chat.postMessage', { text: 'x' }, 'missing argument channel'],
    ['chat.update', { channel: 'C1', text: 'x' }, 'missing argument ts'],
    ['chat.postMassage', { channel: 'C1', text: 'x' }, 'unknown_method'],
    ['../../etc', {}, 'unknown_method'],
  ])('refuses %s with wrong arguments', async (method, args, words) => {
    const encoded = encodeURIComponent(method);
    expect((await call(encoded, args)).text).toContain(encoded === method ? words : 'unknown_method');
  });

  it('refuses a wrong token, and a bot token where an app token belongs', async () => {
    expect((await call('auth.test', {}, 'xoxb-wrong')).text).toContain('invalid_auth');
    expect((await call('apps.connections.open', {})).text).toContain('invalid_auth');
  });

  it('takes one message a second in a channel', async () => {
    const message = { channel: 'C1', text: 'x' };
    await call('chat.postMessage', message);
    time += 999;
    expect(await call('chat.postMessage', message)).toMatchObject({ status: 429, retryAfter: '1' });
    expect(await call('chat.postMessage', { ...message, channel: 'C2' })).toMatchObject({ status: 200 });
    time += 1;
    expect(await call('chat.postMessage', message)).toMatchObject({ status: 200 });
  });

  it('refuses to edit what is not there and to answer nothing', async () => {
    expect((await call('chat.update', { channel: 'C1', ts: '1.2', text: 'x' })).text).toContain('message_not_found');
    const answer = await call('chat.postMessage', { channel: 'C1', thread_ts: '1.2', text: 'x' });
    expect(answer.text).toContain('cannot_reply_to_message');
  });

  it('refuses a response_url’s sixth use', async () => {
    const url = slack.responseUrl();
    for (let use = 1; use <= 5; use++) expect((await respond(url, { text: 'x' })).status).toBe(200);
    expect(await respond(url, { text: 'x' })).toMatchObject({ status: 404, text: expect.stringContaining('used_url') });
    expect(slack.responses.shown).toHaveLength(5);
  });

  it('refuses a response_url after half an hour, and what has no text or an unknown property', async () => {
    const url = slack.responseUrl();
    expect((await respond(url, { blocks: [section('x')] })).status).toBe(400);
    expect((await respond(url, { text: 'x', colour: 'red' })).status).toBe(400);
    time += 30 * 60_000;
    expect((await respond(url, { text: 'x' })).status).toBe(200);
    time += 1;
    expect((await respond(url, { text: 'x' })).text).toContain('expired_url');
  });

  it('refuses a modal after three seconds, and one with an input and nothing to submit', async () => {
    const view = { type: 'modal', title: plain('Follow'), blocks: [section('x')] };
    const trigger_id = slack.trigger();
    const input = { type: 'input', label: plain('Word'), element: { type: 'plain_text_input' } };
    expect((await call('views.open', { trigger_id, view: { ...view, blocks: [input] } })).text).toContain('submit');
    expect((await call('views.open', { trigger_id, view })).text).toContain('"ok":true');
    expect((await call('views.open', { trigger_id, view })).text).toContain('exchanged_trigger_id');
    const late = slack.trigger();
    time += 3001;
    expect((await call('views.open', { trigger_id: late, view })).text).toContain('expired_trigger_id');
  });
});

describe('Socket Mode of the fake Slack', () => {
  async function connect(): Promise<{ socket: WebSocket; next: () => Promise<Record<string, unknown>> }> {
    const opened = await call('apps.connections.open', {}, slack.appToken);
    const socket = new WebSocket(String(Reflect.get(Object(JSON.parse(opened.text)), 'url')));
    const arrived: string[] = [];
    let wake: () => void = () => undefined;
    socket.on('message', (data: Buffer) => {
      arrived.push(data.toString('utf8'));
      wake();
    });
    const next = async (): Promise<Record<string, unknown>> => {
      while (arrived.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return { ...Object(JSON.parse(arrived.shift() ?? '')) };
    };
    expect(await next()).toMatchObject({ type: 'hello' });
    return { socket, next };
  }

  async function acknowledged(socket: WebSocket, id: unknown, settled: () => boolean): Promise<void> {
    socket.send(JSON.stringify({ envelope_id: id, payload: {} }));
    while (!settled())
      await new Promise<void>((resolve) => {
        setTimeout(resolve, 5);
      });
  }

  it('takes an acknowledgement within three seconds and refuses a late one', async () => {
    const { socket, next } = await connect();
    const inTime = slack.sockets.deliver('slash_commands', { command: '/x' });
    time += 3000;
    await acknowledged(socket, (await next())['envelope_id'], () => inTime.state !== 'waiting');
    const late = slack.sockets.deliver('slash_commands', { command: '/x' });
    time += 3001;
    await acknowledged(socket, (await next())['envelope_id'], () => late.state !== 'waiting');
    expect([inTime.state, late.state]).toEqual(['acknowledged', 'late']);
    expect(slack.sockets.violations).toEqual(['late acknowledgement of slash_commands']);
  });

  it('sends again with its count what nobody acknowledged, to the next connection too', async () => {
    const first = await connect();
    const envelope = slack.sockets.deliver('events_api', { event: {} });
    expect(await first.next()).not.toHaveProperty('retry_attempt');
    slack.sockets.redeliver(envelope);
    expect(await first.next()).toMatchObject({ envelope_id: envelope.id, retry_attempt: 1, retry_reason: 'timeout' });
    slack.sockets.refresh();
    expect(await first.next()).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
    first.socket.close();
    const second = await connect();
    expect(await second.next()).toMatchObject({ envelope_id: envelope.id, retry_attempt: 2 });
    second.socket.close();
  });

  it('takes a ticket once', async () => {
    const opened = await call('apps.connections.open', {}, slack.appToken);
    const url = String(Reflect.get(Object(JSON.parse(opened.text)), 'url'));
    const outcomes: string[] = [];
    for (const socket of [new WebSocket(url), new WebSocket(url)]) {
      outcomes.push(
        await new Promise<string>((resolve) => {
          socket.on('open', () => resolve('open')).on('error', () => resolve('refused'));
        }),
      );
    }
    expect(outcomes.sort()).toEqual(['open', 'refused']);
  });
});

describe('requireSpecifications', () => {
  it('fails in CI when they are missing, and is quiet elsewhere', () => {
    expect(() => requireSpecifications('a test', { CI: 'true' }, false)).toThrow(/CI may skip nothing/);
    expect(requireSpecifications('a test of this test', {}, false)).toBe(false);
    expect(requireSpecifications('a test', { CI: 'true' }, true)).toBe(true);
  });
});
