import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seeded } from '../../src/lib/random.ts';
import { openStore } from '../../src/store/open.ts';
import { openPlatforms, type Platforms } from '../fakes/crash/platforms.ts';

const kills = 20;
const seed = 20_260_302;
const total = 90;
const child = new URL('../fakes/crash/child.ts', import.meta.url).pathname;
const migrations = new URL('../../migrations', import.meta.url).pathname;
const moments = ['ready', 'before', 'after', 'answered'] as const;

let folder: string;
let platforms: Platforms;
let shownOnConsole = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'borderwire-crash-'));
});
afterEach(async () => {
  await platforms.close();
  await rm(folder, { recursive: true });
});

function start(): { process: ChildProcess; ended: Promise<number | null> } {
  const args = ['--import', 'tsx', child, join(folder, 'b.db'), join(folder, 'journal'), platforms.url, `${total}`];
  const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  running.stdout.on('data', (chunk: Buffer) => {
    shownOnConsole += chunk.toString();
  });
  // `close` comes after the last of its output, `exit` may come before.
  const ended = new Promise<number | null>((resolve) => running.on('close', (code) => resolve(code)));
  return { process: running, ended };
}

/** Lets the program run until the n-th time a request comes to this moment, then kills it as power does. */
async function runUntil(moment: (typeof moments)[number], nth: number, delayMs: number): Promise<boolean> {
  const { process: running, ended } = start();
  let count = 0;
  platforms.onMoment = (now) => {
    if (now !== moment || ++count !== nth) return;
    if (delayMs === 0) running.kill('SIGKILL');
    else setTimeout(() => running.kill('SIGKILL'), delayMs);
  };
  const code = await ended;
  platforms.onMoment = () => {};
  return code === null;
}

const titles = Array.from({ length: total }, (_, n) => `Title e${n}.`);

function countsOf(seen: readonly string[]) {
  const times = (title: string) => seen.filter((one) => one === title).length;
  return {
    missing: titles.filter((title) => times(title) === 0),
    twice: titles.filter((title) => times(title) > 1),
  };
}

describe('a program that is killed again and again', () => {
  it(`loses no alert and says none twice (${kills} kills, seed ${seed})`, { timeout: 300_000 }, async () => {
    const chance = seeded(seed);
    platforms = await openPlatforms(chance);
    let killed = 0;
    for (let n = 0; n < kills; n++) {
      const moment = moments[Math.floor(chance() * moments.length)] ?? 'ready';
      const nth = moment === 'ready' ? 1 : 1 + Math.floor(chance() * 8);
      const delay = moment === 'ready' || chance() < 0.5 ? Math.floor(chance() * 60) : 0;
      if (await runUntil(moment, nth, delay)) killed++;
    }
    expect(await start().ended).toBe(0);

    const store = await openStore({ url: join(folder, 'b.db'), migrations, now: Date.now });
    const unknown = await store.outbox.list('unknown', 1_000);
    const counts = await store.outbox.counts();
    await store.close();
    const unsure = (platform: string) =>
      new Set(unknown.filter((row) => row.channel.platform === platform).map((row) => row.message.title));
    const seen = { ...platforms.seen, console: shownOnConsole.split('\n').filter((line) => line.startsWith('Title ')) };
    for (const platform of ['discord', 'slack', 'console'] as const) {
      const { missing, twice } = countsOf(seen[platform]);
      const lost = missing.filter((title) => !unsure(platform).has(title));
      expect({ platform, lost, twice }).toEqual({ platform, lost: [], twice: [] });
    }
    console.log(
      `crash: ${killed} killed, ${unknown.length} unknown, ${platforms.ambiguous()} answers lost, seed ${seed}`,
    );
    expect(counts).toMatchObject({ pending: 0, leased: 0, retry: 0, dead: 0, sent: total * 3 - unknown.length });
    // One send a channel is in flight when the program is killed: three channels of slack, and the console.
    expect(unknown.length).toBeLessThanOrEqual(platforms.ambiguous() + killed * 4);
    expect(unsure('discord').size).toBe(0);
    expect(killed).toBeGreaterThan(kills / 2);
  });
});
