import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../../src/adapters/discord/adapter.ts';
import { setPublishes } from '../../../src/adapters/discord/channels.ts';
import { createDispatcher } from '../../../src/commands/dispatch.ts';
import { createCommands } from '../../../src/commands/index.ts';
import type { ChatAdapter } from '../../../src/core/delivery.ts';
import type { Store } from '../../../src/core/ports.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { leasedRow } from '../../contract/adapter.ts';
import type { FakeDiscord } from '../../fakes/discord/server.ts';
import { ids } from '../../fakes/discord/world.ts';
import { testServices } from '../../fakes/services.ts';
import { askingAt, pressed } from './asking.ts';
import { openDiscord, shippedPhrases } from './open.ts';

let fake: FakeDiscord;
let store: Store;
let running: ChatAdapter;
let restart: () => Promise<void>;
beforeAll(async () => {
  const made = await testServices();
  store = made.store;
  const newRunner = () => createDispatcher(createCommands(made.services), silentLog, shippedPhrases);
  const opened = await openDiscord(
    { runner: newRunner(), meta: store.meta, kept: store.kept },
    { channelLimit: 1_000 },
  );
  fake = opened.fake;
  running = opened.adapter;
  await running.start();
  /** The same database, and nothing else of before: another client, another session, other commands. */
  restart = async () => {
    await running.stop();
    running = createDiscordAdapter({ ...opened.options, runner: newRunner() });
    await running.start();
  };
});
afterAll(async () => {
  await running.stop();
  await fake.close();
  await store.close();
});

const { slash, press, choose, fill } = askingAt(() => fake);

describe('what was posted before the bot was restarted still works', () => {
  it('buttons under an answer, and the one that shares it', async () => {
    const { buttons } = await slash('ban-status', { country: 'laos' }, { as: 'member' });
    await restart();
    const [shared, timeline] = [buttons.find(({ label }) => label === 'Share here'), buttons[0]];
    expect(await press(shared?.custom_id ?? '', { as: 'member' })).toMatchObject({
      title: expect.stringContaining('Laos'),
      ephemeral: false,
    });
    expect(await press(timeline?.custom_id ?? '')).toMatchObject({
      title: expect.stringContaining('timeline'),
      ephemeral: true,
    });
  });

  it('buttons under the answer to a question that no button can carry', async () => {
    const words = `headline ${'and so on '.repeat(15)}`.trim();
    const { buttons, title } = await slash('search', { words }, { as: 'member' });
    const share = buttons.find(({ label }) => label === 'Share here')?.custom_id ?? '';
    expect(share).toMatch(/^s:#/);
    await restart();
    expect(await press(share, { as: 'member' })).toMatchObject({ title, ephemeral: false });
    expect(await press(`${share}x`, { locale: 'es-ES' })).toMatchObject({
      title: 'No ha funcionado',
      description: expect.stringContaining('Pregunta de nuevo'),
      ephemeral: true,
    });
  });

  it('posts of an announcement channel that wait to be published', async () => {
    await setPublishes(store.meta, ids.news, true);
    const published = () => fake.messages.all.filter(({ crossposted }) => crossposted).length;
    fake.faults.push({ on: `POST /channels/${ids.news}/messages/`, how: 'limit', when: 'before', retryAfter: 3_000 });
    await running.send(
      leasedRow(running, 'the eleventh', { channel: { platform: 'discord', workspace: ids.guild, id: ids.news } }),
    );
    expect([published(), (await store.kept.all('discord-publish')).length]).toEqual([0, 1]);
    await restart();
    await expect.poll(published, { timeout: 10_000 }).toBe(1);
    await expect.poll(() => store.kept.all('discord-publish')).toEqual([]);
    // Published already, as when the program ended before it heard so.
    const last = fake.messages.all.findLast(({ crossposted }) => crossposted);
    await store.kept.put('discord-publish', `${ids.news}/${last?.id}`, '');
    await restart();
    await expect.poll(() => store.kept.all('discord-publish')).toEqual([]);
  });

  it('lists to choose from', async () => {
    await restart();
    expect(await choose('/ban-status LA', { locale: 'fr' })).toMatchObject({ title: expect.stringContaining('Laos') });
  });

  it('a form that was open meanwhile, and the button that opens one', async () => {
    const channel = { platform: 'discord', workspace: ids.guild, id: ids.text } as const;
    const opening = () => fake.ask(3, pressed('f:subscribe')).answered;
    const before = await opening();
    await restart();
    const { title } = await fill('f:subscribe', { country: 'Chad' });
    expect([title, (await store.subscriptions.forChannel(channel)).length]).toEqual(['Subscribed', 1]);
    expect(await opening()).toEqual(before);
  });

  it('and the commands are not registered a second time', () => {
    expect(fake.registrations).toBe(1);
    expect(fake.problems).toEqual([]);
  });
});
