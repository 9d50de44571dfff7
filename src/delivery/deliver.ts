import { setMaxListeners } from 'node:events';
import type { ChatAdapter, OutboxRow } from '../core/delivery.ts';
import type { Platform } from '../core/subscription.ts';
import { isoAt } from '../lib/clock.ts';
import { type AttemptParts, asSent, attempt, conclude, type Fate } from './attempt.ts';
import { createBreaker } from './breaker.ts';
import { createPace } from './pace.ts';
import { type Looks, type ReconcileParts, reconcileUnknown } from './reconcile.ts';
import type { RollUpRules } from './roll-up.ts';

export interface DelivererOptions
  extends Omit<AttemptParts, 'pace' | 'breaker' | 'history' | 'taken' | 'rules' | 'postponed'> {
  adapters: readonly ChatAdapter[];
  /** Those of the adapters' platforms that this process may send to at the moment; all of them when absent. */
  sends?: () => Promise<readonly Platform[]>;
  /** Nothing is rolled up for being much, and late is two hours, when absent. */
  rules?: Partial<RollUpRules>;
  /** Rows in flight at once; 64 when absent. */
  concurrency?: number;
  /** How long a row is ours: longer than an adapter's own time limit. A minute when absent. */
  leaseMs?: number;
  /** How often `run` looks for work, in milliseconds; a second when absent. */
  everyMs?: number;
}

export interface DeliverySummary {
  sent: number;
  retry: number;
  unknown: number;
  dead: number;
}

export interface Deliverer {
  /** Delivers until nothing is due: what is held, in retry or waiting for a platform's pace longer stays. */
  drain(signal?: AbortSignal): Promise<DeliverySummary>;
  /** Delivers until `signal` aborts; what is in flight is finished first. */
  run(signal: AbortSignal): Promise<void>;
  /** There is something new: `run` need not wait for its next look. */
  wake(): void;
}

/** A drain waits this long for rows whose turn comes: a platform's pace is no reason to leave them. */
const longestTurnMs = 10_000;
const never = new AbortController().signal;

/** Takes rows from the outbox to the platforms. Several may work on one database: leases keep them apart. */
export function createDeliverer(options: DelivererOptions): Deliverer {
  const { store, clock, log, owner, concurrency = 64, leaseMs = 60_000, everyMs = 1_000 } = options;
  let turnsUntil = 0;
  const rules: RollUpRules = {
    burstPerHour: 0,
    burstOfficial: 'apart',
    lateAfterMs: 2 * 3_600_000,
    editPauseMs: 60_000,
    ...options.rules,
  };
  const adapters = new Map<string, ChatAdapter>(options.adapters.map((adapter) => [adapter.platform, adapter]));
  const breaker = createBreaker(options.adapters, clock, log);
  const history: ReconcileParts = {
    store,
    adapters,
    clock,
    log,
    asSent: (row, adapter, atMs) => asSent(row, adapter, atMs, rules.lateAfterMs),
  };
  const parts: AttemptParts = {
    ...options,
    pace: createPace(),
    breaker,
    history,
    taken: new Set(),
    rules,
    postponed: (until) => {
      if (until - clock.now() <= longestTurnMs) turnsUntil = Math.max(turnsUntil, until);
    },
  };
  const connected = options.adapters.map((adapter) => adapter.platform);
  const sends = options.sends ?? (() => Promise.resolve(connected));
  const openPlatforms = async () => (await sends()).filter((platform) => !breaker.closed().includes(platform));
  const looks: Looks = new Map();

  const now = () => isoAt(clock.now());
  const until = () => isoAt(clock.now() + leaseMs);

  /** What another process, or this one before it was killed, was sending when it stopped. */
  async function takeOver(platforms: readonly Platform[], count: (fate: Fate) => void): Promise<void> {
    for (const row of await store.outbox.takeOver(owner, now(), until(), concurrency, platforms)) {
      const adapter = adapters.get(row.channel.platform);
      if (!adapter) continue;
      const cut = { kind: 'unknown', reason: 'stopped while sending' } as const;
      count(await conclude(row, adapter, cut, row.maybeSentSince ?? now(), parts));
    }
  }

  /** What failed while a platform was away goes first, in its order; its history, unreadable until now, tells of the rest. */
  async function reopen(): Promise<void> {
    const open = await breaker.reopen();
    if (open.length === 0) return;
    for (const platform of open) await store.outbox.hastenRetries(platform, now());
    looks.clear();
    await reconcileUnknown(history, looks, breaker.closed());
  }

  async function deliver(row: OutboxRow, signal: AbortSignal): Promise<Fate> {
    const adapter = adapters.get(row.channel.platform);
    return adapter ? attempt(row, adapter, parts, signal) : 'kept';
  }

  /** Until one of them is done, or it is time to look whether something else is due: a send that hangs delays no other. */
  async function landing(flying: ReadonlySet<Promise<void>>): Promise<void> {
    const over = new AbortController();
    await Promise.race([...flying, clock.sleep(everyMs, over.signal)]);
    over.abort();
  }

  /** Waits for a row's turn; false when none comes soon. */
  async function turnComes(signal: AbortSignal): Promise<boolean> {
    const waitMs = turnsUntil - clock.now();
    if (waitMs < 0 || waitMs > longestTurnMs) return false;
    await clock.sleep(Math.min(everyMs, waitMs + 1), signal);
    return true;
  }

  async function drain(signal: AbortSignal = never): Promise<DeliverySummary> {
    const summary: DeliverySummary = { sent: 0, retry: 0, unknown: 0, dead: 0 };
    // Every row that waits for its turn, or for an answer, listens for the stop.
    setMaxListeners(0, signal);
    const count = (fate: Fate) => {
      if (fate !== 'kept') summary[fate]++;
    };
    const ours = await sends();
    await takeOver(ours, count);
    const others = connected.filter((platform) => !ours.includes(platform));
    await reconcileUnknown(history, looks, [...breaker.closed(), ...others]);
    const flying = new Set<Promise<void>>();
    const failures: unknown[] = [];
    while (!signal.aborted && failures.length === 0) {
      const free = concurrency - flying.size;
      await reopen();
      const rows = free > 0 ? await store.outbox.lease(owner, now(), until(), free, await openPlatforms()) : [];
      for (const row of rows) {
        const flight = deliver(row, signal)
          .then(count, (error: unknown) => void failures.push(error))
          .finally(() => flying.delete(flight));
        flying.add(flight);
      }
      if (flying.size > 0) await landing(flying);
      else if (!(await turnComes(signal))) break;
    }
    await Promise.all(flying);
    if (failures.length > 0) throw failures[0];
    return summary;
  }

  let rest = new AbortController();
  let woken = false;

  /** Until the next look is due, or `wake`, which may have come while the last one was still under way. */
  async function pause(signal: AbortSignal): Promise<void> {
    rest = new AbortController();
    if (!woken && !signal.aborted) await clock.sleep(everyMs, rest.signal);
    woken = false;
  }

  async function run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => rest.abort(), { once: true });
    let told: string | null = null;
    while (!signal.aborted) {
      try {
        await drain(signal);
        told = null;
      } catch (error) {
        // The loop outlives a full disk or a locked database, told once: rows keep their leases until those run out.
        const trouble = error instanceof Error ? error.message : String(error);
        if (trouble !== told) log.error({ err: error }, 'delivery stopped short');
        told = trouble;
        await clock.sleep(everyMs * 5, signal);
      }
      await pause(signal);
    }
  }

  function wake(): void {
    woken = true;
    rest.abort();
  }

  return { drain, run, wake };
}
