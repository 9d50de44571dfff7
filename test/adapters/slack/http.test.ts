import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackAdapter } from '../../../src/adapters/slack/adapter.ts';
import type { CommandRunner } from '../../../src/core/command.ts';
import type { ChatAdapter } from '../../../src/core/delivery.ts';
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
import { type Differing, openWay, post, signed, type Way } from '../../fakes/slack/ways.ts';
import { noRunner, optionsFor, realRunner, until } from './opened.ts';

function formOf(payload: Readonly<Record<string, string>>): string {
  return new URLSearchParams(payload).toString();
}

describe('HTTP mode', () => {
  let slack: FakeSlack;
  let adapter: ChatAdapter;
  let way: Way;
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
    way = await openWay(slack, 'http');
    adapter = createSlackAdapter(optionsFor(slack, { runner, ...way.options }));
    await adapter.start();
  });
  afterEach(async () => {
    await adapter.stop();
    await slack.close();
    await way.close();
  });

  const send = async (body: string, how: Differing = {}) => (await post(way.base, body, how)).status;

  it('answers a signed command', async () => {
    expect(await send(formOf(slashCommand(slack, '/timeline', 'serbia')))).toBe(200);
    await until(() => slack.responses.shown.length === 1);
    expect(lines).toEqual(['timeline serbia']);
    expect(slack.responses.shown[0]).toMatchObject({ ephemeral: true });
  });

  it('answers a signed button and a signed event', async () => {
    const press = buttonPress(slack, { action_id: 'command:0', value: '/deals' });
    expect(await send(formOf({ payload: JSON.stringify(press) }))).toBe(200);
    expect(await send(JSON.stringify(homeOpened(slack)), { type: 'application/json' })).toBe(200);
    await until(() => slack.homes.has('U1') && slack.responses.shown.length === 1);
    expect([...lines].sort()).toEqual(['/deals', 'help', 'sources']);
  });

  it('does once a request that comes again while it is fresh', async () => {
    const body = formOf(slashCommand(slack, '/timeline', 'serbia'));
    expect([await send(body), await send(body)]).toEqual([200, 200]);
    await until(() => slack.responses.shown.length === 1);
    expect(lines).toEqual(['timeline serbia']);
  });

  it.each<[string, number, Differing, string?]>([
    ['replayed after six minutes', 401, { age: 360 }],
    ['of a time to come', 401, { age: -360 }],
    ['forged with another secret', 401, { key: 'guessed' }],
    ['without a signature', 401, { headers: { 'x-slack-signature': '' } }],
    ['with a signature of no known kind', 401, { headers: { 'x-slack-signature': 'v1=00' } }],
    ['without a time', 401, { headers: { 'x-slack-request-timestamp': '' } }],
    ['at a time that is none', 401, { headers: { 'x-slack-request-timestamp': 'now' } }],
    ['of another time than was signed', 401, { headers: { 'x-slack-request-timestamp': `${Date.now() / 1000 - 60}` } }],
    ['that says it only looks at the certificate', 200, { key: 'guessed' }, 'ssl_check=1&command=%2Ftimeline&text=x'],
    ['that holds no object', 400, { type: 'application/json' }, 'null'],
    ['whose payload is no object', 400, {}, 'payload=null'],
    ['that is no JSON', 400, { type: 'application/json' }, '{'],
    ['that holds nothing Slack would send', 200, { type: 'application/json' }, '{"a":1}'],
    ['of five megabytes', 413, {}, `text=${'x'.repeat(5_000_000)}`],
    ['that only asks', 404, { method: 'GET' }],
    ['to put', 404, { method: 'PUT' }],
  ])('does nothing for a request %s', async (_how, status, how, body) => {
    const command = formOf(slashCommand(slack, '/timeline', 'serbia'));
    expect(await send(body ?? command, how)).toBe(status);
    // It lives, and did nothing before this.
    expect(await send(formOf(slashCommand(slack, '/timeline', 'last')))).toBe(200);
    await until(() => lines.length > 0);
    expect(lines).toEqual(['timeline last']);
  });

  it('refuses a body that was changed, and what comes elsewhere', async () => {
    const body = formOf(slashCommand(slack, '/timeline'));
    const headers = signed(body);
    const at = (path: string, text: string) => fetch(`${way.base}${path}`, { method: 'POST', headers, body: text });
    expect((await at('/slack/events', `${body}&text=more`)).status).toBe(401);
    for (const path of ['/', '/slack', '/slack/events/', '/slack/elsewhere', '//slack/events'])
      expect([path, (await at(path, body)).status]).toEqual([path, 404]);
    expect(lines).toEqual([]);
  });

  it.each(['application/x-www-form-urlencoded;charset=UTF-8', 'Application/X-WWW-Form-Urlencoded; charset=utf-8'])(
    'answers a form that calls itself %s',
    async (type) => {
      expect(await send(formOf(slashCommand(slack, '/timeline', 'serbia')), { type })).toBe(200);
      await until(() => lines.length > 0);
    },
  );

  it('tells Slack that the address is right, when that is signed', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c1', token: 't' });
    const asked = (how: Differing) => post(way.base, body, { type: 'application/json', ...how });
    expect(await asked({})).toEqual({ status: 200, text: '{"challenge":"c1"}' });
    expect(await asked({ key: 'guessed' })).toEqual({ status: 401, text: '' });
  });

  it('answers while others send a byte now and then, and while they break off', async () => {
    const { hostname, port } = new URL(way.base);
    const slow = Array.from({ length: 100 }, (_, at) => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.write(`POST /slack/events HTTP/1.1\r\nhost: x\r\n${at % 2 ? 'content-length: 900\r\n\r\ntext=' : ''}`);
      return socket;
    });
    for (const socket of slow.slice(0, 20)) socket.destroy();
    expect(await send(formOf(slashCommand(slack, '/timeline', 'serbia')))).toBe(200);
    await until(() => slack.responses.shown.length === 1);
    for (const socket of slow) socket.destroy();
  });

  it('acknowledges a burst of commands in time', async () => {
    const bodies = Array.from({ length: 50 }, (_, at) => formOf(slashCommand(slack, '/timeline', `${at}`)));
    const statuses = await Promise.all(bodies.map((body) => send(body)));
    expect(statuses.every((status) => status === 200)).toBe(true);
    await until(() => slack.responses.shown.length === 50);
    expect(new Set(lines).size).toBe(50);
  });
});

