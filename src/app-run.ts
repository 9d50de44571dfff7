import { setMaxListeners } from 'node:events';
import type { App } from './app.ts';
import { createClustererLease, endDeadLeases } from './app-clusterer.ts';
import { connectAll, disconnectAll } from './app-connect.ts';
import { addHealthPages } from './app-http.ts';
import { createLedgerRounds } from './app-ledger-rounds.ts';
import { noteSources, tellOperators } from './app-operators.ts';
import { createRounds } from './app-rounds.ts';
import { failureLines } from './app-said.ts';
import { createSenders, type Senders } from './app-senders.ts';
import { createTick } from './app-tick.ts';
import { markRunning } from './app-upkeep.ts';
import type { ChatAdapter } from './core/delivery.ts';
import { newSubscription, type Platform } from './core/subscription.ts';
import { createDeliverer, type Deliverer } from './delivery/deliver.ts';
import { isoAt } from './lib/clock.ts';
import { collectGarbage } from './lib/collect.ts';
import type { HttpServer } from './lib/http-server.ts';
import { isPostgresUrl } from './store/address.ts';

export const roles = ['poll', 'ingest', 'deliver', 'discord', 'slack'] as const;
export type Role = (typeof roles)[number];

export interface RunOptions {
  adapters: readonly ChatAdapter[];
  roles: readonly Role[];
  signal: AbortSignal;
  /** Lines for the person at the terminal. */
  say: (line: string) => void;
  /** Where health and figures are asked for. */
  http?: HttpServer | undefined;
}

const consoleChannel = { platform: 'console', workspace: 'console', id: 'console' } as const;

/**
 * Runs until `signal` aborts: polls by cron, makes stories, delivers, answers. What is under way is finished first.
 * Throws when a platform refuses to have us, now or later.
 */
export async function runApp(app: App, options: RunOptions): Promise<void> {
  const { adapters, roles: wanted, http } = options;
  const failing = new AbortController();
  const signal = AbortSignal.any([options.signal, failing.signal]);
  // Every poll and every row that waits listens for the stop.
  setMaxListeners(0, signal);
  await begin(app, adapters);
  const mark = await markRunning(app);
  let ready = false;
  try {
    if (http) {
      addHealthPages(http, { store: app.store, clock: app.clock, metrics: app.metrics, connected: () => ready });
      app.log.info({ port: await http.start() }, 'answering /healthz, /readyz and /metrics');
    }
    // Who only delivers sends without a connection that takes commands.
    const talking = adapters.filter(({ platform }) => platform === 'console' || wanted.includes(platform));
    // Reading takes a second or more to load: before anybody waits for an answer, not while.
    if (wanted.includes('ingest')) await app.ingest();
    const tried = await connectAll(talking, { clock: app.clock, signal, failed: (error) => failing.abort(error) });
    ready = true;
    if (!signal.aborted) await work(app, { ...options, signal }, talking, tried);
    await disconnectAll(talking);
  } finally {
    // A start that fails must end the process too, not leave it answering for nothing.
    await http?.stop();
    await mark.end();
  }
  if (failing.signal.aborted && !options.signal.aborted) throw failing.signal.reason;
}

async function work(
  app: App,
  { adapters, roles: wanted, signal, say }: RunOptions,
  talking: readonly ChatAdapter[],
  tried: readonly Platform[],
): Promise<void> {
  const senders = createSenders(
    app,
    adapters.map((adapter) => adapter.platform),
  );
  const deliverer = delivererOf(app, adapters, senders);
  const delivering = wanted.includes('deliver') ? [deliverer.run(signal), senders.keep(signal)] : [];
  const rounds = createRounds(app, { roles: wanted, signal, say, wake: () => deliverer.wake() });
  const tick = createTick(app.config.settings.poll.cron, () => rounds.begin(), { clock: app.clock, signal });
  const keeping = [
    rounds.keep(),
    lookOften(app, wanted, signal, () => rounds.ingest()),
    tick.keep(),
    tidyUp(app, signal),
  ];
  const watched = (await app.store.sources.list()).filter(({ config }) => config.enabled);
  const unread = wanted.includes('poll') && watched.every(({ state }) => state.firstPolledAt === null);
  for (const line of readyLines(watched.length, unread, wanted, talking)) say(line);
  for (const platform of tried)
    say(`${platformNames[platform]} cannot be reached yet and is tried again and again; everything else goes on.`);
  rounds.begin();
  await aborted(signal);
  await tick.stop();
  await rounds.idle();
  await Promise.all([...delivering, ...keeping]);
  await senders.end();
}

const platformNames = { console: 'the console', discord: 'Discord', slack: 'Slack' } as const;

