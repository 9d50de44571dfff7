import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { type Installation, install, type Running, startProgram } from '../fakes/crash/program.ts';
import { development, noise } from '../fakes/crash/publisher.ts';
import { openServers, type Servers } from '../fakes/crash/servers.ts';
import { readLog } from '../fakes/crash/shown.ts';
import { ask, type Cluster, havePostgres, startCluster } from '../fakes/postgres.ts';
import { subscription } from '../fakes/samples.ts';
import { openTcpProxy } from '../fakes/tcp-proxy.ts';

const heavy = process.env['BORDERWIRE_HEAVY'] === '1';

/** A disk of its own, in memory; null where none may be mounted. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'borderwire-disk-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', folder]).status === 0) return folder;
  rmSync(folder, { recursive: true });
  return null;
}

const disk = heavy && havePostgres() ? smallDisk() : null;

async function until(what: string, holds: () => boolean | Promise<boolean>, seconds = 120): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await sleep(250);
  }
}

/** Moves what the program takes for the time of day by as many milliseconds as the file says, while it runs. */
function movableClock(folder: string): { file: string; options: string } {
  const file = join(folder, 'moved-by');
  writeFileSync(file, '0');
  const code = `import { readFileSync } from 'node:fs';
const Real = Date;
const moved = () => Number(readFileSync(${JSON.stringify(file)}, 'utf8'));
globalThis.Date = class extends Real {
  constructor(...given) { if (given.length === 0) super(Real.now() + moved()); else super(...given); }
  static now() { return Real.now() + moved(); }
};
`;
  writeFileSync(join(folder, 'clock.mjs'), code);
  return { file, options: `--import ${join(folder, 'clock.mjs')}` };
}

interface Watched {
  running: Running;
  said(): string;
  count(words: string): number;
}

function watch(place: Installation, env: Record<string, string>): Watched {
  let said = '';
  const running = startProgram(place, 'run', (text) => void (said += text), { ...env, LOG_LEVEL: 'silent' });
  return { running, said: () => said, count: (words) => said.split(words).length - 1 };
}

beforeAll(() => {
  if (disk === null) console.log('skipped: needs BORDERWIRE_HEAVY=1, PostgreSQL and the right to mount a small disk');
});

describe.skipIf(disk === null)('the built program on a PostgreSQL in trouble', () => {
  it('recovers from a full disk, a cut network, a restart and a clock that jumps, and tells of each once', async () => {
    const parent = join(disk ?? '', 'server');
    mkdirSync(parent);
    const cluster: Cluster = await startCluster(parent, process.pid, [
      'synchronous_commit=on',
      'max_wal_size=32MB',
      'min_wal_size=32MB',
    ]);
    const proxy = await openTcpProxy(cluster.port);
    const servers: Servers = await openServers({}, () => () => 1);
    servers.faulty = false;
    const folder = mkdtempSync(join(tmpdir(), 'borderwire-trouble-'));
    const place = install(folder, servers.feeds);
    const clock = movableClock(folder);
    const url = cluster.url('postgres');
    const env = {
      ...servers.env,
      DISCORD_API_URL: servers.discord.apiUrl,
      SLACK_API_URL: servers.slack.apiUrl,
      DATABASE_URL: `postgres://borderwire@127.0.0.1:${proxy.port}/postgres`,
      NODE_OPTIONS: clock.options,
    };
    for (const feed of servers.feeds.keys()) servers.publisher?.publish(feed, noise(feed));
    expect(await startProgram(place, 'poll', () => {}, env).ended).toBe(0);
    const store = await openStore({ url, migrations: 'migrations', now: Date.now });
    const channels = [
      ...servers.discord.channels.map((id) => ({
        platform: 'discord' as const,
        workspace: servers.discord.workspace,
        id,
      })),
      ...servers.slack.channels.map((id) => ({ platform: 'slack' as const, workspace: servers.slack.workspace, id })),
    ];
    for (const channel of channels) await store.subscriptions.add(subscription(channel.id, { channel }));
    await store.close();
    const one = watch(place, env);
    let published = 0;
    const publish = () => servers.publisher?.publish(published % servers.feeds.length, development(published++));
    const due = () => ask(url, 'update source set next_poll_at = null').catch(() => []);
    // Servers are greeted once as well.
    const shown = async () =>
      [...((await readLog(servers.discord.apiUrl)) ?? []), ...((await readLog(servers.slack.apiUrl)) ?? [])].filter(
        ({ text }) => text.includes('agrees to take'),
      );
    const allTold = async (what: string) => {
      await until(`${what}: everything told`, async () => {
        await due();
        return (await shown()).length >= published * channels.length;
      });
    };
    try {
      await until('ready', () => one.said().includes('is ready'));
      publish();
      await allTold('at first');

      // The disk: what is preallocated goes on for a while, so much is written until nothing fits.
      const filler = join(disk ?? '', 'filler');
      spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1M', 'count=400']);
      publish();
      await until('a word about the disk', async () => {
        await due();
        await ask(
          url,
          `create table if not exists waste as select repeat(md5(n::text), 100) from generate_series(1, 50000) n`,
        ).catch(() => []);
        return /disk is full|does not answer|no more memory/.test(one.said());
      });
      await sleep(5_000);
      rmSync(filler);
      await ask(url, 'select 1').catch(async () => cluster.start());
      await ask(url, 'drop table if exists waste').catch(() => []);
      await allTold('disk');
      await until('a word that it is over', () => one.count('The database works again') === 1);
      console.log('after the disk:', one.said());

      proxy.silence();
      publish();
      await sleep(15_000);
      proxy.cut();
      await sleep(15_000);
      proxy.mend();
      await allTold('network');
      await until('a word that it is over', () => one.count('The database works again') === 2);

      await cluster.stop('immediate');
      publish();
      await sleep(10_000);
      await cluster.start();
      await allTold('restart');
      await until('a word that it is over', () => one.count('The database works again') === 3);

      writeFileSync(clock.file, '3600000');
      await until('a word about the clock', () => one.said().includes('clock jumped 60 min forward'));
      publish();
      await allTold('forward');
      writeFileSync(clock.file, '0');
      await until('a word about the clock', () => one.said().includes('clock jumped 60 min back'));
      publish();
      await allTold('back');

      one.running.process.kill('SIGTERM');
      expect(await one.running.ended).toBe(0);
      const messages = (await shown()).map((each) => JSON.stringify(each));
      expect(messages.filter((each, at) => messages.indexOf(each) !== at)).toEqual([]);
      expect(messages).toHaveLength(published * channels.length);
      expect(one.count('The database works again')).toBe(3);
      expect(one.count('clock jumped')).toBe(2);
      expect(one.said()).not.toContain('missed execution');
    } finally {
      one.running.process.kill('SIGKILL');
      await one.running.ended;
      await servers.close();
      await proxy.close();
      await cluster.stop('immediate').catch(() => {});
      rmSync(folder, { recursive: true, force: true });
      spawnSync('umount', ['-l', disk ?? '']);
    }
  }, 900_000);
});
