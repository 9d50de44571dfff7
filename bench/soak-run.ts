import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, openApp } from '../src/app.ts';
import { clustererName } from '../src/app-clusterer.ts';
import { createLedgerRounds, settleMs } from '../src/app-ledger-rounds.ts';
import { noteSources, tellOperators } from '../src/app-operators.ts';
import { createUpkeep } from '../src/app-upkeep.ts';
import { consoleAsker } from '../src/cli/app-session.ts';
import { loadConfig } from '../src/config/load.ts';
import type { ChatAdapter } from '../src/core/delivery.ts';
import { newSubscription } from '../src/core/subscription.ts';
import { createDeliverer } from '../src/delivery/deliver.ts';
import { enqueueDigests } from '../src/delivery/digest-round.ts';
import { isoAt } from '../src/lib/clock.ts';
import { collectGarbage } from '../src/lib/collect.ts';
import { createRandom, seeded } from '../src/lib/random.ts';
import { createSteppedClock } from '../src/lib/stepped-clock.ts';
import { ask } from '../test/fakes/sqlite-file.ts';
import { type WorldOptions, worldHttp, worldSources } from './soak-world.ts';

/* The whole program on a file, through weeks in minutes: what it holds and what a day costs it, day by day. */

const dayMs = 86_400_000;
const startMs = Date.parse('2026-03-01T00:00:00Z');

export interface SoakOptions extends WorldOptions {
  days: number;
  /** How often the program looks for what is due: every idle look in between would find nothing. */
  tickMs: number;
  /** Called at the end of each day. */
  onDay?: (day: SoakDay) => void;
}

/** What one simulated day left behind. Sizes in bytes. */
export interface SoakDay {
  day: number;
  heap: number;
  resident: number;
  file: number;
  /** Of the file: pages that hold something. */
  used: number;
  /** Of the file: what is kept for ever, stories and what belongs to them. */
  stories: number;
  /** Stories so far. */
  told: number;
  /** Rows that retention lets go: entries of no story, articles with a text, deliveries and their attempts, notices. */
  passing: number;
  /** Milliseconds of processor. */
  cpuMs: number;
  entries: number;
  alerts: number;
}

const forEver = [
  'story',
  'story_revision',
  'story_pack',
  'packed_key',
  'story_facet',
  'story_member',
  'story_document',
  'story_search',
  'reading',
  'article',
];

const passing = `select (select count(*) from entry where skipped is not null) + (select count(*) from article where body <> '')
  + (select count(*) from outbox) + (select count(*) from outbox_attempt) + (select count(*) from notice)`;

/** Bytes of the file after what waits beside it is in it, how many of them stories take, and rows by how long they stay. */
function fileSizes(file: string): Pick<SoakDay, 'file' | 'used' | 'stories' | 'told' | 'passing'> {
  ask(file, 'pragma wal_checkpoint(truncate)');
  const rows = ask<{ name: string; bytes: number }>(
    file,
    'select name, sum(pgsize) as bytes from dbstat group by name',
  );
  const owners = new Map(
    ask<{ name: string; tbl_name: string }>(file, 'select name, tbl_name from sqlite_master').map(
      ({ name, tbl_name }) => [name, tbl_name],
    ),
  );
  let stories = 0;
  for (const { name, bytes } of rows) {
    const owner = owners.get(name) ?? name;
    if (forEver.some((one) => owner === one || owner.startsWith('story_search'))) stories += bytes;
  }
  if (process.env.BENCH_TABLES) console.log(rows);
  const [rowCounts] = ask<{ told: number; passing: number }>(
    file,
    `select (select count(*) from story) as told, (${passing}) as passing`,
  );
  const used = rows.reduce((sum, { bytes }) => sum + bytes, 0);
  return { file: statSync(file).size, used, stories, told: rowCounts?.told ?? 0, passing: rowCounts?.passing ?? 0 };
}

