import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDispatcher } from '../../../src/commands/dispatch.ts';
import { createCommands, definitions } from '../../../src/commands/index.ts';
import type { CommandRunner } from '../../../src/core/command.ts';
import type { ChatAdapter } from '../../../src/core/delivery.ts';
import type { Store } from '../../../src/core/ports.ts';
import type { ReviewDesk } from '../../../src/core/review.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { leasedRow } from '../../contract/adapter.ts';
import { draftOf, fijiRow } from '../../contract/store-ledger.ts';
import type { FakeDiscord } from '../../fakes/discord/server.ts';
import { channelData, ids, speaking, viewing } from '../../fakes/discord/world.ts';
import { testServices } from '../../fakes/services.ts';
import { type Answer, askingAt, commandData, pressed, settledAnswer } from './asking.ts';
import { openDiscord, shippedPhrases } from './open.ts';

let fake: FakeDiscord;
let adapter: ChatAdapter;
let store: Store;
let runner: CommandRunner;
let desk: ReviewDesk;
beforeAll(async () => {
  const made = await testServices();
  store = made.store;
  desk = made.services.review;
  runner = createDispatcher(createCommands(made.services), silentLog, shippedPhrases);
  ({ fake, adapter } = await openDiscord(
    { runner, operators: [ids.manager], meta: store.meta },
    { channelLimit: 1_000 },
  ));
  await adapter.start();
});
afterAll(async () => {
  await adapter.stop();
  await fake.close();
  await store.close();
});

const { slash, fill, press, choose, choicesFor } = askingAt(() => fake);

const asForm = (answer: unknown) => answer as { type: number; custom_id: string; title: string };

describe('commands on Discord', () => {
  for (const who of ['manager', 'member'] as const) {
    it.each([
      ['en-US', 'Report an error'],
      ['es-419', 'Avisar de un error'],
    ])(`/report without words opens a form for a ${who} in %s`, async (locale, title) => {
      const data = { id: '980000000000000001', name: 'report', type: 1, options: [] };
      const asked = fake.ask(2, { data }, { as: who, locale });
      expect(asForm(await asked.answered)).toMatchObject({ type: 9, title, custom_id: 'f:/report' });
    });

    it(`takes a report that a ${who} wrote into the form of an answer’s button`, async () => {
      const asked = fake.ask(3, pressed('c:/report answer-to:"ban-status LA"'), { as: who });
      const form = asForm(await asked.answered);
      expect([asked.acknowledgedAfter === null, form.custom_id]).toEqual([
        false,
        'f:/report answer-to:"ban-status LA"',
      ]);
      const words = 'It says "partial",\nsince: June. country:chad';
      const { title, description } = await fill(form.custom_id, { 'what-is-wrong': words }, { as: who });
      expect([title, description]).toEqual(['Report an error', expect.stringContaining('Thank you')]);
      const reports = await store.ledger.openReports(100);
      expect(reports.at(-1)).toMatchObject({
        about: 'ban-status LA',
        words: "It says 'partial',\nsince: June. country:chad",
      });
    });
  }

  it('completes the last of several countries', async () => {
    const choices = await choicesFor('subscribe', 'country', 'Laos, rwan');
    expect(choices[0]).toMatchObject({
      name: expect.stringMatching(/^Laos, .*Rwanda/),
      value: expect.stringMatching(/^Laos, /),
    });
  });

  it('refuses members what is for managers, and says so', async () => {
    for (const name of ['subscribe', 'unsubscribe']) {
      const { description } = await slash(name, {}, { as: 'member' });
      expect(description).toContain('manage this channel');
    }
  });

  it('checks a list of choices, where Discord cannot', async () => {
    const { description } = await slash('subscribe', { topic: 'football' });
    expect(description).toContain('topic cannot be “football”');
  });

  it('shares an answer with all when a person asks for it', async () => {
    const { buttons } = await slash('ban-status', { country: 'laos' }, { locale: 'fr' });
    const share = buttons.find(({ custom_id: id }) => id?.startsWith('s:'));
    expect(share?.label).toBe('Partager ici');
    const shared = await press(share?.custom_id ?? '', { as: 'member' });
    expect([shared.title.includes('Laos'), shared.ephemeral]).toEqual([true, false]);
  });

  it('offers to share only what changes nothing when it is asked again', async () => {
    const shared = [];
    for (const { name } of definitions) {
      const { buttons } = await slash(name, name === 'report' ? { 'what-is-wrong': 'x' } : {});
      if (buttons.some(({ custom_id: id }) => id?.startsWith('s:'))) shared.push(name);
    }
    expect(shared).not.toContain('report');
    expect(
      shared.filter((name) => ['review', 'sources', 'subscribe', 'subscriptions', 'unsubscribe'].includes(name)),
    ).toEqual([]);
    expect(shared).toContain('latest');
  });

  it('asks which country is meant, and answers the button in private', async () => {
    const { buttons } = await slash('ban-status', { country: 'congo' });
    const [first] = buttons;
    const answer = await press(first?.custom_id ?? '');
    expect([answer.title.includes('Congo'), answer.ephemeral]).toEqual([true, true]);
  });

  it('answers everybody when many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => slash('help')));
    expect(answers.every(({ title }) => title === 'Borderwire')).toBe(true);
  });

  it('runs what is chosen from a list', async () => {
    const answer = await choose('/ban-status LA', { as: 'member', locale: 'es-ES' });
    expect([answer.title.includes('Laos'), answer.ephemeral]).toEqual([true, true]);
  });

  it('answers a button whose command is gone, in words', async () => {
    expect((await press('c:/no-such-command')).description).toContain('There is no command');
  });
});

