import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSlackAdapter } from '../../../src/adapters/slack/adapter.ts';
import { createDispatcher } from '../../../src/commands/dispatch.ts';
import { createCommands } from '../../../src/commands/index.ts';
import type { Store } from '../../../src/core/ports.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { leasedRow } from '../../contract/adapter.ts';
import { testServices } from '../../fakes/services.ts';
import { buttonPress, formSubmission, slashCommand } from '../../fakes/slack/payloads.ts';
import { startFakeSlack } from '../../fakes/slack/server.ts';
import type { EnvelopeType } from '../../fakes/slack/sockets.ts';
import { type Opened, openAdapter, optionsFor, until } from './opened.ts';

let opened: Opened;
let store: Store;
/** Time that goes on only between what is done, so that nothing is late and nothing too soon. */
let time = Date.parse('2026-03-02T12:00:00.000Z');
beforeAll(async () => {
  const made = await testServices();
  store = made.store;
  const runner = createDispatcher(createCommands(made.services), silentLog);
  opened = await openAdapter({ runner }, () => time);
});
beforeEach(() => {
  time += 5_000;
});
afterAll(async () => {
  await opened.close();
  await store.close();
});

const omit = (data: object, ...names: string[]) =>
  Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)));
const slash = (text = '') => slashCommand(opened.slack, '/borderwire', text);
const press = (value: string) => buttonPress(opened.slack, { action_id: 'command:0', value });
const ids = ['team_id', 'team_domain', 'trigger_id', 'user_name', 'channel_name', 'token', 'api_app_id'];

describe('a server that is only like Slack, and an organisation’s own installation', () => {
  it.each<[string, EnvelopeType, () => object, shown: string]>([
    ['a command without ids', 'slash_commands', () => omit(slash('ban-status laos'), ...ids), 'Laos'],
    ['a command without text', 'slash_commands', () => omit(slash(), 'text'), 'Borderwire'],
    ['a command without a person', 'slash_commands', () => omit(slash('deals'), 'user_id'), 'Third-country removals'],
    [
      'a command without a channel',
      'slash_commands',
      () => omit(slash('subscriptions'), 'channel_id'),
      'which channel',
    ],
    [
      'a button without its kind',
      'interactive',
      () => ({ ...press(''), actions: [{ action_id: 'command:0', value: 'help' }] }),
      'Borderwire',
    ],
    ['a button without a person', 'interactive', () => omit(press('deals'), 'user'), 'Third-country removals'],
    [
      'a button whose container names the channel',
      'interactive',
      () => omit(press('subscriptions'), 'channel'),
      'follows nothing',
    ],
    [
      'a button of no team',
      'interactive',
      () => ({ ...press('deals'), team: null, user: { id: 'U1' }, enterprise: { id: 'E1' } }),
      'Third-country removals',
    ],
  ])('is answered: %s', async (_what, type, payload, words) => {
    const { responses, sockets } = opened.slack;
    const before = responses.shown.length;
    const envelope = sockets.deliver(type, { ...payload() });
    await until(() => responses.shown.length > before);
    expect([envelope.state, responses.shown.at(-1)?.text]).toEqual(['acknowledged', expect.stringContaining(words)]);
  });

  it('is answered in the channel where it names no place to answer', async () => {
    const { whispers, sockets } = opened.slack;
    sockets.deliver('slash_commands', omit(slash('ban-status laos'), 'response_url'));
    await until(() => whispers.length === 1);
    expect(whispers[0]).toEqual({ user: 'U1', text: expect.stringContaining('Laos') });
  });

  it('follows in the workspace that the token is for, whatever names it, or nothing', async () => {
    const { slack } = opened;
    const state = { channel: { channel: { selected_conversation: 'C9' } } };
    const follow = () => ({ ...slash('subscribe'), channel_id: 'C9' });
    const done = async (count: number) => {
      const at = { platform: 'slack', workspace: 'T1', id: 'C9' } as const;
      await expect.poll(async () => (await store.subscriptions.forChannel(at)).length).toBe(count);
      time += 5_000;
    };
    slack.sockets.deliver('slash_commands', {
      ...follow(),
      team_id: null,
      enterprise_id: 'E1',
      is_enterprise_install: 'true',
    });
    await done(1);
    slack.sockets.deliver('slash_commands', { ...omit(follow(), 'team_id'), text: 'subscribe laos' });
    await done(2);
    const form = {
      ...formSubmission(slack, 'form:subscribe', {
        ...state,
        'option:country': { country: { selected_options: [{ value: 'TD' }] } },
      }),
    };
    slack.sockets.deliver('interactive', { ...form, team: null, user: { id: 'U1' } });
    await done(3);
  });

  it.each([{}, { ok: false }])('that answers a post with %j leaves open whether it arrived', async (body) => {
    const slack = await startFakeSlack(() => time, {
      alter: (method, said) => (method === 'chat.postMessage' ? body : said),
    });
    const adapter = createSlackAdapter(optionsFor(slack));
    await adapter.start();
    expect(await adapter.send(leasedRow(adapter, 'r1'))).toEqual({ kind: 'unknown', reason: 'internal_error' });
    await adapter.stop();
    await slack.close();
  });
});
