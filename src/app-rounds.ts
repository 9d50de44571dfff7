import type { App } from './app.ts';
import { createClustererLease } from './app-clusterer.ts';
import { heartbeat } from './app-http.ts';
import { createLedgerRounds, settleMs } from './app-ledger-rounds.ts';
import { tellNotices } from './app-notices.ts';
import type { Role } from './app-run.ts';
import { enqueueDigests } from './delivery/digest-round.ts';
import { isoAt } from './lib/clock.ts';

export interface Rounds {
  /** The tick: polls what is due and makes stories of what is there. */
  begin(): void;
  /** Makes stories of what other processes have polled. */
  ingest(): void;
  /** Renews what this process holds until the end. */
  keep(): Promise<void>;
  /** Resolves when nothing is under way, with what this process held given back. */
  idle(): Promise<void>;
}

interface RoundsParts {
  roles: readonly Role[];
  signal: AbortSignal;
  say: (line: string) => void;
  /** There may be something new to deliver. */
  wake: () => void;
}

/** One after the other, never two at once: a call while one runs is left out, for the next will find what is due. */
function createLoop(app: App, signal: AbortSignal, work: () => Promise<void>) {
  let running: Promise<void> | null = null;
  return {
    begin: (): void => {
      if (running || signal.aborted) return;
      running = work()
        .catch((error: unknown) => {
          if (!signal.aborted) app.log.error({ err: error }, 'round failed');
        })
        .finally(() => {
          running = null;
        });
    },
    idle: async () => void (await running),
  };
}

/** Polling and making stories each in turn: a slow source in this process holds up no entry of another’s. */
export function createRounds(app: App, { roles, signal, say, wake }: RoundsParts): Rounds {
  const clusterer = createClustererLease(app);
  const ledgerRounds = createLedgerRounds(app);
  const told = new Set<string>();
  let warned = false;

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

  const beat = () => app.store.meta.set(heartbeat, isoAt(app.clock.now()));

  const stories = createLoop(app, signal, async () => {
    if (await makesStories()) {
      await (await app.ingest()).drain(signal);
      await enqueueDigests(app.store, app.clock.now());
      for (const line of await ledgerRounds.run(settleMs)) say(line);
      wake();
    }
    await beat();
  });
  /** Only what others have polled: the rest has time until the tick. */
  const looks = createLoop(app, signal, async () => {
    if ((await makesStories()) && (await (await app.ingest()).drain(signal)).alerts > 0) wake();
  });
  const polls = createLoop(app, signal, async () => {
    await poll();
    await beat();
    if (roles.includes('ingest')) stories.begin();
  });

  return {
    begin: () => {
      if (roles.includes('poll')) polls.begin();
      if (roles.includes('ingest')) stories.begin();
      if (!roles.includes('poll') && !roles.includes('ingest')) void beat().catch(() => undefined);
    },
    ingest: () => looks.begin(),
    keep: () => clusterer.keep(signal),
    idle: async () => {
      await polls.idle();
      await Promise.all([stories.idle(), looks.idle()]);
      await clusterer.end();
    },
  };
}
