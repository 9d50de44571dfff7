import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { SendOutcome } from '../../core/delivery.ts';

/** Discord's JSON error codes that say the place is gone, or that we may not speak there. */
const goneCodes = new Set<number | string>([10003, 10004]);
/** Too many edits of a message older than an hour; Discord's own network; resources overloaded. */
const passing = new Set<number | string>([30046, 40333, 130000]);
const forbiddenCodes = new Set<number | string>([50001, 50013, 50083, 160005]);

/** What the client says once Discord has refused its token. */
const noToken = 'Expected token to be set';
const refusedToken =
  'Discord no longer takes DISCORD_TOKEN: copy it anew from the Bot page of your application, and start again';

/** HTTP answers that are about the message itself, whoever gives them. */
const aboutMessage = new Set([400, 413, 414]);
/** When Discord says to wait, but not in numbers. */
const unsaidWaitMs = 60_000;

/** Faults of a connection that was never made: the message cannot have arrived. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** What a failed request means for the row: the one place that knows Discord's answers. `now` in milliseconds. */
export function outcomeOf(error: unknown, now: number): SendOutcome {
  if (error instanceof RateLimitError) {
    const scope = error.global ? 'global' : error.scope === 'shared' ? 'shared' : 'channel';
    const waitMs = Math.max(error.retryAfter, error.timeToReset);
    return {
      kind: 'rate-limited',
      retryAt: new Date(now + (Number.isFinite(waitMs) ? Math.max(0, waitMs) : unsaidWaitMs)).toISOString(),
      scope,
    };
  }
  if (error instanceof DiscordAPIError) return apiOutcome(error);
  const reason = error instanceof Error ? error.message : String(error);
  if (reason.startsWith(noToken)) return { kind: 'transient', reason, refused: refusedToken };
  // A server error or a lost answer says nothing about whether the message was stored.
  if (error instanceof HTTPError)
    return error.status >= 500 ? { kind: 'unknown', reason } : { kind: 'rejected', reason };
  return neverSent.has(codeOf(error)) ? { kind: 'transient', reason } : { kind: 'unknown', reason };
}

function apiOutcome(error: DiscordAPIError): SendOutcome {
  const reason = `${error.message} (${error.code ?? error.status})`;
  if (goneCodes.has(error.code)) return { kind: 'gone', reason };
  // The token is the installation's, not the channel's: no channel is to be paused for it.
  if (error.status === 401) return { kind: 'transient', reason, refused: refusedToken };
  if (forbiddenCodes.has(error.code)) return { kind: 'forbidden', reason };
  // A refusal without Discord's own code comes from the network before it, and is no channel's or message's fault.
  if (error.status < 500 && typeof error.code !== 'number' && !aboutMessage.has(error.status))
    return { kind: 'transient', reason };
  if (error.status === 403) return { kind: 'forbidden', reason };
  if (passing.has(error.code)) return { kind: 'transient', reason };
  if (error.status >= 500) return { kind: 'unknown', reason };
  return { kind: 'rejected', reason };
}

function codeOf(error: unknown): string {
  const inner: unknown = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code: unknown = typeof inner === 'object' && inner !== null ? Reflect.get(inner, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}
