import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consoleAsker } from '../../src/cli/app-session.ts';
import { BanStatusAnswer } from '../../src/core/answers/ban-status.ts';
import { askingAt, pressed } from '../adapters/discord/asking.ts';
import { until } from '../adapters/slack/opened.ts';
import { type BothChats, everything, item, openBothChats } from '../fakes/both-chats.ts';
import { ids } from '../fakes/discord/world.ts';
import { buttonPress, formSubmission } from '../fakes/slack/payloads.ts';

let both: BothChats;
const calm = item('https://www.whitehouse.gov/a/', 'Honoring a Day of Remembrance', '<p>A day to remember.</p>');
const published: string[] = [calm];

/** A proclamation's page on the White House's site, signed today, that suspends entry from some countries. */
function proclamation(name: string, countries: readonly string[], effective = 'January 15, 2030'): string {
  const sections = countries.map(
    (country, at) =>
      `<p>Sec. ${at + 1}. Suspension. The entry into the United States of nationals of ${country} as immigrants and nonimmigrants is hereby suspended.</p>`,
  );
  return item(
    `https://www.whitehouse.gov/presidential-actions/${name}/`,
    `Limiting the Entry of Nationals of ${countries.join(' and ')} to Protect the United States`,
    `<p>By the authority vested in me as President of the United States, including sections 212(f) and 215(a) of the Immigration and Nationality Act, I hereby proclaim as follows:</p>${sections.join('')}
<p>Sec. ${sections.length + 1}. Effective Date. This proclamation is effective at 12:01 a.m. eastern time on ${effective}.</p>`,
  );
}

beforeAll(async () => {
  both = await openBothChats({ wh: { kind: 'primary', publisher: 'White House' } });
  both.publish('wh', published);
  await both.round();
}, 120_000);
afterAll(() => both.close());

const { slash, press, fill } = askingAt(() => both.discord);
const channels = [...Object.keys(everything.discord), ...Object.keys(everything.slack)].toSorted();
const posts = (about: RegExp) => both.standing().filter(({ words, answer }) => !answer && about.test(words));
const channelsOf = (some: readonly { channel: string }[]) => some.map(({ channel }) => channel).toSorted();

async function sign(name: string, countries: readonly string[]): Promise<void> {
  published.unshift(proclamation(name, countries));
  both.publish('wh', published);
  await both.round();
}

async function proposalOf(code: string) {
  const [only, ...more] = (await both.app.services.review.waiting(99)).filter((one) => one.countries.includes(code));
  expect(more).toEqual([]);
  return { id: only?.id ?? '', short: only?.id.slice(-8) ?? '' };
}

async function banStatus(line: string) {
  return BanStatusAnswer.parse((await both.app.dispatcher.line(`/ban-status ${line}`, consoleAsker)).data);
}

/** Presses a button of a proposal on Discord and writes why. */
async function decideOnDiscord(short: string, button: 'approve' | 'reject', reason: string): Promise<string> {
  const form = await both.discord.ask(3, pressed(`c:/review ${button}:${short}`)).answered;
  const answer = await fill(String(Reflect.get(Object(form), 'custom_id')), { reason });
  return answer.description;
}

/** The same on Slack: the button opens a window, whose answer comes in its place. */
async function decideOnSlack(short: string, button: 'approve' | 'reject', reason: string, user = 'UOP') {
  const { slack } = both;
  const opened = slack.modals.length;
  const value = `/review ${button}:${short}`;
  const action = { action_id: 'command:0', value };
  const [shown] = [slack.responses.shown.length];
  slack.sockets.deliver('interactive', buttonPress(slack, action, user));
  await until(() => slack.modals.length > opened || slack.responses.shown.length > shown);
  if (slack.modals.length === opened) return JSON.stringify(slack.responses.shown.at(-1));
  const view = Object(slack.modals.at(-1)) as { callback_id: string; private_metadata: string };
  const values = { 'option:reason': { reason: { type: 'plain_text_input', value: reason } } };
  const sent = slack.sockets.deliver(
    'interactive',
    formSubmission(slack, view.callback_id, values, user, view.private_metadata),
  );
  await until(() => sent.state === 'acknowledged' && sent.response !== null);
  return JSON.stringify(sent.response);
}

