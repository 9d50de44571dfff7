import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackAdapter } from '../../../src/adapters/slack/adapter.ts';
import type { CommandRunner } from '../../../src/core/command.ts';
import type { ChatAdapter } from '../../../src/core/delivery.ts';
import { ConfigError } from '../../../src/core/errors.ts';
import {
  buttonPress,
  formSubmission,
  homeOpened,
  pressInView,
  shortcut,
  slashCommand,
  suggestion,
} from '../../fakes/slack/payloads.ts';
import { type FakeSlack, startFakeSlack } from '../../fakes/slack/server.ts';
import { freePort, noRunner, optionsFor, realRunner, until } from './opened.ts';

const secret = 'a secret that signs';
const formType = 'application/x-www-form-urlencoded';

/** Posts as Slack does; `age` in seconds. Answers Slack's view of it. */
async function request(port: number, body: string, { age = 0, key = secret, type = formType } = {}) {
  const timestamp = String(Math.floor(Date.now() / 1000) - age);
  const signature = `v0=${createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const headers = {
    'content-type': type,
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature,
    connection: 'close',
  };
  const response = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

function formOf(payload: Readonly<Record<string, string>>): string {
  return new URLSearchParams(payload).toString();
}

describe('HTTP mode', () => {
  let slack: FakeSlack;
  let adapter: ChatAdapter;
  let port: number;
  let lines: string[];
  beforeEach(async () => {
    lines = [];
    const runner: CommandRunner = {
      ...noRunner,
      line: (line) => {
        lines.push(line);
        return Promise.resolve({
          message: { title: 'Answer', plain: 'Answer', blocks: [] },
          data: null,
          private: true,
          exitCode: 0,
        });
      },
    };
    slack = await startFakeSlack();
    port = await freePort();
    const { appToken: _none, ...options } = optionsFor(slack, { runner, signingSecret: secret, port });
    adapter = createSlackAdapter(options);
    await adapter.start();
  });
  afterEach(async () => {
    await adapter.stop();
    await slack.close();
  });

  const post = async (body: string, how: Parameters<typeof request>[2] = {}) => (await request(port, body, how)).status;

  it('answers a signed command', async () => {
    expect(await post(formOf(slashCommand(slack, '/timeline', 'serbia')))).toBe(200);
    await until(() => slack.responses.shown.length === 1);
    expect(lines).toEqual(['timeline serbia']);
    expect(slack.responses.shown[0]).toMatchObject({ ephemeral: true });
  });

  it('answers a signed button and a signed event', async () => {
    const press = buttonPress(slack, { action_id: 'command:0', value: '/deals' });
    expect(await post(formOf({ payload: JSON.stringify(press) }))).toBe(200);
    expect(await post(JSON.stringify(homeOpened(slack)), { type: 'application/json' })).toBe(200);
    await until(() => slack.homes.has('U1') && slack.responses.shown.length === 1);
    expect([...lines].sort()).toEqual(['/deals', 'help', 'sources']);
  });

  it('does once a request that comes again while it is fresh', async () => {
    const body = formOf(slashCommand(slack, '/timeline', 'serbia'));
    expect([await post(body), await post(body)]).toEqual([200, 200]);
    await until(() => slack.responses.shown.length === 1);
    expect(lines).toEqual(['timeline serbia']);
  });

  it.each([
    ['replayed after ten minutes', { age: 600 }],
    ['forged with another secret', { key: 'guessed' }],
  ])('refuses a request %s', async (_how, how) => {
    expect(await post(formOf(slashCommand(slack, '/timeline')), how)).toBe(401);
    expect(lines).toEqual([]);
  });

  it('refuses a request without a signature, or whose body was changed', async () => {
    const address = `http://127.0.0.1:${port}/slack/events`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded', connection: 'close' };
    const body = formOf(slashCommand(slack, '/timeline'));
    expect((await fetch(address, { method: 'POST', headers, body })).status).toBe(401);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
    const signed = { ...headers, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature };
    expect((await fetch(address, { method: 'POST', headers: signed, body: `${body}&text=more` })).status).toBe(401);
    expect(lines).toEqual([]);
  });

  it('names the port when it is taken', async () => {
    const { appToken: _none, ...options } = optionsFor(slack, { signingSecret: secret, port });
    const second = createSlackAdapter(options);
    const error: unknown = await second.start().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ setting: 'HTTP_PORT' });
    await second.stop();
  });

  it('acknowledges a burst of commands in time', async () => {
    const bodies = Array.from({ length: 50 }, (_, at) => formOf(slashCommand(slack, '/timeline', `${at}`)));
    const statuses = await Promise.all(bodies.map((body) => post(body)));
    expect(statuses.every((status) => status === 200)).toBe(true);
    await until(() => slack.responses.shown.length === 50);
    expect(new Set(lines).size).toBe(50);
  });
});

