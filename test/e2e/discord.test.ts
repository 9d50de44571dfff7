import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { install, makeDue, type Running, startProgram, stored } from '../fakes/crash/program.ts';
import { development, noise, openPublisher, type Publisher } from '../fakes/crash/publisher.ts';
import { type FakeDiscord, startFakeDiscord, token } from '../fakes/discord/server.ts';
import { hasDescription, loadDescription } from '../fakes/discord/spec.ts';
import { ids } from '../fakes/discord/world.ts';

const description = hasDescription() ? loadDescription() : null;
let folder = '';
let fake: FakeDiscord;
let publisher: Publisher;
let running: Running | null = null;

beforeAll(() => {
  if (!existsSync('dist/main.js')) throw new Error('Run npm run build first: these tests start the built program.');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'borderwire-discord-'));
  fake = await startFakeDiscord({ description, channelLimit: 1_000 });
  publisher = await openPublisher(1);
});
afterEach(async () => {
  running?.process.kill('SIGKILL');
  await running?.ended;
  await fake.close();
  await publisher.close();
  await rm(folder, { recursive: true, force: true });
});

const slash = (name: string, options: object[] = []) =>
  fake.ask(2, { data: { id: '980000000000000001', name, type: 1, options } }).answered;
const titles = () =>
  fake.messages.all.flatMap(({ nonce, body }) => {
    const [embed]: unknown[] = Array.isArray(body['embeds']) ? body['embeds'] : [];
    return nonce === null ? [] : [String(Reflect.get(Object(embed), 'title'))];
  });
const identified = () => fake.gateway.events.filter((event) => event === 'identify').length;
const within = { timeout: 60_000, interval: 200 };

describe('a newcomer with nothing but a Discord token', () => {
  it.each(['/'])(
    'connects, subscribes, and gets the first alert once, over a kill, with “%s” after the address',
    async (ending) => {
      const place = install(folder, publisher.urls);
      const start = () => {
        let output = '';
        const environment = { DISCORD_TOKEN: token, DISCORD_API_URL: `${fake.url}${ending}` };
        running = startProgram(place, 'run', (text) => void (output += text), environment);
        return () => output;
      };
      publisher.publish(0, noise(0));
      const said = start();
      await expect.poll(said, within).toContain('talking on Discord');
      expect([fake.registrations, identified()]).toEqual([1, 1]);
      await expect.poll(titles, within).toEqual(['Hello, this is Borderwire']);
      expect(JSON.stringify(await slash('subscribe'))).toContain('Subscribed');
      expect(titles()).toEqual(['Hello, this is Borderwire', 'Borderwire is set up here']);

      await expect.poll(() => stored(place).entryTitles.length, within).toBe(1);
      publisher.publish(0, development(1));
      makeDue(place);
      await expect.poll(() => titles().length, within).toBe(3);
      const [, , alert] = fake.messages.all.filter(({ nonce }) => nonce !== null);
      expect(alert).toMatchObject({ channel: ids.text, body: { allowed_mentions: { parse: [] } } });

      running?.process.kill('SIGKILL');
      await running?.ended;
      start();
      await expect.poll(identified, within).toBe(2);
      const [button] = /"custom_id":"(c:\/story [^"]+)"/.exec(JSON.stringify(alert?.body)) ?? [];
      expect(button).toBeDefined();
      const listed = await slash('latest');
      // With its map: the first picture of a process may come too late for its answer.
      await expect.poll(async () => JSON.stringify(await slash('ban-status')), within).toContain('attachment://');
      expect(JSON.stringify(listed)).toContain('/story ');
      expect([titles().length, fake.registrations, fake.problems]).toEqual([3, 1, []]);
    },
    180_000,
  );
});
