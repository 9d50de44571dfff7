import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAskers, type Rights } from '../../../src/adapters/slack/asker.ts';
import { createGrants } from '../../../src/adapters/slack/grants.ts';
import { type Opened, openAdapter } from './opened.ts';

describe('who manages on Slack', () => {
  let opened: Opened;
  let time: number;
  beforeEach(async () => {
    time = Date.parse('2026-03-02T12:00:00.000Z');
    opened = await openAdapter({}, () => time);
    const { people } = opened.slack;
    people.set('UADMIN', { is_admin: true });
    people.set('UOWNER', { is_owner: true });
    people.set('UFULL', { locale: 'es-ES' });
    people.set('UGUEST', { is_restricted: true });
    people.set('UONE', { is_ultra_restricted: true });
  });
  afterEach(() => opened.close());

  function askers(rights: Partial<Rights> = {}) {
    const { slack } = opened;
    const client = new webApi.WebClient(slack.botToken, {
      slackApiUrl: `${slack.apiUrl}/`,
      retryConfig: { retries: 0 },
    });
    const now = () => time;
    const parts = {
      operators: ['UOP'],
      ...rights,
      client: () => Promise.resolve(client),
      grants: createGrants(now),
      now,
    };
    const askerOf = createAskers(parts);
    return async (user: string) => (await askerOf({ team: 'T1', channel: 'C1', user })).manager;
  }
  const lookups = () => opened.slack.calls.filter((call) => call.method === 'users.info').length;

  it.each([
    [['UADMIN', 'UOWNER', 'UFULL', 'UOP'], ['UGUEST', 'UONE'], {}],
    [['UADMIN', 'UOWNER', 'UMAN', 'UOP'], ['UFULL', 'UGUEST'], { managers: ['UMAN'] }],
    [['UGUEST'], ['UONE'], { managers: ['UGUEST'] }],
  ])('%s do and %s do not, with %j, where Slack tells', async (may, mayNot, rights) => {
    opened.slack.scopes.add('users:read');
    const manages = askers(rights);
    for (const user of may) expect([user, await manages(user)]).toEqual([user, true]);
    for (const user of mayNot) expect([user, await manages(user)]).toEqual([user, false]);
  });

  it('is everybody, or those whom the settings name, where Slack does not tell; it is asked once an hour', async () => {
    const everybody = askers();
    expect([await everybody('UGUEST'), await everybody('UFULL')]).toEqual([true, true]);
    expect(lookups()).toBe(1);
    const named = askers({ managers: ['UMAN'] });
    expect([await named('UADMIN'), await named('UMAN')]).toEqual([false, true]);
    opened.slack.scopes.add('users:read');
    time += 61 * 60_000;
    expect([await everybody('UGUEST'), await named('UADMIN')]).toEqual([false, true]);
  });

  it('is remembered for ten minutes, and found anew after', async () => {
    opened.slack.scopes.add('users:read');
    const manages = askers({ managers: ['UMAN'] });
    expect([await manages('UADMIN'), await manages('UADMIN')]).toEqual([true, true]);
    expect(lookups()).toBe(1);
    opened.slack.people.set('UADMIN', {});
    time += 11 * 60_000;
    expect(await manages('UADMIN')).toBe(false);
  });

  it('is not held against those of whom Slack says nothing now', async () => {
    opened.slack.scopes.add('users:read');
    opened.slack.startFaults.push({ method: 'users.info', fault: { kind: 'status', status: 500 }, stored: false });
    const manages = askers();
    expect(await manages('UGUEST')).toBe(true);
    expect(await manages('UGUEST')).toBe(false);
  });

  it('speaks the asker’s language where Slack tells it', async () => {
    opened.slack.scopes.add('users:read');
    const { slack } = opened;
    const client = new webApi.WebClient(slack.botToken, { slackApiUrl: `${slack.apiUrl}/` });
    const now = () => time;
    const askerOf = createAskers({
      operators: [],
      client: () => Promise.resolve(client),
      grants: createGrants(now),
      now,
    });
    expect(await askerOf({ team: 'T1', channel: 'C1', user: 'UFULL' })).toMatchObject({ locale: 'es-ES' });
    expect(await askerOf({ team: 'T1', channel: 'C1', user: 'UADMIN' })).toMatchObject({ locale: 'en' });
  });
});
