import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChatAdapter, OutboxRow, PaceRules, SendOutcome } from '../src/core/delivery.ts';
import type { Platform } from '../src/core/subscription.ts';
import { createDeliverer } from '../src/delivery/deliver.ts';
import { route } from '../src/delivery/route.ts';
import { silentLog } from '../src/lib/log.ts';
import { createRandom, seeded } from '../src/lib/random.ts';
import { openStore } from '../src/store/open.ts';
import { channel, message, noon, story, subscription } from '../test/fakes/samples.ts';
import type { Bench, BenchRow } from './row.ts';
import { createTimeline, type Timeline } from './timeline.ts';

/*
 * One story to 10,000 Discord and 2,000 Slack channels on a simulated clock, against servers that keep the platforms'
 * own limits in any window of time: Discord fifty requests a second for everything and five in five seconds a channel;
 * Slack one a second a channel and three hundred a minute a workspace (it says "several hundred"). The bench's pace is
 * that of the adapters; the database is a real file, in memory where the system has a place for that: a slow disk's own
 * time is no part of the figure.
 */

const discordChannels = Number(process.env.BENCH_DISCORD_CHANNELS ?? 10_000);
const slackChannels = Number(process.env.BENCH_SLACK_CHANNELS ?? 2_000);

interface Limit {
  count: number;
  perMs: number;
}

interface Rules {
  platform: Platform;
  all: Limit;
  channel: Limit;
  pace: PaceRules;
}

const discord: Rules = {
  platform: 'discord',
  all: { count: 50, perMs: 1_000 },
  channel: { count: 5, perMs: 5_000 },
  pace: { channel: { count: 5, perMs: 5_000 }, global: { count: 50, perMs: 1_010 }, threads: 'own' },
};
const slack: Rules = {
  platform: 'slack',
  all: { count: 300, perMs: 60_000 },
  channel: { count: 1, perMs: 1_000 },
  pace: {
    channel: { count: 1, perMs: 1_015 },
    workspace: { count: 300, perMs: 60_300 },
    global: { count: 200, perMs: 1_000 },
  },
};

/** A server that accepts what its limits allow, counted in windows that slide. */
function createServer({ all, channel: one }: Rules, now: () => number) {
  const windows = new Map<string, number[]>();
  const tally = { accepted: 0, refused: 0, last: 0 };
  function waitMs(key: string, { count, perMs }: Limit): number {
    const times = (windows.get(key) ?? []).filter((at) => at > now() - perMs);
    windows.set(key, times);
    return times.length < count ? 0 : (times.at(-count) ?? 0) + perMs - now();
  }
  return {
    tally,
    /** Milliseconds to wait; 0 when it was taken. */
    take(id: string): number {
      const wait = Math.max(waitMs('', all), waitMs(id, one));
      if (wait > 0) tally.refused++;
      else {
        windows.get('')?.push(now());
        windows.get(id)?.push(now());
        tally.accepted++;
        tally.last = now();
      }
      return wait;
    },
  };
}

type Server = ReturnType<typeof createServer>;

function adapterOf({ platform, pace }: Rules, server: Server, time: Timeline, chance: () => number): ChatAdapter {
  return {
    platform,
    capabilities: {
      edits: true,
      threads: true,
      idempotencyWindowMs: 0,
      history: false,
      maxMessageCharacters: 4_000,
      pace,
    },
    start: async () => {},
    stop: async () => {},
    async send(row: OutboxRow): Promise<SendOutcome> {
      // There, and back again; the way varies by a few milliseconds.
      await time.clock.sleep(40 + chance() * 6);
      const wait = server.take(row.channel.id);
      await time.clock.sleep(40 + chance() * 40);
      if (wait === 0) return { kind: 'sent', messageId: row.id };
      return { kind: 'rate-limited', retryAt: new Date(time.clock.now() + wait).toISOString(), scope: 'channel' };
    },
  };
}

/** The least time in which so many can be sent under a limit of `count` in any `perMs`. */
function leastMs(total: number, { count, perMs }: Limit): number {
  return Math.floor((total - 1) / count) * perMs;
}

function percentOf(total: number, server: Server, startMs: number, limit: Limit): string {
  return `${((leastMs(total, limit) / (server.tally.last - startMs)) * 100).toFixed(1)} %`;
}

