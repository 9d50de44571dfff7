import type { App } from './app.ts';
import { createClustererLease } from './app-clusterer.ts';
import { heartbeat } from './app-http.ts';
import { createLedgerRounds, settleMs } from './app-ledger-rounds.ts';
import { noteSources, tellOperators } from './app-operators.ts';
import type { Role } from './app-run.ts';
import { failureLines, firstRoundLine } from './app-said.ts';
import { createUpkeep } from './app-upkeep.ts';
import { StoreError } from './core/errors.ts';
import type { Story } from './core/story.ts';
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

/** One after the other, never two at once: calls while one runs are answered by one more after it. */
function createLoop({ store }: App, trouble: Trouble, signal: AbortSignal, work: () => Promise<void>) {
  let running: Promise<void> | null = null;
  let again = false;
  const loop = {
    begin: (): void => {
      again = running !== null;
      if (running || signal.aborted) return;
      running = store
        .present()
        .then(work)
        .then(() => trouble.over(loop))
        .catch((error: unknown) => {
          if (!signal.aborted) trouble.began(loop, error);
        })
        .finally(() => {
          running = null;
          if (again) loop.begin();
        });
    },
    idle: async () => void (await running),
  };
  return loop;
}

/** Polling and making stories each in turn: a slow source in this process holds up no entry of another’s. */
export function createRounds(app: App, { roles, signal, say, wake }: RoundsParts): Rounds {
  const clusterer = createClustererLease(app);
  const ledgerRounds = createLedgerRounds(app);
  const upkeep = createUpkeep(app);
  const trouble = createTrouble(app, say);
  const told = new Set<string>();
  let first = true;
  let warned = false;

  async function poll(): Promise<void> {
    const polled = await (await app.feeds()).poller.pollDue(signal);
    await noteSources(app.store, polled.notices, isoAt(app.clock.now()));
    const summary = first && !signal.aborted ? firstRoundLine(polled) : null;
    if (summary !== null) say(summary);
    first = false;
    const untold = polled.failed.filter(({ sourceId }) => !told.has(sourceId));
    for (const { sourceId } of untold) told.add(sourceId);
    for (const line of failureLines(untold)) say(line);
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

  /** Ends every round, in every process. */
  async function beat(): Promise<void> {
    await upkeep.look();
    await tellOperators(app, app.config.settings.operators.channels, say);
    wake();
    await app.store.meta.set(heartbeat, isoAt(app.clock.now()));
  }

  /** Since the last tick nothing but what others have polled was looked at. */
  let whole = true;
  const stories = createLoop(app, trouble, signal, async () => {
    const mine = await makesStories();
    const alerts = mine ? (await (await app.ingest()).drain(signal)).alerts : 0;
    const all = whole;
    whole = false;
    if (mine && all) {
      const { review } = app.services;
      const isUnderReview = async (story: Story) => (await review.underReviewIn(story)) !== null;
      await enqueueDigests(app.store, app.clock.now(), isUnderReview);
      await ledgerRounds.run(settleMs);
      await upkeep.prune();
    }
    if (all) await beat();
    else if (alerts > 0) wake();
  });
  const beats = createLoop(app, trouble, signal, beat);
  const polls = createLoop(app, trouble, signal, async () => {
    await poll();
    await beat();
    tell();
  });
  function tell(): void {
    whole = true;
    if (roles.includes('ingest')) stories.begin();
  }

  return {
    begin: () => {
      if (roles.includes('poll')) polls.begin();
      tell();
      if (!roles.includes('poll') && !roles.includes('ingest')) beats.begin();
    },
    ingest: () => stories.begin(),
    keep: () => clusterer.keep(signal),
    idle: async () => {
      await polls.idle();
      await Promise.all([stories.idle(), beats.idle()]);
      await clusterer.end();
    },
  };
}

type Trouble = ReturnType<typeof createTrouble>;

/**
 * Trouble with the database cannot be kept in the database: it is said at once, once, and noted for operators when it
 * is over. Anything else that ends a round is a bug, and logged each time.
 */
function createTrouble({ store, clock, log }: App, say: (line: string) => void) {
  let standing: { since: string; told: Set<string>; failing: Set<object> } | null = null;
  return {
    began: (loop: object, error: unknown): void => {
      if (!(error instanceof StoreError)) {
        log.error({ err: error }, 'round failed');
        return;
      }
      standing ??= { since: isoAt(clock.now()), told: new Set(), failing: new Set() };
      standing.failing.add(loop);
      if (standing.told.has(error.message)) return;
      standing.told.add(error.message);
      log.error({ kind: error.kind, trouble: error.message }, 'the database is in trouble');
      say(error.message);
    },
    over: async (loop: object): Promise<void> => {
      if (standing === null) return;
      const ended = standing;
      ended.failing.delete(loop);
      if (ended.failing.size > 0) return;
      const { since, told } = ended;
      const at = isoAt(clock.now());
      const text = `The database works again. From ${since} to ${at}: ${[...told].join(' ')}`;
      // Over only when everything that failed has gone well again, and this could be written down.
      await store.notices.raise({ kind: 'database-trouble', subject: since, text, at, over: true });
      if (standing === ended) standing = null;
    },
  };
}
