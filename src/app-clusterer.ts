import type { Clock, Store } from './core/ports.ts';
import { isoAt } from './lib/clock.ts';
import { isOwnerDead } from './lib/process-alive.ts';

/** Longer than a round takes; renewed by every round. */
const leaseMs = 5 * 60_000;
const name = 'clusterer';

/** One process at a time makes stories on a database. */
export interface ClustererLease {
  /** Takes or renews it: true when it is this process's. `taken` is true when it was not before. */
  hold(): Promise<{ mine: boolean; taken: boolean }>;
  /** Gives it back, so that the next need not wait. */
  end(): Promise<void>;
}

export function createClustererLease({
  store,
  clock,
  owner,
}: {
  store: Store;
  clock: Clock;
  owner: string;
}): ClustererLease {
  let mine = false;
  const until = (ms: number) => store.hold(name, owner, isoAt(clock.now()), isoAt(clock.now() + ms));
  return {
    hold: async () => {
      const before = mine;
      mine = await until(leaseMs);
      return { mine, taken: mine && !before };
    },
    end: async () => {
      if (mine) await until(0);
      mine = false;
    },
  };
}

/** What a process killed before left leased is free again. */
export function endDeadLeases({ store, clock, owner }: { store: Store; clock: Clock; owner: string }): Promise<number> {
  return store.endLeases((other) => isOwnerDead(other, owner), isoAt(clock.now()));
}