/** What this process does, and what a newcomer could do next. `unread`: no source was ever polled. */
function readyLines(
  watched: number,
  unread: boolean,
  wanted: readonly Role[],
  talking: readonly ChatAdapter[],
): string[] {
  const here = talking.map((adapter) => adapter.platform);
  const names = here.map((platform) => platformNames[platform]).join(' and ');
  const what = here.length === 0 ? `this process does: ${wanted.join(', ')}` : `talking on ${names}`;
  return [
    `Borderwire is ready: ${watched} sources watched, ${what}. Stop with Ctrl+C.`,
    ...(here.includes('console') ? ['Type /ban-status laos, /timeline rwanda, /sources or /help.'] : []),
    ...(unread
      ? ['Sources are read for the first time: what they hold is stored and not told; what comes after is.']
      : []),
  ];
}

/** By then the first round is over, in milliseconds; and long enough after that for V8 to see that little is made any more. */
const tidyMs = [6_000, 6_500] as const;

/**
 * What was read at the start and in the first round has left much behind. V8 gives back the room in which things are
 * made only at a collection that follows some idle seconds: therefore two.
 */
async function tidyUp({ clock }: App, signal: AbortSignal): Promise<void> {
  for (const ms of tidyMs) {
    await clock.sleep(ms, signal);
    if (signal.aborted) return;
    collectGarbage();
  }
}

/** How often a process looks for what others have polled, in milliseconds. */
const lookMs = 2_000;

/** Where others poll too, entries are looked for more often than by the tick. */
async function lookOften(app: App, wanted: readonly Role[], signal: AbortSignal, look: () => void): Promise<void> {
  const shared = isPostgresUrl(app.config.databaseUrl) || !wanted.includes('poll');
  if (!shared || !wanted.includes('ingest')) return;
  while (!signal.aborted) {
    await app.clock.sleep(lookMs, signal);
    look();
  }
}

/** One round of everything that is due: poll, make stories, deliver. */
export async function runRound(app: App, options: Pick<RunOptions, 'adapters' | 'signal'>): Promise<void> {
  await (await app.feeds()).poller.pollDue(options.signal);
  await (await app.ingest()).drain(options.signal);
  await delivererOf(app, options.adapters).drain(options.signal);
}

/** Polls every enabled source once, sends what waits, hold-backs included, and says what came of it. */
export async function runOnce(app: App, options: Pick<RunOptions, 'adapters' | 'signal'>): Promise<readonly string[]> {
  await begin(app, options.adapters);
  const failing = new AbortController();
  await connectAll(options.adapters, {
    clock: app.clock,
    signal: options.signal,
    failed: (error) => failing.abort(error),
  });
  if (failing.signal.aborted) {
    await disconnectAll(options.adapters);
    throw failing.signal.reason;
  }
  const polled = await (await app.feeds()).poller.pollAll(options.signal);
  const clusterer = createClustererLease(app);
  const { mine } = await clusterer.hold();
  const made = mine ? await (await app.ingest()).drain(options.signal) : null;
  if (mine) await createLedgerRounds(app).run(0);
  const forOperators: string[] = [];
  await noteSources(app.store, polled.notices, isoAt(app.clock.now()));
  await tellOperators(app, app.config.settings.operators.channels, (line) => forOperators.push(line));
  await clusterer.end();
  await app.store.outbox.hasten(isoAt(app.clock.now()));
  await delivererOf(app, options.adapters).drain(options.signal);
  await disconnectAll(options.adapters);
  return [
    ...forOperators,
    ...failureLines(polled.failed),
    `Polled ${polled.polled} sources: ${polled.added} new entries, ${polled.changed} changed, ${polled.failed.length} could not be read.`,
    made === null
      ? 'Another process makes stories on this database: what was polled is left to it.'
      : `${made.relevant} relevant articles, ${made.opened} new stories, ${made.alerts} alerts.`,
  ];
}

function delivererOf(
  app: App,
  adapters: readonly ChatAdapter[],
  turns: Pick<Senders, 'sends'> | null = null,
): Deliverer {
  const { clock, random, owner, store } = app;
  const { lateAfterMinutes, burstPerHour, burstOfficial } = app.config.settings.delivery;
  const lateAfterMs = lateAfterMinutes * 60_000;
  return createDeliverer({
    store,
    adapters,
    clock,
    random,
    owner,
    ...(turns ? { sends: turns.sends } : {}),
    rules: { burstPerHour, burstOfficial, lateAfterMs, editPauseMs: app.editPauseMs },
    log: app.log.child({ part: 'delivery' }),
  });
}

/** What the dead left leased is free again; the console has its first subscription. */
async function begin(app: App, adapters: readonly ChatAdapter[]): Promise<void> {
  await endDeadLeases(app);
  await subscribeConsole(app, adapters);
}

/** The console follows everything from its first start on; what its user changes later stays changed. */
async function subscribeConsole(app: App, adapters: readonly ChatAdapter[]): Promise<void> {
  if (!adapters.some((adapter) => adapter.platform === 'console')) return;
  const { subscriptions } = app.store;
  if (await subscriptions.everSubscribed(consoleChannel)) return;
  const { timeZone, updates } = app.services.defaults;
  const how = { timeZone, updates, createdBy: 'console', createdAt: isoAt(app.clock.now()) };
  await subscriptions.add(newSubscription({ id: app.random.id(), channel: consoleChannel, ...how }));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
