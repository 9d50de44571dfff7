import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { subscribe } from '../fakes/crash/ordeal.ts';
import { compare, owedIn, unfinishedIn } from '../fakes/crash/outcome.ts';
import { install, makeDue, startProgram } from '../fakes/crash/program.ts';
import { development, noise } from '../fakes/crash/publisher.ts';
import { openServers } from '../fakes/crash/servers.ts';
import { readLog } from '../fakes/crash/shown.ts';

const developments = 6;

beforeAll(() => {
  if (!existsSync('dist/main.js')) throw new Error('Run npm run build first: these tests start the built program.');
});

describe('two built programs on one SQLite database', () => {
  it('say nothing twice, and the second says that there is another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'borderwire-two-'));
    const servers = await openServers({}, () => Math.random);
    servers.faulty = false;
    try {
      const place = install(folder, servers.feeds);
      const env = { ...servers.env, DISCORD_API_URL: servers.discord.apiUrl, SLACK_API_URL: servers.slack.apiUrl };
      for (const feed of servers.feeds.keys()) servers.publisher?.publish(feed, noise(feed));
      expect(await startProgram(place, 'poll', () => {}, env).ended).toBe(0);
      await subscribe(place, servers);
      const said = ['', ''];
      const running = said.map((_, at) =>
        startProgram(place, 'run', (text) => void (said[at] += text), { ...env, LOG_LEVEL: 'silent' }),
      );
      const owed = developments * (servers.discord.channels.length + servers.slack.channels.length);
      for (let n = 0; n < developments; n++) {
        servers.publisher?.publish(n % servers.feeds.length, development(n));
        makeDue(place);
        await sleep(500);
      }
      const end = Date.now() + 150_000;
      const done = () => owedIn(place.database).length >= owed && unfinishedIn(place.database) === 0;
      while (Date.now() < end && !(done() && said.every((text) => text.includes('is ready')))) {
        makeDue(place);
        await sleep(500);
      }
      for (const one of running) one.process.kill('SIGTERM');
      await Promise.all(running.map((one) => one.ended));
      const shown = { discord: await readLog(servers.discord.apiUrl), slack: await readLog(servers.slack.apiUrl) };
      const all = owedIn(place.database);
      expect({ owed: all.length, ...compare(all, shown) }).toEqual({ owed, lost: [], twice: [] });
      expect(said.filter((text) => text.includes('Another process makes stories on this database'))).toHaveLength(1);
    } finally {
      await servers.close();
      await rm(folder, { recursive: true });
    }
  }, 240_000);
});