describe.each([
  { on: 'Discord', country: 'Fiji', code: 'FJ', by: `discord:${ids.manager}`, decide: decideOnDiscord },
  { on: 'Slack', country: 'Peru', code: 'PE', by: 'slack:UOP', decide: decideOnSlack },
])('a proclamation that an operator approves on $on', ({ country, code, by, decide }) => {
  it('is under review for all until then, and then law of the record, told once to every channel', async () => {
    await sign(`entry-${code}`, [country]);
    const alerts = () => posts(new RegExp(country)).filter(({ words }) => !/now in the ledger/i.test(words));
    expect(channelsOf(alerts())).toEqual(channels);
    for (const { words } of alerts()) expect(words).toMatch(/under review/);
    const { id, short } = await proposalOf(code);
    const waiting = await banStatus(country);
    expect(waiting).toMatchObject({ tier: 'none', upcoming: [] });
    expect(waiting.reported).toContainEqual(expect.objectContaining({ underReview: true }));
    expect((await slash('ban-status', { country })).description).toBeDefined();
    expect(await both.onSlack(`ban-status ${country}`, 'U1')).toContain('under review');

    expect((await slash('review', {}, { as: 'member' })).description).toContain('operators');
    expect((await press(`c:/review approve:${short}`, { as: 'member' })).description).toContain('operators');
    expect(await both.onSlack(`review approve:${short} reason:mine`, 'U1')).toContain('operators');
    expect(await decideOnSlack(short, 'approve', 'mine', 'U1')).toContain('operators');
    expect((await both.app.services.review.proposal(id))?.state).toBe('waiting');

    const changesBefore = both.app.record.changes().length;
    const begun = new Date().toISOString();
    expect(await decide(short, 'approve', 'read on the page itself')).toMatch(/1 of 1 approved/);
    expect(await both.app.store.ledger.proposal(id)).toMatchObject({
      state: 'approved',
      decidedBy: by,
      reason: 'read on the page itself',
    });
    const changes = (await both.app.store.ledger.changes()).slice(changesBefore);
    expect(changes).toMatchObject([
      { kind: 'row', origin: 'review', baseline: false, by, reason: 'read on the page itself', proposal: id },
    ]);
    expect((changes[0]?.learnedAt ?? '') >= begun).toBe(true);
    expect(changes[0]?.entry?.value).toMatchObject({ country: code, tier: 'full', effective: '2030-01-15' });

    const after = await banStatus(country);
    expect(after.reported.filter((one) => one.underReview)).toEqual([]);
    expect(after.upcoming).toMatchObject([{ tier: 'full', from: '2030-01-15' }]);
    expect(await banStatus(`${country} on:2030-02-01`)).toMatchObject({ tier: 'full', since: '2030-01-15' });
    expect(await banStatus(`${country} on:2030-02-01 known:2026-01-01`)).toMatchObject({ tier: 'none' });
    const history = await both.onSlack(`ban-status ${country} history`, 'U1');
    expect(history).toMatch(/an operator approved .*read on the page itself/);
    expect(history).not.toContain('UOP');
    expect((await slash('ban-status', { country, on: '2030-02-01' }, { as: 'member' })).title).toContain(country);

    await both.round();
    const news = () =>
      both.standing().filter(({ words }) => /now in the ledger/i.test(words) && words.includes(country));
    expect(channelsOf(news())).toEqual(channels);
    for (const { words } of alerts()) expect(words).not.toMatch(/under review/);
    expect(channelsOf(alerts())).toEqual(channels);
    await both.round();
    expect([news().length, alerts().length]).toEqual([channels.length, channels.length]);
  }, 120_000);
});

