import type { Log } from '../core/ports.ts';
import { isoAt } from '../lib/clock.ts';
import { parseHttpUrl } from '../lib/url.ts';
import type { SourceNotice } from './health.ts';
import { createLane } from './lanes.ts';
import { type PollDeps, type PollLimits, type PollResult, pollSource, type Source } from './poll-source.ts';

export type { Parse, PollLimits, PollResult } from './poll-source.ts';

export const defaultPollLimits: PollLimits = {
  concurrency: 16,
  leaseMs: 120_000,
  maxAgeHours: 72,
  floodLimit: 40,
};

/** What a round did. */
export interface PollSummary {
  polled: number;
  unchanged: number;
  /** New entries, and new versions of known ones. */
  added: number;
  changed: number;
  failed: readonly { sourceId: string; code: string; message: string; hint: string }[];
  /** Not asked, since their host told another source to wait. */
  deferred: number;
  /** For the operator, each once. */
  notices: readonly SourceNotice[];
}

export interface Poller {
  /** Polls what is due until nothing is. A call while one runs joins it. */
  pollDue(signal?: AbortSignal): Promise<PollSummary>;
  /** Polls every enabled source once, due or not. */
  pollAll(signal?: AbortSignal): Promise<PollSummary>;
}

export interface PollerOptions extends Omit<PollDeps, 'limits'> {
  log: Log;
  /** Who leases: unique among running processes. */
  owner: string;
  limits?: Partial<PollLimits>;
}

/** Some more sources to poll; none when there are no more. */
type Next = (limit: number) => Promise<readonly Source[]>;

interface Round {
  results: PollResult[];
  deferred: number;
  /** The first error that is no source's fault: ends the round. */
  broken: unknown;
}

/** How many leased sources may wait for a place. */
const waitingPerPlace = 2;
const illWaitingPerPlace = 16;

/** Sources in trouble beyond even that come back after this, so that they never hold up the others. */
const yieldMs = 60_000;

/**
 * The poller: leases due sources, asks several at a time, and records each in one transaction. A source's trouble
 * stays its own; a store that fails ends the round with its error.
 */
export function createPoller(options: PollerOptions): Poller {
  const deps: PollDeps = { ...options, limits: { ...defaultPollLimits, ...options.limits } };
  const { clock, sources, log, owner } = options;
  const { concurrency, leaseMs } = deps.limits;
  const troubled = Math.max(1, Math.floor(concurrency / 2));
  const holds = createHostHolds();
  let running: Promise<PollSummary> | null = null;

  async function pollOne(source: Source, round: Round, signal?: AbortSignal): Promise<void> {
    if (round.broken !== undefined || signal?.aborted) return;
    try {
      const until = holds.until(source, clock.now());
      if (until !== null) {
        await defer(source, until, round);
        return;
      }
      const result = await pollSource(deps, source, signal);
      holds.note(source, result);
      report(log, result);
      round.results.push(result);
    } catch (error) {
      round.broken ??= error;
    }
  }

  async function defer({ state }: Source, until: number, round: Round): Promise<void> {
    const next = { ...state, nextPollAt: isoAt(until + options.random.next() * yieldMs) };
    await sources.recordPoll({ state: next, entries: [], seenAt: isoAt(clock.now()), silent: false });
    round.deferred++;
  }

  /** `patient`: nothing is leased, and everything may wait. */
  async function run(signal: AbortSignal | undefined, patient: boolean, next: Next): Promise<PollSummary> {
    const round: Round = { results: [], deferred: 0, broken: undefined };
    const queued = new Set<string>();
    const work = async (source: Source): Promise<void> => {
      await pollOne(source, round, signal);
      queued.delete(source.config.id);
    };
    const [well, ill] = [createLane(concurrency, work), createLane(troubled, work)];
    const stopped = (): boolean => round.broken !== undefined || signal?.aborted === true;
    for (;;) {
      const room = concurrency * waitingPerPlace - well.waiting();
      const batch = stopped() || room < concurrency ? [] : await next(room);
      for (const source of batch) {
        // A lease that ran out while its source waited is ours again.
        if (queued.has(source.config.id)) continue;
        queued.add(source.config.id);
        if (source.state.failures === 0) well.push(source);
        else if (patient || ill.waiting() < troubled * illWaitingPerPlace) ill.push(source);
        else {
          queued.delete(source.config.id);
          await defer(source, clock.now() + yieldMs, round);
        }
      }
      const busy = [well, ill].filter((lane) => lane.busy());
      if (busy.length === 0 && batch.length === 0) break;
      if (busy.length > 0) await Promise.race(busy.map((lane) => lane.progress()));
    }
    if (round.broken !== undefined && !signal?.aborted) throw round.broken;
    return summarise(round);
  }

  function leased(limit: number): Promise<readonly Source[]> {
    const now = clock.now();
    return sources.leaseDue(owner, isoAt(now), isoAt(now + leaseMs), limit);
  }

  return {
    pollDue(signal) {
      running ??= run(signal, false, leased).finally(() => {
        running = null;
      });
      return running;
    },
    async pollAll(signal) {
      const all = await sources.list();
      const rest = all.filter(({ config, state }) => config.enabled && !state.paused);
      return await run(signal, true, async (limit) => rest.splice(0, limit));
    },
  };
}

/** A host that told one source to wait means all of them: queries to one aggregator share its patience. */
function createHostHolds(): {
  until(source: Source, now: number): number | null;
  note(source: Source, result: PollResult): void;
} {
  const holds = new Map<string, number>();
  const hostOf = ({ config }: Source): string => parseHttpUrl(config.url)?.host ?? '';
  return {
    until(source, now) {
      const until = holds.get(hostOf(source)) ?? 0;
      if (until > now) return until;
      holds.delete(hostOf(source));
      return null;
    },
    note(source, { error }) {
      if (error?.code === 'rate-limited' && error.retryAt !== null)
        holds.set(hostOf(source), Date.parse(error.retryAt));
    },
  };
}

function report(log: Log, result: PollResult): void {
  const { sourceId, outcome, added, changed, withdrawn, error } = result;
  for (const { kind, message, remedy } of result.notices)
    log.warn({ sourceId, kind, remedy, detail: message }, 'source');
  if (withdrawn > 0) log.info({ sourceId, withdrawn }, 'entries taken back by their publisher');
  if (error) log.debug({ sourceId, code: error.code, detail: error.message }, 'poll failed');
  else log.debug({ sourceId, outcome, added, changed }, 'polled');
}

function summarise({ results, deferred }: Round): PollSummary {
  const failed = results.flatMap(({ sourceId, error }) =>
    error ? [{ sourceId, code: error.code, message: error.message, hint: error.hint }] : [],
  );
  return {
    polled: results.length,
    unchanged: results.filter((one) => one.outcome === 'unchanged').length,
    added: results.reduce((sum, one) => sum + one.added, 0),
    changed: results.reduce((sum, one) => sum + one.changed, 0),
    failed,
    deferred,
    notices: results.flatMap((one) => one.notices),
  };
}
