import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import type { SourceStore } from '../../src/core/source-ports.ts';
import { parseFeed } from '../../src/feeds/parse.ts';
import { createPoller, type Poller, type PollSummary } from '../../src/feeds/poll.ts';
import { createHttp, type Http } from '../../src/lib/http.ts';
import { createRandom, seeded } from '../../src/lib/random.ts';
import { openStore } from '../../src/store/open.ts';
import * as faults from '../fakes/feed-server/faults.ts';
import { type FeedServer, type Handler, startFeedServer } from '../fakes/feed-server/server.ts';
import { minute, quiet, source } from './poll-fixture.ts';
import {
  createPublisher,
  type Habit,
  habits,
  type Manner,
  manners,
  type Publisher,
  troubles,
} from './simulation-sources.ts';

const rounds = 200;
const time = { now: Date.parse('2025-06-02T12:00:00Z') };
const clock = { now: () => time.now, sleep: async () => undefined };
const chance = seeded(11);

interface Actor {
  id: string;
  publisher: Publisher;
  /** What it does instead of serving, and in which rounds. */
  trouble: Handler | null;
  troubled(round: number): boolean;
  /** How it serves when it is well; conditionally, as its number has it, when absent. */
  manner?: Manner;
}

const never = (): boolean => false;
const steady: Habit = () => ({});
const actors: Actor[] = [
  ...Object.entries(habits).map(([, habit], n) => actor(`habit-${n}`, habit, null, never)),
  ...Object.entries(troubles).flatMap(([, handler], n) => [
    actor(`sick-${n}`, steady, handler, (round: number) => round > 0 && (round + n) % 7 < 3),
    actor(`dead-${n}`, steady, handler, (round: number) => round > 2),
  ]),
  ...Object.entries(manners).map(([, manner], n) => ({ ...actor(`manner-${n}`, steady, null, never), manner })),
  actor(
    'tls-1',
    steady,
    (...args) => faults.redirect(302, `${secure.origin}/`)(...args),
    (round) => round % 9 > 5,
  ),
];

function actor(id: string, habit: Habit, trouble: Handler | null, troubled: Actor['troubled']): Actor {
  const publisher = createPublisher(id, habit, id.length * 7 + Number(id.replace(/\D/g, '')));
  return { id, publisher, trouble, troubled };
}