describe('proposals that come to nothing', () => {
  it('a rejected one is kept with its reason, changes nothing, and the posts lose their mark', async () => {
    await sign('entry-two', ['Palau', 'Nauru']);
    const palau = await proposalOf('PW');
    const changesBefore = (await both.app.store.ledger.changes()).length;
    expect(await decideOnSlack(palau.short, 'reject', 'a draft that was never signed')).toMatch(/1 of 1 rejected/);
    expect(await both.app.store.ledger.changes()).toHaveLength(changesBefore);
    expect(await both.app.store.ledger.proposal(palau.id)).toMatchObject({
      state: 'rejected',
      decidedBy: 'slack:UOP',
      reason: 'a draft that was never signed',
    });
    expect(await banStatus('palau on:2030-02-01')).toMatchObject({ tier: 'none' });
    const told = both.standing().length;
    await both.round();
    expect(both.standing().length).toBe(told);
    // The other half still waits.
    expect(posts(/Palau/).every(({ words }) => words.includes('under review'))).toBe(true);
    const nauru = await proposalOf('NR');
    await decideOnDiscord(nauru.short, 'reject', 'the same draft');
    await both.round();
    expect(posts(/Palau/).map(({ words }) => words.includes('under review'))).toEqual(channels.map(() => false));
    expect(both.standing().length).toBe(told);
  }, 120_000);

  it('two operators on two platforms at once: one approves, the other is told so', async () => {
    await sign('entry-once', ['Samoa']);
    const { id, short } = await proposalOf('WS');
    const answers = await Promise.all([
      decideOnDiscord(short, 'approve', 'from Discord'),
      decideOnSlack(short, 'approve', 'from Slack'),
    ]);
    expect(answers.filter((words) => words.includes('1 of 1 approved'))).toHaveLength(1);
    expect(answers.filter((words) => words.includes('approved already'))).toHaveLength(1);
    expect((await both.app.store.ledger.changes()).filter(({ proposal }) => proposal === id)).toHaveLength(1);
    expect(await decideOnDiscord(short, 'reject', 'too late')).toContain('approved already');
    await both.round();
    const news = both.standing().filter(({ words }) => /now in the ledger/i.test(words) && words.includes('Samoa'));
    expect(channelsOf(news)).toEqual(channels);
  }, 120_000);

  it('one whose document was changed since is refused in words, and what it says now waits', async () => {
    await sign('entry-moved', ['Vanuatu']);
    const old = await proposalOf('VU');
    published.splice(0, 1, proclamation('entry-moved', ['Vanuatu'], 'March 1, 2030'));
    both.publish('wh', published);
    await both.round();
    const now = await proposalOf('VU');
    expect(now.id).not.toBe(old.id);
    expect(await decideOnDiscord(old.short, 'approve', 'late')).toMatch(/rejected already.*no longer says this/);
    expect(await decideOnSlack(now.short, 'approve', 'as it stands')).toMatch(/1 of 1 approved/);
    const after = await banStatus('vanuatu on:2030-04-01');
    expect(after).toMatchObject({ tier: 'full', since: '2030-03-01' });
  }, 120_000);

  it('one whose row is gone from the record is refused in words', async () => {
    const { review } = both.app.services;
    const [mark] = both.app.record.data().rows.filter((row) => row.country === 'LA' && row.ended === null);
    const draft = both.app.draftByHand(
      'end',
      {
        row: mark?.id ?? '',
        ended: '2030-05-01',
        by: 'Proclamation 12345',
        citation: '95 FR 1',
        url: 'https://www.federalregister.gov/d/12345',
        quote: 'The suspension for Laos ends.',
      },
      'console:console',
    );
    const [gone] = draft.change.marks;
    const marks = [{ ...gone, row: 'proclamation-10998/LA/1999-01-01' }];
    const [id = ''] = await review.propose([{ ...draft, fingerprint: 'x', change: { ...draft.change, marks } }]);
    expect(await decideOnDiscord(id.slice(-8), 'approve', 'why not')).toMatch(/no longer in the record. Reject it/);
    expect((await review.proposal(id))?.state).toBe('waiting');
    expect(await decideOnSlack(id.slice(-8), 'reject', 'its row is gone')).toContain('1 of 1 rejected');
  }, 60_000);
});