/** A platform that takes everything and remembers nothing. */
function quietChat(sent: () => void): ChatAdapter {
  let last = 0;
  const none = () => Promise.resolve();
  return {
    platform: 'discord',
    capabilities: {
      edits: true,
      threads: true,
      idempotencyWindowMs: 0,
      history: false,
      maxMessageCharacters: 4000,
      pace: { channel: { count: 1000, perMs: 1 }, global: { count: 1000, perMs: 1 } },
    },
    start: none,
    stop: none,
    send: () => {
      sent();
      last++;
      return Promise.resolve({ kind: 'sent', messageId: `m${last}` });
    },
  };
}

async function subscribe(app: App): Promise<void> {
  const rhythms = ['immediate', 'immediate', 'hourly', 'daily', 'weekly'] as const;
  for (const [n, digest] of rhythms.entries()) {
    const one = newSubscription({
      id: `sub${n}`,
      channel: { platform: 'discord', workspace: 'w', id: `c${n}` },
      digest,
      digestAt: digest === 'daily' || digest === 'weekly' ? '08:00' : null,
      quietHours: n === 1 ? { start: '22:00', end: '07:00', timeZone: 'UTC', hold: 'all' } : null,
      createdBy: 'bench',
      createdAt: isoAt(startMs),
    });
    await app.store.subscriptions.add(one);
  }
}

/** Commands of a day: answers that are kept in mind must not pile up. */
const questions = ['/ban-status laos', '/timeline ghana', '/latest', '/deals', '/sources', '/search flight'];

/** Runs `days` simulated days with retention of two days; answers what each left behind. */
export async function runSoak(options: SoakOptions): Promise<readonly SoakDay[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-soak-'));
  const clock = createSteppedClock(startMs);
  const config = loadConfig({ BORDERWIRE_DATA: folder });
  config.settings.retention = { articleTextDays: 2, deliveryDays: 2 };
  const app = await openApp(config, {
    clock,
    random: createRandom(() => clock.now(), seeded(11)),
    http: worldHttp(() => clock.now(), options),
    sources: worldSources(options),
  });
  let alerts = 0;
  const { store, log, owner, random } = app;
  const adapters = [quietChat(() => alerts++)];
  const rules = { burstPerHour: 12, burstOfficial: 'apart' as const, lateAfterMs: 7_200_000, editPauseMs: 60_000 };
  const deliverer = createDeliverer({ store, adapters, clock, random, owner, rules, log });
  const [upkeep, ledger] = [createUpkeep(app), createLedgerRounds(app)];
  const { poller } = await app.feeds();
  const ingest = await app.ingest();

  /** As a tick of the running program, but for the lease, which nobody contests here. */
  async function tick(): Promise<number> {
    await store.hold(clustererName, owner, isoAt(clock.now()), isoAt(clock.now() + dayMs));
    const { added, notices } = await poller.pollDue();
    await noteSources(store, notices, isoAt(clock.now()));
    await ingest.drain();
    await enqueueDigests(store, clock.now());
    await ledger.run(settleMs);
    await upkeep.prune();
    await upkeep.look();
    await tellOperators(app, [], () => undefined);
    await sleepless(deliverer.drain());
    return added;
  }

  /** What waits for its turn gets it: the clock goes on while it sleeps. */
  async function sleepless(work: Promise<unknown>): Promise<void> {
    const pass = setInterval(() => clock.moveTo(clock.now() + 250), 2);
    await work.finally(() => clearInterval(pass));
  }

  const days: SoakDay[] = [];
  try {
    await subscribe(app);
    for (let day = 1; day <= options.days; day++) {
      const before = process.cpuUsage();
      let entries = 0;
      for (let at = startMs + (day - 1) * dayMs; at < startMs + day * dayMs; at += options.tickMs) {
        clock.moveTo(at);
        entries += await tick();
      }
      for (const line of questions) await app.dispatcher.line(line, consoleAsker);
      const { user, system } = process.cpuUsage(before);
      collectGarbage();
      const { heapUsed, rss } = process.memoryUsage();
      const one = { day, heap: heapUsed, resident: rss, cpuMs: (user + system) / 1000, entries, alerts };
      days.push({ ...one, ...fileSizes(join(folder, 'borderwire.sqlite')) });
      options.onDay?.(days.at(-1) as SoakDay);
      alerts = 0;
    }
    return days;
  } finally {
    await app.close();
    rmSync(folder, { recursive: true });
  }
}