describe('HTTP mode with every command', () => {
  let real: Awaited<ReturnType<typeof realRunner>>;
  let slack: FakeSlack;
  let adapter: ChatAdapter;
  let port: number;
  beforeEach(async () => {
    real = await realRunner();
    slack = await startFakeSlack();
    port = await freePort();
    const { appToken: _none, ...options } = optionsFor(slack, { runner: real.runner, signingSecret: secret, port });
    adapter = createSlackAdapter(options);
    await adapter.start();
  });
  afterEach(async () => {
    await adapter.stop();
    await slack.close();
    await real.close();
  });
  const interact = (payload: object) => request(port, formOf({ payload: JSON.stringify(payload) }));
  const opens = async (payload: object) => {
    const before = slack.modals.length;
    expect((await interact(payload)).status).toBe(200);
    await until(() => slack.modals.length > before);
    return JSON.stringify(slack.modals.at(-1));
  };

  it('opens forms by shortcut, word and button, completes them, and answers in their place', async () => {
    expect(await opens(shortcut(slack, 'borderwire_ask'))).toContain('form:ban-status');
    expect(await opens(shortcut(slack, 'borderwire_follow'))).toContain('form:subscribe');
    const action = { action_id: 'form:timeline', value: 'timeline' };
    expect(await opens(buttonPress(slack, action))).toContain('form:timeline');
    expect(await opens(pressInView(slack, action, { id: 'VH', type: 'home' }))).toContain('form:timeline');
    const found = await interact(suggestion(slack, 'form:timeline', 'option:country', 'burm'));
    expect(found.text).toContain('"value":"MM"');
    const laos = { 'option:country': { country: { type: 'external_select', selected_option: { value: 'LA' } } } };
    const answered = await interact(formSubmission(slack, 'form:ban-status', laos));
    expect(answered.text).toMatch(/"response_action":"update".*Laos/);
    const channel = { channel: { channel: { type: 'conversations_select', selected_conversation: 'C7' } } };
    const wrong = { ...channel, 'option:quiet': { quiet: { type: 'plain_text_input', value: 'whenever' } } };
    expect((await interact(formSubmission(slack, 'form:subscribe', wrong))).text).toMatch(/errors.*whenever/);
    expect((await interact(formSubmission(slack, 'form:subscribe', channel))).text).toContain('Subscribed');
    expect(slack.messages).toMatchObject([{ channel: 'C7' }]);
    await until(() => slack.homes.has('U1'));
    expect(slack.calls.flatMap((call) => call.violations)).toEqual([]);
  });

  it('looks up what another message says', async () => {
    const message = { text: 'Suspension of entry from Laos extended', ts: '1.1' };
    expect((await interact(shortcut(slack, 'borderwire_look_up', message))).status).toBe(200);
    await until(() => slack.responses.shown.length === 1);
    expect(slack.responses.refused).toEqual([]);
  });

  it('takes a burst of everything', async () => {
    const names = real.runner.commands.map((command) => command.name);
    const sent = Array.from({ length: 120 }, (_, at) => {
      const text = `${names[at % names.length]} ${['', 'laos', 'serbia since 2025'][at % 3]}`;
      return request(port, formOf(slashCommand(slack, '/borderwire', text)));
    });
    expect(new Set((await Promise.all(sent)).map(({ status }) => status))).toEqual(new Set([200]));
    // Without words, a report opens a form instead.
    await until(() => slack.responses.shown.length + slack.modals.length === 120);
    expect(slack.responses.refused).toEqual([]);
  });
});
