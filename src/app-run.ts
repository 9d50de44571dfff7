import { schedule } from 'node-cron';
import type { App } from './app.ts';
import { createClustererLease, endDeadLeases } from './app-clusterer.ts';
import { addHealthPages, heartbeat } from './app-http.ts';
import { createLedgerRounds, settleMs } from './app-ledger-rounds.ts';
import { tellNotices } from './app-notices.ts';
import type { ChatAdapter } from './core/delivery.ts';
import { createDeliverer, type Deliverer } from './delivery/deliver.ts';
import { enqueueDigests } from './delivery/digest-round.ts';
import { isoAt } from './lib/clock.ts';
import type { HttpServer } from './lib/http-server.ts';

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

/** Runs until `signal` aborts: polls by cron, makes stories, delivers, answers. What is under way is finished first. */
export async function runApp(app: App, { adapters, roles: wanted, signal, say, http }: RunOptions): Promise<void> {
  await begin(app, adapters);
  let ready = false;
  if (http) {
    addHealthPages(http, { store: app.store, clock: app.clock, metrics: app.metrics, connected: () => ready });
    app.log.info({ port: await http.start() }, 'answering /healthz, /readyz and /metrics');
  }
  for (const adapter of adapters) await adapter.start();
  ready = true;
  const deliverer = delivererOf(app, adapters);
  const delivering = wanted.includes('deliver') ? deliverer.run(signal) : Promise.resolve();
  const rounds = createRounds(app, wanted, signal, say, () => deliverer.wake());
  const task = schedule(app.config.settings.poll.cron, () => rounds.begin());
  const watched = (await app.store.sources.list()).filter((source) => source.config.enabled).length;
  const connected = adapters.map((adapter) => adapter.platform).join(' and ');
  say(`Borderwire is ready: ${watched} sources watched, talking on the ${connected}. Type /help, or stop with Ctrl+C.`);
  rounds.begin();
  await aborted(signal);
  await task.stop();
  await rounds.idle();
  await delivering;
  for (const adapter of adapters) await adapter.stop();
  await http?.stop();
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
  for (const adapter of options.adapters) await adapter.start();
  const polled = await (await app.feeds()).poller.pollAll(options.signal);
  const clusterer = createClustererLease(app);
  const { mine } = await clusterer.hold();
  const made = mine ? await (await app.ingest()).drain(options.signal) : null;
  const forOperators = mine ? await createLedgerRounds(app).run(0) : [];
  await clusterer.end();
  await app.store.outbox.hasten(isoAt(app.clock.now()));
  await delivererOf(app, options.adapters).drain(options.signal);
  for (const adapter of options.adapters) await adapter.stop();
  return [
    ...(await tellNotices(app.store, polled.notices, isoAt(app.clock.now()))),
    ...forOperators,
    ...polled.failed.map((failure) => `Could not read ${failure.sourceId}: ${failure.message}. ${failure.hint}`),
    `Polled ${polled.polled} sources: ${polled.added} new entries, ${polled.changed} changed, ${polled.failed.length} could not be read.`,
    made === null
      ? 'Another process makes stories on this database: what was polled is left to it.'
      : `${made.relevant} relevant articles, ${made.opened} new stories, ${made.alerts} alerts.`,
  ];
}

function delivererOf(app: App, adapters: readonly ChatAdapter[]): Deliverer {
  const { clock, random, owner, store } = app;
  const lateAfterMs = app.config.settings.delivery.lateAfterMinutes * 60_000;
  return createDeliverer({
    store,
    adapters,
    clock,
    random,
    owner,
    lateAfterMs,
    log: app.log.child({ part: 'delivery' }),
  });
}

/** What the dead left leased is free again; the console has its first subscription. */
async function begin(app: App, adapters: readonly ChatAdapter[]): Promise<void> {
  await endDeadLeases(app);
  await subscribeConsole(app, adapters);
}

/** Rounds never overlap: a tick that comes while one runs is left out, for the next will find what is due. */
function createRounds(
  app: App,
  wanted: readonly Role[],
  signal: AbortSignal,
  say: (line: string) => void,
  wake: () => void,
) {
  const clusterer = createClustererLease(app);
  const ledgerRounds = createLedgerRounds(app);
  let warned = false;
  const told = new Set<string>();
  let running: Promise<void> = Promise.resolve();
  let busy = false;

  async function poll(): Promise<void> {
    const { failed, notices } = await (await app.feeds()).poller.pollDue(signal);
    for (const line of await tellNotices(app.store, notices, isoAt(app.clock.now()))) say(line);
    for (const failure of failed.filter((each) => !told.has(each.sourceId))) {
      told.add(failure.sourceId);
      say(`Could not read ${failure.sourceId}: ${failure.message}. ${failure.hint}`);
    }
  }

  /** Whoever takes over first rebuilds its window from the store. */
  async function makesStories(): Promise<boolean> {
    const { mine, taken } = await clusterer.hold();
    if (taken) await (await app.ingest()).restore();
    if (!mine && !warned)
      say('Another process makes stories on this database; this one waits, and takes over if that one stops.');
    warned ||= !mine;
    return mine;
  }

  async function round(): Promise<void> {
    if (wanted.includes('poll')) await poll();
    if (wanted.includes('ingest') && (await makesStories())) {
      await (await app.ingest()).drain(signal);
      await enqueueDigests(app.store, app.clock.now());
      for (const line of await ledgerRounds.run(settleMs)) say(line);
      wake();
    }
    await app.store.meta.set(heartbeat, isoAt(app.clock.now()));
  }

  return {
    begin: () => {
      if (busy || signal.aborted) return;
      busy = true;
      running = round()
        .catch((error: unknown) => {
          if (!signal.aborted) app.log.error({ err: error }, 'round failed');
        })
        .finally(() => {
          busy = false;
        });
    },
    idle: async () => {
      await running;
      await clusterer.end();
    },
  };
}

/** The console follows everything from its first start on; what its user changes later stays changed. */
async function subscribeConsole(app: App, adapters: readonly ChatAdapter[]): Promise<void> {
  if (!adapters.some((adapter) => adapter.platform === 'console')) return;
  const { subscriptions } = app.store;
  if (await subscriptions.everSubscribed(consoleChannel)) return;
  const { defaults } = app.services;
  await subscriptions.add({
    id: app.random.id(),
    channel: consoleChannel,
    topics: [],
    countries: [],
    minimumCertainty: 'reported',
    stages: [],
    languages: [],
    sources: [],
    digest: 'immediate',
    digestAt: null,
    timeZone: defaults.timeZone,
    quietHours: null,
    updates: defaults.updates,
    status: 'active',
    pausedBecause: null,
    createdBy: 'console',
    createdAt: isoAt(app.clock.now()),
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