/** As bots are first written: one after the other, again when refused. */
async function naive(ids: readonly string[], rules: Rules): Promise<{ server: Server; startMs: number }> {
  const time = createTimeline(Date.parse(noon));
  const server = createServer(rules, () => time.clock.now());
  const chance = seeded(7);
  const startMs = time.clock.now();
  await time.drive(
    (async () => {
      for (const id of ids) {
        for (;;) {
          await time.clock.sleep(40 + chance() * 6);
          const wait = server.take(id);
          await time.clock.sleep(40 + chance() * 40);
          if (wait === 0) break;
          await time.clock.sleep(wait);
        }
      }
    })(),
  );
  return { server, startMs };
}

/** One story told to so many channels, in simulated time; answers what the work took in real time. */
export async function deliverAll({ discord: discordCount, slack: slackCount }: Record<'discord' | 'slack', number>) {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'bench-fan-out-'));
  const time = createTimeline(Date.parse(noon));
  const { clock } = time;
  const now = () => clock.now();
  const migrations = new URL('../migrations', import.meta.url).pathname;
  const store = await openStore({ url: join(folder, 'b.db'), migrations, now });
  const servers = { discord: createServer(discord, now), slack: createServer(slack, now) };
  const adapters = [
    adapterOf(discord, servers.discord, time, seeded(1)),
    adapterOf(slack, servers.slack, time, seeded(2)),
  ];
  const random = createRandom(now, seeded(3));
  const work = createDeliverer({ store, adapters, clock, random, log: silentLog, owner: 'bench', concurrency: 64 });
  const channels = [
    ...Array.from({ length: discordCount }, (_, n) => channel(`d${n}`)),
    ...Array.from({ length: slackCount }, (_, n) => channel(`s${n}`, 'slack')),
  ];
  const subscriptions = channels.map((one, n) => subscription(`sub${n}`, { channel: one }));
  const began = performance.now();
  const telling = { now: noon, told: [], editPauseMs: 60_000, message: () => message('Headline of the story') };
  const queued = await store.outbox.enqueue(route(story('s1'), null, subscriptions, telling));
  const queuedMs = performance.now() - began;
  const startMs = now();
  const stop = new AbortController();
  const running = work.run(stop.signal);
  const all = async () => {
    while (servers.discord.tally.accepted + servers.slack.tally.accepted < queued) await clock.sleep(1_000);
    stop.abort();
    await running;
  };
  await time.drive(all());
  const seconds = (performance.now() - began) / 1_000;
  const memory = process.memoryUsage().rss / 1e6;
  await store.close();
  rmSync(folder, { recursive: true });
  return { servers, startMs, seconds, memory, queuedMs, queued };
}

function row(
  name: string,
  total: number,
  rules: Rules,
  mine: { server: Server; startMs: number },
  other: { server: Server; startMs: number },
): BenchRow {
  const describe = ({ server, startMs }: { server: Server; startMs: number }) =>
    `${percentOf(total, server, startMs, rules.all)} of the rate, ${((server.tally.last - startMs) / 1_000).toFixed(0)} s, ${server.tally.refused} refused (429)`;
  return {
    figure: `one story to ${total.toLocaleString('en')} ${name} channels, least possible ${(leastMs(total, rules.all) / 1_000).toFixed(0)} s (simulated)`,
    ours: describe(mine),
    baseline: `one after the other: ${describe(other)}`,
    ratio: '>= 98 %, 0 refused',
  };
}

async function run(): Promise<BenchRow[]> {
  const { servers, startMs, seconds, memory, queuedMs, queued } = await deliverAll({
    discord: discordChannels,
    slack: slackChannels,
  });
  const ids = (count: number) => Array.from({ length: count }, (_, n) => `c${n}`);
  return [
    row(
      'Discord',
      discordChannels,
      discord,
      { server: servers.discord, startMs },
      await naive(ids(discordChannels), discord),
    ),
    row('Slack', slackChannels, slack, { server: servers.slack, startMs }, await naive(ids(slackChannels), slack)),
    {
      figure: `the work of both, ${queued.toLocaleString('en')} deliveries, each recorded before and after`,
      ours: `${seconds.toFixed(1)} s of real time (${queuedMs.toFixed(0)} ms to queue), ${memory.toFixed(0)} MB resident`,
      baseline: 'nothing recorded',
      ratio: '-',
    },
  ];
}

export const bench: Bench = { name: 'fan-out', run };