describe('reviewing on Discord', () => {
  it.each([
    ['Approve', 'approved', 'FJ'],
    ['Reject', 'rejected', 'PE'],
  ])('an operator presses %s, writes why in a form, and it is kept', async (label, state, country) => {
    const row = { ...fijiRow, id: `proclamation-11111/${country}/2027-03-15`, country };
    const [id = ''] = await desk.propose([draftOf(row)]);
    const list = await slash('review');
    const proposal = await press(
      list.buttons.find(({ custom_id: each }) => each?.includes(id.slice(-8)))?.custom_id ?? '',
    );
    const button = proposal.buttons.find((each) => each.label === label)?.custom_id ?? '';
    // A member who has the button's id gets no form and changes nothing.
    expect((await press(button, { as: 'member' })).description).toContain('for this installation’s operators');
    const form = asForm(await fake.ask(3, pressed(button)).answered);
    const words = 'Read in the "Federal Register", page 1: approve:all';
    const refused = await fill(form.custom_id, { reason: words }, { as: 'member' });
    expect([refused.description.includes('operators'), (await desk.proposal(id))?.state]).toEqual([true, 'waiting']);
    const answer = await fill(form.custom_id, { reason: words });
    expect(answer.description).toContain(`1 of 1 ${state}`);
    const kept = await desk.proposal(id);
    expect(kept).toMatchObject({ state, decidedBy: `discord:${ids.manager}`, reason: words.replaceAll('"', "'") });
    expect(kept?.decidedAt).toMatch(/^20/);
    const changed = (await store.ledger.changes()).filter((change) => change.proposal === id);
    expect(changed).toHaveLength(state === 'approved' ? 1 : 0);
  });
});