describe('HTTP mode with every command', () => {
  let real: Awaited<ReturnType<typeof realRunner>>;
  let slack: FakeSlack;
  let adapter: ChatAdapter;
  let way: Way;
  beforeEach(async () => {
    real = await realRunner();
    slack = await startFakeSlack();
    way = await openWay(slack, 'http');
    adapter = createSlackAdapter(optionsFor(slack, { runner: real.runner, ...way.options }));
    await adapter.start();
  });
  afterEach(async () => {
    await adapter.stop();
    await way.close();
    await slack.close();
    await real.close();
  });
  const interact = async (payload: Readonly<Record<string, unknown>>) =>
    JSON.stringify(await way.send('interactive', payload));
  const opens = async (payload: Readonly<Record<string, unknown>>) => {
    const before = slack.modals.length;
    await interact(payload);
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
    expect(found).toContain('"value":"MM"');
    const laos = { 'option:country': { country: { type: 'external_select', selected_option: { value: 'LA' } } } };
    const answered = await interact(formSubmission(slack, 'form:ban-status', laos));
    expect(answered).toMatch(/"response_action":"update".*Laos/);
    const channel = { channel: { channel: { type: 'conversations_select', selected_conversation: 'C7' } } };
    const wrong = { ...channel, 'option:quiet': { quiet: { type: 'plain_text_input', value: 'whenever' } } };
    expect(await interact(formSubmission(slack, 'form:subscribe', wrong))).toMatch(/errors.*whenever/);
    expect(await interact(formSubmission(slack, 'form:subscribe', channel))).toContain('Subscribed');
    expect(slack.messages).toMatchObject([{ channel: 'C7' }]);
    await until(() => slack.homes.has('U1'));
    expect([slack.sockets.violations, slack.calls.flatMap((call) => call.violations)]).toEqual([[], []]);
  });

  it('looks up what another message says', async () => {
    const message = { text: 'Suspension of entry from Laos extended', ts: '1.1' };
    await interact(shortcut(slack, 'borderwire_look_up', message));
    await until(() => slack.responses.shown.length === 1);
    expect(slack.responses.refused).toEqual([]);
  });

  it('takes a burst of everything', async () => {
    const names = real.runner.commands.map((command) => command.name);
    const sent = Array.from({ length: 120 }, (_, at) => {
      const text = `${names[at % names.length]} ${['', 'laos', 'serbia since 2025'][at % 3]}`;
      return way.send('slash_commands', slashCommand(slack, '/borderwire', text));
    });
    await Promise.all(sent);
    // Without words, a report opens a form instead.
    await until(() => slack.responses.shown.length + slack.modals.length === 120);
    expect([slack.sockets.violations, slack.responses.refused]).toEqual([[], []]);
  });
});
