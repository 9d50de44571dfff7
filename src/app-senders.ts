import { createRoleLease, type RoleLease } from './app-clusterer.ts';
import type { Clock, Store } from './core/ports.ts';
import type { Platform } from './core/subscription.ts';

/** Which platforms it is this process's turn to send to. */
export interface Senders {
  sends(): Promise<readonly Platform[]>;
  keep(signal: AbortSignal): Promise<void>;
  end(): Promise<void>;
}

/** How often a process that waits asks again, in milliseconds. */
const askMs = 2_000;

/**
 * One process at a time sends to a platform, the others stand by: the platforms' limits hold for the bot, not for each
 * of its processes, and only who sends all of it can keep to them.
 */
export function createSenders(
  parts: { store: Pick<Store, 'hold'>; clock: Clock; owner: string },
  platforms: readonly Platform[],
): Senders {
  const leases = new Map<Platform, RoleLease>(platforms.map((one) => [one, createRoleLease(parts, `send:${one}`)]));
  let asked = Number.NEGATIVE_INFINITY;
  let mine: readonly Platform[] = [];
  return {
    sends: async () => {
      const now = parts.clock.now();
      if (now >= asked && now - asked < askMs) return mine;
      asked = now;
      const held: Platform[] = [];
      for (const [platform, lease] of leases) if ((await lease.hold()).mine) held.push(platform);
      mine = held;
      return mine;
    },
    keep: async (signal) => void (await Promise.all([...leases.values()].map((lease) => lease.keep(signal)))),
    end: async () => void (await Promise.all([...leases.values()].map((lease) => lease.end()))),
  };
}
