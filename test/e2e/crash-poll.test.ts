import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../../src/lib/random.ts';
import { install, makeDue, type Running, startProgram, stored } from '../fakes/crash/program.ts';
import { development, noise, openPublisher, type Publisher } from '../fakes/crash/publisher.ts';

const heavy = process.env.BORDERWIRE_HEAVY === '1';
const feeds = 3;

beforeAll(() => {
  if (!existsSync('dist/main.js')) throw new Error('Run npm run build first: these tests start the built program.');
});

/** How long an undisturbed poll took on this machine, so that kills fall into all of its parts on any machine. */
interface Pace {
  untilAskedMs: number;
  afterAskedMs: number;
}

/** Kills a running program at a moment of the poll chosen by chance. */
function killSomewhere(running: Running, publisher: Publisher, chance: () => number, pace: Pace) {
  const timers: NodeJS.Timeout[] = [];
  const killAfter = (ms: number): void => void timers.push(setTimeout(() => running.process.kill('SIGKILL'), ms));
  const kind = chance();
  const nth = 1 + Math.floor(chance() * feeds);
  const part = chance();
  let asked = 0;
  let shown = false;
  // While it starts; while it fetches and stores; while it reads and joins; while it tells.
  if (kind < 0.1) killAfter(pace.untilAskedMs * part);
  publisher.onAsked = () => {
    if (++asked !== nth) return;
    if (kind >= 0.1 && kind < 0.4) killAfter(pace.afterAskedMs * 0.15 * part);
    else if (kind >= 0.4 && kind < 0.75) killAfter(pace.afterAskedMs * part);
    // A bot does not end by itself.
    else killAfter(pace.afterAskedMs * 3);
  };
  return {
    onOutput: (text: string) => {
      if (shown || kind < 0.75 || !text.includes('- Outlet ')) return;
      shown = true;
      killAfter(part < 0.5 ? 0 : 40 * part);
    },
    stop: () => {
      publisher.onAsked = () => {};
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

async function clean(poll: (onOutput: (text: string) => void) => Running, hear: (text: string) => void): Promise<void> {
  expect(await poll(hear).ended).toBe(0);
}

/** Publishes, kills and starts again until `kills` programs died; then lets one finish. */
async function ordeal(kills: number, seed: number) {
  const folder = await mkdtemp(join(tmpdir(), 'borderwire-crash-poll-'));
  const publisher = await openPublisher(feeds);
  try {
    const chance = seeded(seed);
    const place = install(folder, publisher.urls);
    let output = '';
    const hear = (text: string): void => void (output += text);
    for (let feed = 0; feed < feeds; feed++) publisher.publish(feed, noise(feed));
    const began = performance.now();
    let askedAt = began;
    publisher.onAsked = () => (askedAt = performance.now());
    await clean((onOutput) => startProgram(place, 'poll', onOutput), hear);
    const pace = { untilAskedMs: askedAt - began, afterAskedMs: performance.now() - askedAt };

    let killed = 0;
    let starts = 0;
    while (killed < kills && starts < kills * 2) {
      publisher.publish(Math.floor(chance() * feeds), development(starts));
      publisher.publish(Math.floor(chance() * feeds), noise(feeds + starts));
      makeDue(place);
      const command = starts % 2 === 0 ? 'poll' : 'run';
      let tell = hear;
      const running = startProgram(place, command, (text) => tell(text));
      const killer = killSomewhere(running, publisher, chance, pace);
      tell = (text) => {
        hear(text);
        killer.onOutput(text);
      };
      if ((await running.ended) === null) killed++;
      killer.stop();
      starts++;
    }
    for (let i = 0; i < 2; i++) await clean((onOutput) => startProgram(place, 'poll', onOutput), hear);
    return { killed, starts, output, published: [...publisher.published], ...stored(place) };
  } finally {
    await publisher.close();
    await rm(folder, { recursive: true });
  }
}

function timesIn(list: readonly string[]): (one: string) => number {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
  return (one) => counts.get(one) ?? 0;
}

const lanes = heavy
  ? [
      { kills: 100, seed: 20_260_401 },
      { kills: 100, seed: 20_260_402 },
    ]
  : [{ kills: 8, seed: 20_260_401 }];

describe.concurrent('the built program, killed at any point of a poll', () => {
  it.each(lanes)(
    'stores each entry once and tells each alert once: $kills kills, seed $seed',
    async (lane) => {
      const { kills, seed } = lane;
      const { killed, starts, output, published, entryTitles, articlesOfEntries, unread, outbox } = await ordeal(
        kills,
        seed,
      );
      const timesStored = timesIn(entryTitles);
      expect(published.filter(({ title }) => timesStored(title) !== 1)).toEqual([]);
      expect(entryTitles).toHaveLength(published.length);
      expect(new Set(articlesOfEntries).size).toBe(articlesOfEntries.length);
      expect(unread).toBe(0);

      const timesTold = timesIn(output.split('\n').map((line) => line.replace(/^- Outlet \d+: /, '')));
      const alerts = published.filter(({ kind }) => kind === 'alert').map(({ title }) => title);
      const unknown = outbox.filter(({ state }) => state === 'unknown');
      const doubtful = (title: string): boolean => unknown.some(({ message }) => message.includes(title));
      expect(alerts.filter((title) => timesTold(title) > 1)).toEqual([]);
      expect(alerts.filter((title) => timesTold(title) === 0 && !doubtful(title))).toEqual([]);
      expect(outbox).toHaveLength(alerts.length);
      expect(outbox.filter(({ state }) => state !== 'sent' && state !== 'unknown')).toEqual([]);
      expect(unknown.length).toBeLessThanOrEqual(killed);
      console.log(
        `crash of a poll: ${killed} killed of ${starts} started, ${published.length} entries, ${alerts.length} alerts, ` +
          `LOST 0 TWICE 0 UNKNOWN ${unknown.length}, seed ${seed}`,
      );
      expect(killed).toBe(kills);
    },
    heavy ? 3_600_000 : 240_000,
  );
});
