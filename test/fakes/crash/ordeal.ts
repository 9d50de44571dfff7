import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OutboxState } from '../../../src/core/delivery.ts';
import { seeded } from '../../../src/lib/random.ts';
import { openStore } from '../../../src/store/open.ts';
import { openPlatforms, type Platforms } from './platforms.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const migrations = join(root, 'migrations');
const compiled = join(root, 'node_modules/.cache/borderwire-crash');
const moments = ['ready', 'before', 'after', 'answered'] as const;
const channelPlatforms = ['discord', 'slack', 'console'] as const;
/** More than the program gets through before it is killed, so that every life has something to say. */
const alertsPerKill = 4.5;

export interface CrashReport {
  seed: number;
  killed: number;
  alerts: number;
  /** `PLATFORM: TITLE`, by what the platforms themselves showed. */
  lost: string[];
  twice: string[];
  unknown: number;
  /** Unknown on the platform that folds repeats, where nothing has to stay unknown. */
  unknownDiscord: number;
  /** Requests whose sender could not learn what became of them. */
  answersLost: number;
  counts: Readonly<Record<OutboxState, number>>;
  /** Exit code of the last life, which nobody killed. */
  code: number | null;
}

/** Compiled once: a life that has to compile itself first would be most of the time. */
async function compileChild(): Promise<string> {
  const typescript = join(root, 'node_modules/typescript/bin/tsc');
  const run = spawnSync(process.execPath, [typescript, '-p', join(root, 'test/fakes/crash/tsconfig.json')], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`the program to be killed does not compile: ${run.stdout}${run.stderr}`);
  await mkdir(compiled, { recursive: true });
  await writeFile(join(compiled, 'package.json'), '{ "type": "module" }\n');
  return join(compiled, 'test/fakes/crash/child.js');
}

interface Life {
  process: ChildProcess;
  ended: Promise<number | null>;
}

/** Lets the program run until the n-th time a request comes to this moment, then kills it as power does. */
async function runUntil(life: Life, platforms: Platforms, chance: () => number): Promise<boolean> {
  const moment = moments[Math.floor(chance() * moments.length)] ?? 'ready';
  const nth = moment === 'ready' ? 1 : 1 + Math.floor(chance() * 8);
  const delayMs = moment === 'ready' || chance() < 0.5 ? Math.floor(chance() * 60) : 0;
  let count = 0;
  platforms.onMoment = (now) => {
    if (now !== moment || ++count !== nth) return;
    if (delayMs === 0) life.process.kill('SIGKILL');
    else setTimeout(() => life.process.kill('SIGKILL'), delayMs);
  };
  const code = await life.ended;
  platforms.onMoment = () => {};
  return code === null;
}

function tally(seen: readonly string[], titles: readonly string[]): { missing: string[]; twice: string[] } {
  const counts = new Map<string, number>();
  for (const title of seen) counts.set(title, (counts.get(title) ?? 0) + 1);
  return {
    missing: titles.filter((title) => !counts.has(title)),
    twice: titles.filter((title) => (counts.get(title) ?? 0) > 1),
  };
}

async function outcomeOf(file: string) {
  const store = await openStore({ url: file, migrations, now: Date.now });
  const unknown = await store.outbox.list('unknown', 100_000);
  const counts = await store.outbox.counts();
  await store.close();
  const unsure = (platform: string) =>
    new Set(unknown.filter((row) => row.channel.platform === platform).map((row) => row.message.title));
  return { unknown: unknown.length, unsure, counts };
}

/**
 * Kills a program that polls, makes stories and tells them to three platforms, `kills` times, at moments drawn from
 * `seed`; lets it finish, and compares what it meant to say with what the platforms showed.
 */
export async function crashOrdeal(kills: number, seed: number): Promise<CrashReport> {
  const child = await compileChild();
  const folder = await mkdtemp(join(tmpdir(), 'borderwire-crash-'));
  const chance = seeded(seed);
  const platforms = await openPlatforms(chance);
  const alerts = Math.ceil(Math.max(kills, 4) * alertsPerKill);
  const file = join(folder, 'b.db');
  let shown = '';
  const start = (): Life => {
    const args = [child, file, join(folder, 'journal'), platforms.url, `${alerts}`, migrations];
    const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    running.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
    // `close` comes after the last of its output, `exit` may come before.
    return { process: running, ended: new Promise((resolve) => running.on('close', (code) => resolve(code))) };
  };
  try {
    let killed = 0;
    for (let n = 0; n < kills; n++) if (await runUntil(start(), platforms, chance)) killed++;
    const code = await start().ended;
    const { unknown, unsure, counts } = await outcomeOf(file);
    const titles = Array.from({ length: alerts }, (_, n) => `Title e${n}.`);
    const seen = { ...platforms.seen, console: shown.split('\n').filter((line) => line.startsWith('Title ')) };
    const lost: string[] = [];
    const twice: string[] = [];
    for (const platform of channelPlatforms) {
      const found = tally(seen[platform], titles);
      const doubtful = unsure(platform);
      lost.push(...found.missing.filter((title) => !doubtful.has(title)).map((title) => `${platform}: ${title}`));
      twice.push(...found.twice.map((title) => `${platform}: ${title}`));
    }
    const unknownDiscord = unsure('discord').size;
    const answersLost = platforms.ambiguous();
    return { seed, killed, alerts, lost, twice, unknown, unknownDiscord, answersLost, counts, code };
  } finally {
    await platforms.close();
    await rm(folder, { recursive: true });
  }
}
