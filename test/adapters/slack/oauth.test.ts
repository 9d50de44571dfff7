import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackAdapter } from '../../../src/adapters/slack/adapter.ts';
import { createInstallations } from '../../../src/adapters/slack/installations.ts';
import { createSeal } from '../../../src/adapters/slack/seal.ts';
import type { ChatAdapter } from '../../../src/core/delivery.ts';
import type { Store } from '../../../src/core/ports.ts';
import { leasedRow } from '../../contract/adapter.ts';
import { testServices } from '../../fakes/services.ts';
import { eventOf, slashCommand } from '../../fakes/slack/payloads.ts';
import { type FakeSlack, startFakeSlack } from '../../fakes/slack/server.ts';
import { openWay, type Way } from '../../fakes/slack/ways.ts';
import { hastyTime, noRunner, optionsFor, until } from './opened.ts';

const reply = {
  message: { title: 'Answer', plain: 'Answer', blocks: [] },
  data: null,
  private: true,
  exitCode: 0,
} as const;

describe.each(['socket', 'http'] as const)('many workspaces, by %s', (mode) => {
  let slack: FakeSlack;
  let store: Store;
  let adapter: ChatAdapter;
  let way: Way;
  const back: string[] = [];

  beforeEach(async () => {
    back.length = 0;
    slack = await startFakeSlack(hastyTime());
    slack.tokens.clear();
    ({ store } = await testServices());
    way = await openWay(slack, mode);
    const seal = createSeal('k'.repeat(32));
    const { botToken: _none, ...options } = optionsFor(slack, {
      runner: { ...noRunner, line: () => Promise.resolve(reply) },
      ...way.options,
      places: {
        lost: ({ workspace }) => Promise.resolve(void back.push(`lost ${workspace}`)),
        back: ({ workspace }) => Promise.resolve(void back.push(`back ${workspace}`)),
        moved: () => Promise.resolve(),
      },
      oauth: {
        clientId: slack.client.id,
        clientSecret: slack.client.secret,
        stateSecret: seal.derive('state'),
        installations: createInstallations(store.installations, seal, () => new Date().toISOString()),
        scopes: ['commands', 'chat:write'],
        publicUrl: 'https://bw.example.org/',
      },
    });
    adapter = createSlackAdapter(options);
    await adapter.start();
  });
  afterEach(async () => {
    await adapter.stop();
    await slack.close();
    await store.close();
    await way.close();
  });

  async function begin() {
    const response = await fetch(`${way.base}/slack/install`);
    const html = await response.text();
    const link = new URL((/href="(http[^"]+)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&'));
    return { html, link, cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
  }
  async function redirect(query: Record<string, string>, cookie: string) {
    const address = `${way.base}/slack/oauth_redirect?${new URLSearchParams(query).toString()}`;
    const response = await fetch(address, { headers: { cookie } });
    return { status: response.status, html: await response.text() };
  }
  async function install(team: string): Promise<void> {
    slack.codes.set(`code-${team}`, team);
    const { link, cookie } = await begin();
    const state = link.searchParams.get('state') ?? '';
    expect((await redirect({ code: `code-${team}`, state }, cookie)).status).toBe(200);
  }
  const row = (id: string, workspace: string) =>
    leasedRow(adapter, id, { channel: { platform: 'slack', workspace, id: `C${id}` } });

  it('asks for the least at Slack, and leads back here', async () => {
    const { html, link } = await begin();
    expect(html).toMatch(/reads no messages.*not legal advice/);
    expect(link.pathname).toBe('/oauth/v2/authorize');
    expect(Object.fromEntries(link.searchParams)).toMatchObject({
      client_id: 'client',
      scope: 'commands,chat:write',
      redirect_uri: 'https://bw.example.org/slack/oauth_redirect',
      state: expect.stringMatching(/.{20}/),
    });
  });

  it('posts to each with its own token, which the database holds sealed', async () => {
    await install('TA');
    await install('TB');
    expect(back).toEqual(['back TA', 'back TB']);
    expect((await adapter.send(row('1', 'TA'))).kind).toBe('sent');
    expect((await adapter.send(row('2', 'TB'))).kind).toBe('sent');
    expect(slack.messages.map((one) => one.team)).toEqual(['TA', 'TB']);
    expect(await store.installations.get('slack', 'TA')).not.toContain('xoxb');
    expect(await adapter.send(row('3', 'TC'))).toMatchObject({ kind: 'forbidden', reason: /not installed/ });
    expect(await adapter.reachable?.()).toBe(true);
  });

  it.each(['forged', 'none', 'another browser', 'cancelled', 'stale code'])('stores nothing when: %s', async (what) => {
    const { link, cookie } = await begin();
    const state = link.searchParams.get('state') ?? '';
    slack.codes.set('code', 'TX');
    const query: Record<string, string> =
      what === 'cancelled'
        ? { error: 'access_denied', state }
        : {
            code: what === 'stale code' ? 'used' : 'code',
            ...(what === 'none' ? {} : { state: what === 'forged' ? `${state.slice(0, -3)}xyz` : state }),
          };
    const { status, html } = await redirect(query, what === 'another browser' ? '' : cookie);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(html).toMatch(/was not installed.*Nothing was stored/s);
    expect(await store.installations.names('slack')).toEqual([]);
  });

  it('answers in each, and forgets the token of one that removes the app', async () => {
    await install('TA');
    const command = { ...slashCommand(slack, '/borderwire', 'deals'), team_id: 'TA' };
    const gone = eventOf(slack, { type: 'app_uninstalled' }, 'TA');
    await way.send('slash_commands', command);
    await until(() => slack.responses.shown.length === 1);
    await way.send('events_api', gone);
    await until(() => back.includes('lost TA'));
    expect(await store.installations.names('slack')).toEqual([]);
    expect((await adapter.send(row('1', 'TA'))).kind).toBe('forbidden');
  });

  it('knows which of two workspaces it is about, in a channel that they share', async () => {
    await install('TA');
    await install('TB');
    back.length = 0;
    const archived = eventOf(slack, { type: 'channel_archive', channel: 'C1' }, 'TA');
    await way.send('events_api', { ...archived, team_id: 'TB' });
    await until(() => back.length > 0);
    expect(back).toEqual(['lost TA']);
  });

  it('answers 404 elsewhere, and lives on', async () => {
    for (const path of ['/', '/slack/elsewhere', '/../etc'])
      expect((await fetch(`${way.base}${path}`)).status).toBe(404);
    expect((await fetch(`${way.base}/slack/install`)).status).toBe(200);
  });
});
