import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { subscribe } from '../fakes/crash/ordeal.ts';
import { compare, owedIn, unfinishedIn } from '../fakes/crash/outcome.ts';
import { install, startProgram } from '../fakes/crash/program.ts';
import { openServers } from '../fakes/crash/servers.ts';
import { readLog } from '../fakes/crash/shown.ts';
import { draft, message } from '../fakes/samples.ts';

const stories = 8;
/** What is promised is 8 s; the rest is for a machine that does much else. */
const longestMs = 12_000;

beforeAll(() => {
  if (!existsSync('dist/main.js')) throw new Error('Run npm run build first: these tests start the built program.');
});

/** Every post of every platform hangs, before it is stored, while the servers are faulty. */
function hanging(): () => number {
  const draws = [0, 0.15];
  let drawn = 0;
  return () => draws[drawn++ % draws.length] ?? 0;
}

describe('the built program, stopped with many deliveries under way', () => {
  it.each([false, true])(
    'ends soon and in order, and loses nothing (servers that do not answer: %s)',
    async (hang) => {
      const folder = mkdtempSync(join(tmpdir(), 'borderwire-stop-'));
      const servers = await openServers({}, hanging);
      servers.faulty = hang;
      const place = install(folder, servers.feeds);
      const env = {
        ...servers.env,
        DISCORD_API_URL: servers.discord.apiUrl,
        SLACK_API_URL: servers.slack.apiUrl,
        LOG_LEVEL: 'silent',
      };
      expect(await startProgram(place, 'poll', () => {}, env).ended).toBe(0);
      await subscribe(place, servers);
      const store = await openStore({ url: place.database, migrations: 'migrations', now: Date.now });
      const at = new Date().toISOString();
      const channels = [servers.discord, servers.slack].flatMap(({ workspace, channels: ids }, n) =>
        ids.map((id) => ({ platform: n === 0 ? ('discord' as const) : ('slack' as const), workspace, id })),
      );
      await store.outbox.enqueue(
        Array.from({ length: stories }, (_, n) =>
          channels.map((channel) =>
            draft({ channel, subject: `s${n}`, message: message(`Story ${n}x`), notBefore: at }),
          ),
        ).flat(),
      );
      await store.close();
      let said = '';
      const first = startProgram(place, 'run', (text) => void (said += text), env);
      let second: ReturnType<typeof startProgram> | undefined;
      try {
        while (!said.includes('is ready')) await sleep(50);
        await sleep(1_500);
        const asked = Date.now();
        first.process.kill('SIGTERM');
        expect(await first.ended).toBe(0);
        const tookMs = Date.now() - asked;
        console.log(`stopped in ${tookMs} ms`);
        expect(tookMs).toBeLessThan(longestMs);
        servers.faulty = false;
        second = startProgram(place, 'run', () => {}, env);
        const end = Date.now() + 150_000;
        while (unfinishedIn(place.database) > 0 && Date.now() < end) await sleep(500);
        await sleep(1_000);
        const shown = { discord: await readLog(servers.discord.apiUrl), slack: await readLog(servers.slack.apiUrl) };
        const owed = owedIn(place.database);
        expect({ owed: owed.length, ...compare(owed, shown) }).toEqual({
          owed: stories * channels.length,
          lost: [],
          twice: [],
        });
      } finally {
        for (const one of [first, second]) one?.process.kill('SIGKILL');
        await Promise.all([first.ended, second?.ended]);
        await servers.close();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    240_000,
  );
});

describe('the built program, where its word lists are broken', () => {
  it('says so and ends, though health is answered for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'borderwire-start-'));
    const servers = await openServers({}, hanging);
    const place = install(folder, servers.feeds);
    writeFileSync(join(folder, 'config', 'topics.yaml'), 'weights: {}\n');
    const { ended } = startProgram(place, 'run', () => {}, { ...servers.env, HTTP_PORT: '0', LOG_LEVEL: 'silent' });
    expect(await ended).toBe(78);
    await servers.close();
    rmSync(folder, { recursive: true });
  }, 60_000);
});