/** Validators in every mood: none, strong, weak, and an ETag that is dropped now and then. */
function serveConditionally(body: string, mood: number, round: number): Handler {
  const etag = `${mood === 2 ? 'W/' : ''}"${createHash('sha1').update(body).digest('hex')}"`;
  const told = mood > 0 && !(mood === 3 && round % 3 === 0);
  return (request, response, hit) => {
    if (told && request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else
      faults.serve(body, { 'content-type': 'application/rss+xml', ...(told ? { etag } : {}) })(request, response, hit);
  };
}

let server: FeedServer;
/** Nobody here trusts its certificate. */
let secure: FeedServer;
let http: Http;
/** For the beginning and the end, which must not depend on how fast this machine is. */
let patient: Http;
let store: Store;
let poller: Poller;

beforeAll(async () => {
  server = await startFeedServer();
  secure = await startFeedServer(readFileSync(new URL('../fixtures/tls/self-signed.pem', import.meta.url)));
  const migrations = new URL('../../migrations', import.meta.url).pathname;
  store = await openStore({ url: ':memory:', migrations, now: clock.now });
  http = withLimit(300);
  patient = withLimit(10_000);
  await store.sources.sync(
    actors.map(({ id, manner }) => source(id, `${server.origin}/${id}`, manner ? {} : { every: 10 })),
  );
});

afterAll(async () => {
  await http.close();
  await patient.close();
  await store.close();
  await server.close();
  await secure.close();
});

function withLimit(ms: number): Http {
  const times = { totalMs: ms, connectMs: ms, headersMs: ms, stallMs: ms };
  const limits = { ...times, maxBytes: 1024 * 1024, perHost: 64, spacingMs: 0 };
  return createHttp({ clock, userAgent: 'test', limits });
}

/** A store that dies now and then, before or after its commit: all a killed process can leave behind. */
function mortal(sources: SourceStore): SourceStore {
  return {
    ...sources,
    async recordPoll(poll) {
      if (chance() < 0.01) throw new Error('killed before the commit');
      const result = await sources.recordPoll(poll);
      if (chance() < 0.01) throw new Error('killed after the commit');
      return result;
    },
  };
}

/** A poller as a fresh start of the program has it. */
function start(client = http): Poller {
  const sources = mortal(store.sources);
  const parse = (bytes: Buffer, type: string, _: unknown, url: string) => parseFeed(bytes, type, url);
  const random = createRandom(clock.now, chance);
  return createPoller({ sources, http: client, parse, clock, random, log: quiet, owner: `owner-${chance()}` });
}

async function pollOnce(): Promise<PollSummary | null> {
  const summary = await poller.pollDue().catch((error: unknown) => {
    if (!String(error).includes('killed')) throw error;
    return null;
  });
  return summary;
}

const stored = new Map<string, { mark: string; silent: boolean; versions: number[] }>();

/** Reads what is unread, as the next step of the pipeline does. */
async function drain(): Promise<void> {
  for (const entry of await store.stories.unreadEntries(10_000)) {
    const mark = /#(.+?)#/.exec(entry.item.summary ?? '')?.[1] ?? 'none';
    const known = stored.get(entry.id) ?? { mark, silent: entry.silent, versions: [] };
    stored.set(entry.id, { ...known, versions: [...known.versions, entry.version] });
    await store.stories.skipEntry(entry.id, entry.version, 'read by the test');
  }
}

function serveRound(round: number): void {
  for (const [n, one] of actors.entries()) {
    const { id, publisher, trouble } = one;
    if (round === 0 || (round + n) % 5 === 0) publisher.publish(time.now - (n % 9) * minute);
    const body = publisher.document(round);
    if (one.manner) {
      for (const [path, handler] of Object.entries(one.manner(body, round, `/${id}`))) server.routes.set(path, handler);
      continue;
    }
    const well = serveConditionally(body, n % 4, round);
    server.routes.set(`/${id}`, trouble !== null && one.troubled(round) ? trouble : well);
  }
}

/** The first good poll of every source, which is silent. */
async function baseline(): Promise<void> {
  serveRound(0);
  poller = start(patient);
  for (let left = 1, tries = 0; left > 0 && tries < 40; tries++) {
    if ((await pollOnce()) === null) poller = start(patient);
    await drain();
    left = (await store.sources.list()).filter(({ state }) => state.firstPolledAt === null).length;
    time.now += 11 * minute;
  }
}

/** Sources without any trouble that are due now. */
async function dueAndWell(well: readonly string[]): Promise<Set<string>> {
  const now = new Date(time.now).toISOString();
  const due = (await store.sources.list()).filter(
    ({ config, state }) => well.includes(config.id) && state.failures === 0 && (state.nextPollAt ?? '') <= now,
  );
  return new Set(due.map(({ config }) => config.id));
}

/** How many of them were not asked since. */
async function leftOut(due: ReadonlySet<string>, since: number): Promise<number> {
  const all = await store.sources.list();
  return all.filter(({ config, state }) => due.has(config.id) && Date.parse(state.lastPolledAt ?? '') < since).length;
}

/** All servers are well again: polls, days apart, until no source fails. */
async function heal(): Promise<void> {
  for (const one of actors) one.trouble = null;
  // As an operator does who read that a source was paused, or that its address is dead.
  for (const { config, state } of await store.sources.list())
    if (state.paused) await store.sources.setPaused(config.id, false);
  serveRound(rounds);
  poller = start(patient);
  for (let failed = 1, tries = 0; failed > 0 && tries < 40; tries++) {
    time.now += 26 * 60 * minute;
    const summary = await pollOnce();
    if (summary === null) poller = start(patient);
    failed = summary?.failed.length ?? 1;
    await drain();
  }
}

it('200 polls of every fault, with restarts: every sane entry exactly once, none lost, no other source delayed', async () => {
  await baseline();
  poller = start();
  const well = actors.filter((one) => one.trouble === null && !one.manner).map((one) => one.id);
  let delayed = 0;
  let asked = 0;
  let kills = 0;
  for (let round = 1; round < rounds; round++) {
    serveRound(round);
    const started = time.now;
    const due = await dueAndWell(well);
    asked += due.size;
    for (let tries = 0; tries < 20 && (await pollOnce()) === null; tries++) {
      kills++;
      poller = start();
      time.now += 3 * minute;
    }
    await drain();
    delayed += await leftOut(due, started);
    time.now += 11 * minute;
  }
  await heal();
  const published = actors.flatMap((one) =>
    one.publisher.published.map((item) => ({ mark: item.mark, first: item.n === 1 })),
  );
  const times = new Map<string, number>();
  for (const { mark } of stored.values()) times.set(mark, (times.get(mark) ?? 0) + 1);
  expect(published.length).toBeGreaterThan(rounds * 10);
  expect(
    published.filter(({ mark }) => times.get(mark) !== 1).map(({ mark }) => `${mark}: ${times.get(mark) ?? 0} times`),
  ).toEqual([]);
  expect(times.size).toBe(published.length);
  const silent = new Set([...stored.values()].filter((one) => one.silent).map((one) => one.mark));
  expect(published.filter(({ mark, first }) => silent.has(mark) !== first)).toEqual([]);
  expect([...stored.values()].filter(({ versions }) => new Set(versions).size !== versions.length)).toEqual([]);
  expect(kills).toBeGreaterThan(rounds / 20);
  expect(asked).toBeGreaterThan(rounds);
  expect(delayed).toBe(0);
}, 600_000);
