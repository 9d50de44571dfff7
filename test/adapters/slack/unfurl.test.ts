import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pageOf } from '../../../src/adapters/slack/unfurl.ts';
import { eventOf, shortcut } from '../../fakes/slack/payloads.ts';
import { type Opened, openWithCommands, until } from './opened.ts';

const own = 'https://bw.example.org/site/';

describe('pageOf', () => {
  it.each([
    ['https://bw.example.org/site/ban-status/laos', { command: 'ban-status', value: 'laos' }],
    [
      'https://bw.example.org/site/timeline/c%C3%B4te%20d%27ivoire/?x=1#y',
      { command: 'timeline', value: "côte d'ivoire" },
    ],
    ['https://bw.example.org/site/story/01ABC', { command: 'story', value: '01ABC' }],
    ['https://bw.example.org/site/subscribe/laos', null],
    ['https://bw.example.org/site/ban-status', null],
    ['https://bw.example.org/site/ban-status/laos/more', null],
    ['https://bw.example.org/ban-status/laos', null],
    ['https://bw.example.org.evil.example/site/ban-status/laos', null],
    ['http://bw.example.org/site/ban-status/laos', null],
    ['https://bw.example.org/site/ban-status/%E0%A4%A', null],
    ['https://bw.example.org/site/toString/x', null],
    ['no address', null],
  ])('%s', (link, page) => {
    expect(pageOf(link, own)).toEqual(page);
  });
});

describe('links and shortcuts', () => {
  let opened: Opened;
  beforeEach(async () => {
    opened = await openWithCommands({ publicUrl: own });
    opened.slack.scopes.add('links:write');
  });
  afterEach(async () => {
    await opened.close();
  });

  const shared = (...urls: string[]) =>
    eventOf(opened.slack, {
      type: 'link_shared',
      channel: 'C1',
      message_ts: '1.1',
      user: 'U1',
      links: urls.map((url) => ({ url, domain: new URL(url).hostname })),
    });

  it('of our own are shown, and no others', async () => {
    const link = `${own}ban-status/laos`;
    opened.slack.sockets.deliver('events_api', shared('https://evil.example/x', link, `${own}ban-status/congo`));
    await until(() => opened.slack.unfurls.length === 1);
    const [unfurled] = opened.slack.unfurls;
    expect(Object.keys(Object(unfurled))).toEqual([link]);
    expect(JSON.stringify(unfurled)).toMatch(/Laos/);
    expect(JSON.stringify(unfurled)).not.toContain('"actions"');
    expect(opened.slack.calls.flatMap((call) => call.violations)).toEqual([]);
  });

  it('that are all foreign make no call', async () => {
    const before = opened.slack.calls.length;
    const envelope = opened.slack.sockets.deliver('events_api', shared('https://evil.example/ban-status/laos'));
    await until(() => envelope.state === 'acknowledged');
    expect(opened.slack.calls.slice(before).filter((call) => call.method === 'chat.unfurl')).toEqual([]);
  });

  it.each([
    [{ text: 'x', blocks: [{ type: 'actions', elements: [{ value: '/story none-such' }] }] }, /none-such/],
    [{ text: 'A <https://e.example|travel ban> on Laos was announced <!channel>' }, /travel|found|nothing/i],
    [{ text: '' }, /\w/],
  ])('look up what a message is about: %j', async (message, expected) => {
    const about = { type: 'message', ts: '1.1', ...message };
    opened.slack.sockets.deliver('interactive', shortcut(opened.slack, 'borderwire_look_up', about));
    await until(() => opened.slack.responses.shown.length === 1);
    expect(opened.slack.responses.shown[0]).toMatchObject({ ephemeral: true, text: expect.stringMatching(expected) });
  });
});
