import type { Clock, Store } from './core/ports.ts';
import { isoAt } from './lib/clock.ts';
import { isOwnerDead } from './lib/process-alive.ts';

/** How long a process that fell silent keeps what it held, and how often it renews it, in milliseconds. */
const leaseMs = 25_000;
const renewMs = 5_000;

/** What one process at a time does on a database: making stories, or sending to one platform. */
export interface RoleLease {
  /** Takes or renews it: true when it is this process's. `taken` is true when it was not all the time since the last call. */
  hold(): Promise<{ mine: boolean; taken: boolean }>;
  /** Renews it in the background while it is this process's, until `signal` aborts. */
  keep(signal: AbortSignal): Promise<void>;
  /** Gives it back, so that the next need not wait. */
  end(): Promise<void>;
}

interface LeaseParts {
  store: Pick<Store, 'hold'>;
  clock: Clock;
  owner: string;
}

/** The name under which stories are made: commits carry it, so that who lost it unawares commits nothing. */
export const clustererName = 'clusterer';

export function createClustererLease(parts: LeaseParts): RoleLease {
  return createRoleLease(parts, clustererName);
}

export function createRoleLease({ store, clock, owner }: LeaseParts, name: string): RoleLease {
  let until = Number.NEGATIVE_INFINITY;
  let unbroken = false;

  async function renew(ms: number): Promise<boolean> {
    const now = clock.now();
    // Whoever was silent for too long cannot know who held it meanwhile.
    if (now >= until) unbroken = false;
    const mine = await store.hold(name, owner, isoAt(now), isoAt(now + ms));
    if (!mine) unbroken = false;
    until = mine ? now + ms : Number.NEGATIVE_INFINITY;
    return mine;
  }

  return {
    hold: async () => {
      const mine = await renew(leaseMs);
      const taken = mine && !unbroken;
      unbroken = mine;
      return { mine, taken };
    },
    keep: async (signal) => {
      while (!signal.aborted) {
        await clock.sleep(renewMs, signal);
        // A database that does not answer: the lease runs out, and `hold` will tell.
        if (!signal.aborted && unbroken) await renew(leaseMs).catch(() => undefined);
      }
    },
    end: async () => {
      if (unbroken) await renew(0);
      unbroken = false;
    },
  };
}

/** What a process of this machine that was killed left leased is free again. */
export function endDeadLeases({ store, clock, owner }: { store: Store; clock: Clock; owner: string }): Promise<number> {
  return store.endLeases((other) => isOwnerDead(other, owner), isoAt(clock.now()));
}