describe('subscribing on Discord', () => {
  const channelIn = (id: string) => ({ platform: 'discord' as const, workspace: ids.guild, id });
  const resolved = (id: string, type: number, mine: string, botMay: string) => ({
    channels: { [id]: { ...channelData(id, type), permissions: mine, app_permissions: botMay } },
  });
  const managing = (BigInt(speaking) | (1n << 4n)).toString();

  it('posts a test in the channel, once, mentioning nobody', async () => {
    const before = fake.messages.all.length;
    const { title } = await slash('subscribe', { country: 'rwanda' });
    const [test] = fake.messages.all.slice(before).filter(({ nonce }) => nonce !== null);
    expect(title).toBe('Subscribed');
    expect(test?.body).toMatchObject({
      embeds: [{ title: 'Borderwire is set up here' }],
      allowed_mentions: { parse: [] },
    });
    expect(await store.subscriptions.forChannel(channelIn(ids.text))).toHaveLength(await countOf(ids.text));
  });

  it('looks at what the gateway told where the command does not tell what the bot may do', async () => {
    const data = commandData('subscribe', { country: 'togo' });
    const asked = fake.ask(2, { data, app_permissions: undefined });
    expect((await settledAnswer(asked)).title).toBe('Subscribed');
    const closed = fake.ask(2, { data, app_permissions: undefined }, { channel: ids.closed });
    expect((await settledAnswer(closed)).description).toContain('Missing: Send Messages.');
  });

  const countOf = async (id: string) => (await store.subscriptions.forChannel(channelIn(id))).length;

  it('follows in the channel that was chosen', async () => {
    await slash('subscribe', { country: 'laos', channel: ids.news }, {}, resolved(ids.news, 5, managing, speaking));
    expect(await countOf(ids.news)).toBe(1);
  });

  it('says which permission it lacks there, and follows nothing', async () => {
    const { description } = await slash(
      'subscribe',
      { country: 'laos', channel: ids.closed },
      { locale: 'pt-BR' },
      resolved(ids.closed, 0, managing, viewing),
    );
    expect(description).toContain('Falta: Send Messages, Embed Links');
    expect(await countOf(ids.closed)).toBe(0);
    expect((await slash('subscribe', {}, { botMay: viewing })).description).toContain('Send Messages');
  });

  it('lets nobody set up a channel that they do not manage, though they manage this one', async () => {
    const made = await openDiscord({ runner }, { channelLimit: 1_000 });
    await made.adapter.start();
    const data = {
      id: '980000000000000001',
      name: 'subscribe',
      type: 1,
      options: [{ name: 'channel', type: 7, value: ids.closed }],
      resolved: resolved(ids.closed, 0, speaking, speaking),
    };
    const { description } = await settledAnswer(made.fake.ask(2, { data }, { as: 'manager' }));
    expect([description.includes('manage this channel'), await countOf(ids.closed)]).toEqual([true, 0]);
    await made.adapter.stop();
    await made.fake.close();
  });

  it('asks in a form when it is wanted, and follows what was chosen there', async () => {
    const asked = { name: 'subscribe', type: 1, options: [{ name: 'form', type: 5, value: true }] };
    for (const ask of [
      fake.ask(2, { data: { id: '980000000000000001', ...asked } }, { locale: 'fr' }),
      fake.ask(3, pressed('f:subscribe'), { locale: 'fr' }),
    ]) {
      expect(await ask.answered).toMatchObject({
        type: 9,
        custom_id: 'f:subscribe',
        title: 'Suivre les nouveautés',
        components: [
          { label: 'Salon', component: { type: 8 } },
          { label: 'Pays', component: { type: 4 } },
          { label: 'Thèmes', component: { type: 3 } },
          { label: 'Certitude minimale', component: { type: 3 } },
          { label: 'À quelle fréquence', component: { type: 3 } },
        ],
      });
    }
    const before = await countOf(ids.news);
    const given = {
      channel: [ids.news],
      country: 'Rwanda, Chad',
      topic: ['court', 'travel-ban'],
      certainty: ['confirmed'],
      digest: [],
    };
    const { title } = await fill('f:subscribe', given, { locale: 'fr' }, resolved(ids.news, 5, managing, speaking));
    expect([title, await countOf(ids.news)]).toEqual(['Abonné', before + 1]);
    // The channel's id alone, without what the channel is.
    const here = await countOf(ids.text);
    expect((await fill('f:subscribe', { channel: [ids.text], country: 'Chad', certainty: ['official'] })).title).toBe(
      'Subscribed',
    );
    expect(await countOf(ids.text)).toBe(here + 1);
    const [made] = (await store.subscriptions.forChannel(channelIn(ids.news))).filter(
      ({ countries }) => countries.length === 2,
    );
    expect(made).toMatchObject({
      countries: ['RW', 'TD'],
      topics: ['travel-ban', 'court'],
      minimumCertainty: 'confirmed',
    });
  });

  it('lets no member follow by a form, nor where the bot may not speak', async () => {
    const given = { channel: [ids.closed] };
    const before = await countOf(ids.closed);
    const asMember = await fill('f:subscribe', given, { as: 'member' }, resolved(ids.closed, 0, speaking, speaking));
    const unable = await fill('f:subscribe', given, {}, resolved(ids.closed, 0, managing, viewing));
    expect([asMember.title, unable.description.includes('Send Messages'), await countOf(ids.closed)]).toEqual([
      'That did not work',
      true,
      before,
    ]);
  });

  it('offers the form in the help of those who manage the channel', async () => {
    const opens = (answer: Answer) => answer.buttons.some(({ custom_id: id }) => id === 'f:subscribe');
    expect([opens(await slash('help')), opens(await slash('help', {}, { as: 'member' }))]).toEqual([true, false]);
  });

  it('sets up a forum with a post of its own, and publishes from an announcement channel on request', async () => {
    await slash('subscribe', { country: 'fiji', channel: ids.forum }, {}, resolved(ids.forum, 15, managing, speaking));
    expect(fake.messages.posts.at(-1)).toMatchObject({ forum: ids.forum, name: 'Borderwire is set up here' });
    const { description } = await slash(
      'subscribe',
      { country: 'fiji', channel: ids.news, publish: true },
      {},
      resolved(ids.news, 5, managing, speaking),
    );
    expect(description).toContain('published to the servers that follow');
    const row = leasedRow(adapter, 'published', { channel: channelIn(ids.news) });
    await adapter.send(row);
    expect(fake.messages.all.filter(({ crossposted }) => crossposted)).toHaveLength(1);
    await slash(
      'subscribe',
      { country: 'niue', channel: ids.news, publish: false },
      {},
      resolved(ids.news, 5, managing, speaking),
    );
    await adapter.send({ ...row, id: 'not published' });
    expect(fake.messages.all.filter(({ crossposted }) => crossposted)).toHaveLength(1);
  });

  it('publishes later what Discord does not publish at once, as past ten an hour', async () => {
    await slash(
      'subscribe',
      { country: 'mali', channel: ids.news, publish: true },
      {},
      resolved(ids.news, 5, managing, speaking),
    );
    const published = () => fake.messages.all.filter(({ crossposted }) => crossposted).length;
    const before = published();
    fake.faults.push({ on: `POST /channels/${ids.news}/messages/`, how: 'limit', when: 'before', retryAfter: 0.3 });
    await adapter.send(leasedRow(adapter, 'the eleventh', { channel: channelIn(ids.news) }));
    expect(published()).toBe(before);
    await expect.poll(published, { timeout: 10_000 }).toBe(before + 1);
  });

  it('says so when the test cannot be posted', async () => {
    fake.messages.refusing.set(ids.news, { status: 403, code: 50013, message: 'Missing Permissions' });
    const { description } = await slash(
      'subscribe',
      { country: 'chad', channel: ids.news },
      {},
      resolved(ids.news, 5, managing, speaking),
    );
    fake.messages.refusing.delete(ids.news);
    expect(description).toContain('could not post a test there \\(Missing Permissions\\)');
  });
});

it('made no request that Discord would refuse', () => {
  expect(fake.problems).toEqual([]);
});
