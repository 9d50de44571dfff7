import { DiscordAPIError, Routes } from 'discord.js';
import type { KeptStore, Log } from '../../core/ports.ts';
import { outcomeOf } from './outcome.ts';
import type { Wire } from './send.ts';

const kind = 'discord-publish';
const alreadyPublished = 40_033;
/** What is tried again in less would be refused again. */
const shortestWaitMs = 1_000;
/** Before it is tried again where Discord is in trouble. */
const troubleMs = 300_000;

export interface Publisher {
  /** Publishes a post to the servers that follow its channel: at once, or when Discord allows it. Never rejects. */
  publish(channel: string, message: string): Promise<void>;
  /** Publishes what waited when the program ended, once. Never rejects. */
  resume(): Promise<void>;
  stop(): void;
}

/**
 * Discord publishes ten posts of a channel an hour. Each is kept before it is tried, and let go when it is published or
 * can never be: what waits outlives the program.
 */
export function createPublisher(parts: {
  rest: Pick<Wire, 'post'>;
  kept: KeptStore;
  log: Log;
  now: () => number;
}): Publisher {
  const { rest, kept, log, now } = parts;
  const timers = new Set<NodeJS.Timeout>();
  let resumed = false;

  function later(name: string, retryAt: string): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        void attempt(name);
      },
      Math.max(shortestWaitMs, Date.parse(retryAt) - now()),
    );
    timers.add(timer.unref());
  }

  async function attempt(name: string): Promise<void> {
    const [channel = '', message = ''] = name.split('/');
    try {
      await rest.post(Routes.channelMessageCrosspost(channel, message));
    } catch (error) {
      const isDone = error instanceof DiscordAPIError && error.code === alreadyPublished;
      const outcome = outcomeOf(error, now());
      if (!isDone) log.warn({ err: error, channel, message }, 'alert could not be published to followers');
      if (!isDone && outcome.kind === 'rate-limited') return later(name, outcome.retryAt);
      if (!isDone && (outcome.kind === 'transient' || outcome.kind === 'unknown'))
        return later(name, new Date(now() + troubleMs).toISOString());
    }
    await kept.remove(kind, name);
  }

  const guarded = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      log.error({ err: error }, 'a publication could not be kept');
    }
  };

  return {
    publish: (channel, message) =>
      guarded(async () => {
        const name = `${channel}/${message}`;
        await kept.put(kind, name, '');
        await attempt(name);
      }),
    resume: () =>
      guarded(async () => {
        if (resumed) return;
        resumed = true;
        for (const { name } of await kept.all(kind)) await attempt(name);
      }),
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
