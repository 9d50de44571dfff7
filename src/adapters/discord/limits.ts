import type { REST } from 'discord.js';
import type { LimitsSaid, OutboxRow, SendOutcome } from '../../core/delivery.ts';

/** Discord counts these against an address, and bans it after ten thousand in ten minutes. */
const invalidStatuses = new Set([401, 403, 429]);
/** Clocks differ, and requests take their time. */
const marginMs = 50;

interface Heard {
  said: LimitsSaid;
  /** A 429 that comes from the network before Discord, for everything that comes from our address. */
  blocked: boolean;
}

export interface LimitBook {
  /** The outcome with what Discord said of its limits meanwhile. */
  complete(row: OutboxRow, outcome: SendOutcome): SendOutcome;
}

/** Notes the rate limit headers of every answer, by method and channel. `now` in milliseconds. */
export function followLimits(rest: Pick<REST, 'on'>, now: () => number): LimitBook {
  const heard = new Map<string, Heard>();
  let invalid = 0;
  rest.on('response', ({ method, path }, { status, headers }) => {
    const shared = headers.get('x-ratelimit-scope') === 'shared';
    if (invalidStatuses.has(status) && !shared) invalid++;
    const [, first, channel] = path.split('/');
    // To publish has limits of its own, which say nothing of posts.
    if (first !== 'channels' || channel === undefined || path.endsWith('/crosspost')) return;
    const blocked = status === 429 && headers.get('x-ratelimit-scope') === null && headers.get('via') === null;
    heard.set(`${method} ${channel}`, { said: saidBy(headers, now()), blocked });
  });

  return {
    complete: (row, outcome) => {
      const method = row.action === 'edit' ? 'PATCH' : 'POST';
      const keys = [row.replyTo, row.channel.id].map((channel) => `${method} ${channel ?? ''}`);
      const found = keys.map((key) => heard.get(key)).find((one) => one !== undefined);
      for (const key of keys) heard.delete(key);
      const limits = { ...found?.said, ...(invalid > 0 ? { invalid } : {}) };
      invalid = 0;
      const wide =
        found?.blocked && outcome.kind === 'rate-limited' ? { ...outcome, scope: 'global' as const } : outcome;
      return Object.keys(limits).length === 0 ? wide : { ...wide, limits };
    },
  };
}

function saidBy(headers: { get(name: string): string | null }, nowMs: number): LimitsSaid {
  const bucket = headers.get('x-ratelimit-bucket');
  const remaining = headers.get('x-ratelimit-remaining');
  const resetAfter = Number(headers.get('x-ratelimit-reset-after') ?? Number.NaN);
  return {
    ...(bucket === null ? {} : { bucket }),
    ...(remaining === null || !Number.isFinite(resetAfter)
      ? {}
      : { remaining: Number(remaining), resetAt: new Date(nowMs + resetAfter * 1_000 + marginMs).toISOString() }),
  };
}
