import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { SendOutcome } from '../../core/delivery.ts';

/** Discord's JSON error codes that say the place is gone, or that we may not speak there. */
const goneCodes = new Set<number | string>([10003, 10004]);
const forbiddenCodes = new Set<number | string>([50001, 50013, 50083, 160005]);

/** Faults of a connection that was never made: the message cannot have arrived. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** What a failed request means for the row: the one place that knows Discord's answers. `now` in milliseconds. */
export function outcomeOf(error: unknown, now: number): SendOutcome {
  if (error instanceof RateLimitError) {
    const scope = error.global ? 'global' : error.scope === 'shared' ? 'shared' : 'channel';
    return {
      kind: 'rate-limited',
      retryAt: new Date(now + Math.max(error.retryAfter, error.timeToReset)).toISOString(),
      scope,
    };
  }
  if (error instanceof DiscordAPIError) return apiOutcome(error);
  const reason = error instanceof Error ? error.message : String(error);
  // A server error or a lost answer says nothing about whether the message was stored.
  if (error instanceof HTTPError)
    return error.status >= 500 ? { kind: 'unknown', reason } : { kind: 'rejected', reason };
  return neverSent.has(codeOf(error)) ? { kind: 'transient', reason } : { kind: 'unknown', reason };
}

function apiOutcome(error: DiscordAPIError): SendOutcome {
  const reason = `${error.message} (${error.code})`;
  if (goneCodes.has(error.code)) return { kind: 'gone', reason };
  if (forbiddenCodes.has(error.code) || error.status === 403 || error.status === 401)
    return { kind: 'forbidden', reason };
  if (error.status >= 500) return { kind: 'unknown', reason };
  return { kind: 'rejected', reason };
}

function codeOf(error: unknown): string {
  const inner: unknown = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code: unknown = typeof inner === 'object' && inner !== null ? Reflect.get(inner, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}
