import type { ChatAdapter, SendOutcome } from '../core/delivery.ts';
import type { Clock, Log } from '../core/ports.ts';
import { backoffMs } from '../lib/backoff.ts';

export interface Breaker {
  /** Learns how a platform fares. */
  note(platform: string, outcome: SendOutcome): void;
  /** Platforms to which nothing is sent for now. */
  closed(): readonly string[];
  /** Asks closed platforms whose time has come whether they answer again; gives those that do. */
  reopen(): Promise<readonly string[]>;
}

interface Trouble {
  /** Sends without an answer, one after the other. */
  failures: number;
  closed: boolean;
  tries: number;
  nextTryAt: number;
}

/** So many in a row, and the platform itself is in trouble, not a message. */
const patience = 3;
const firstTryMs = 2_000;
const longestTryMs = 30_000;

/**
 * Keeps an outage from putting every waiting message into doubt: after a few sends in a row without an answer nothing
 * more is sent to that platform until a request that changes nothing is answered.
 */
export function createBreaker(adapters: readonly ChatAdapter[], clock: Clock, log: Log): Breaker {
  const troubles = new Map<string, Trouble>();

  function postpone(trouble: Trouble): void {
    trouble.tries++;
    trouble.nextTryAt = clock.now() + backoffMs(trouble.tries, firstTryMs, longestTryMs, 0.5);
  }

  async function answers(platform: string): Promise<boolean> {
    const adapter = adapters.find((one) => one.platform === platform);
    return adapter?.reachable ? adapter.reachable() : true;
  }

  return {
    note(platform, { kind }) {
      if (kind !== 'transient' && kind !== 'unknown') {
        troubles.delete(platform);
        return;
      }
      const trouble = troubles.get(platform) ?? { failures: 0, closed: false, tries: 0, nextTryAt: 0 };
      troubles.set(platform, trouble);
      trouble.failures++;
      if (trouble.closed || trouble.failures < patience) return;
      trouble.closed = true;
      postpone(trouble);
      log.warn({ platform }, 'platform does not answer; deliveries wait');
    },
    closed: () => [...troubles].flatMap(([platform, { closed }]) => (closed ? [platform] : [])),
    async reopen() {
      const open: string[] = [];
      for (const [platform, trouble] of troubles) {
        const waitMs = trouble.nextTryAt - clock.now();
        // Longer only by a clock that was set back.
        if (!trouble.closed || (waitMs > 0 && waitMs <= longestTryMs)) continue;
        if (await answers(platform)) {
          open.push(platform);
          trouble.closed = false;
          // One more failure closes it again, and then for longer.
          trouble.failures = patience - 1;
          log.info({ platform }, 'platform answers again');
        } else postpone(trouble);
      }
      return open;
    },
  };
}
