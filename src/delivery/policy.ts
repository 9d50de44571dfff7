import type { Capabilities, OutboxRow, SendOutcome } from '../core/delivery.ts';
import { backoffMs } from '../lib/backoff.ts';

export type NextState =
  | { state: 'sent' }
  | { state: 'retry'; retryAt: string }
  | { state: 'unknown' }
  | { state: 'dead'; pauseChannel: boolean };

type Facts = Pick<OutboxRow, 'action' | 'attempts' | 'createdAt' | 'maybeSentSince' | 'rejectedBefore'>;

const firstRetryMs = 1_000;
const longestRetryMs = 5 * 60_000;
/** While a repeat is still folded, time is short: the window is not to be spent waiting. */
const longestDoubtMs = 5_000;
/** After this an alert that nobody could take is given up, and shown as dead. */
const giveUpAfterMs = 7 * 86_400_000;

/**
 * Whether a row may be sent at `ms` without a risk of saying it twice: no attempt can have arrived, or the platform
 * still folds a repeat into the first, or it is an edit, which repeated changes nothing.
 */
export function isSafeToSend(row: Facts, capabilities: Capabilities, ms: number): boolean {
  if (row.action === 'edit' || !row.maybeSentSince) return true;
  return ms < Date.parse(row.maybeSentSince) + capabilities.idempotencyWindowMs;
}

/**
 * What becomes of a row after an attempt; pure. `startedAt` is when the attempt began, `nowMs` is now, `chance` in
 * [0, 1) spreads the retries.
 */
export function nextState(
  outcome: SendOutcome,
  row: Facts,
  capabilities: Capabilities,
  at: { startedAt: string; nowMs: number; chance: number },
): NextState {
  const inDoubt = row.action !== 'edit' && (row.maybeSentSince || outcome.kind === 'unknown');
  const waitMs = backoffMs(row.attempts, firstRetryMs, inDoubt ? longestDoubtMs : longestRetryMs, at.chance);
  const doubtful = { ...row, maybeSentSince: row.maybeSentSince ?? at.startedAt };
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent' };
    case 'rate-limited':
      return retryOrUnknown(row, capabilities, Math.max(Date.parse(outcome.retryAt), at.nowMs));
    case 'transient':
      if (at.nowMs - Date.parse(row.createdAt) > giveUpAfterMs) return { state: 'dead', pauseChannel: false };
      return retryOrUnknown(row, capabilities, at.nowMs + waitMs);
    case 'unknown':
      return retryOrUnknown(doubtful, capabilities, at.nowMs + waitMs);
    case 'rejected':
      if (row.rejectedBefore) return { state: 'dead', pauseChannel: false };
      return retryOrUnknown(row, capabilities, at.nowMs);
    case 'forbidden':
    case 'gone':
      return { state: 'dead', pauseChannel: true };
  }
}

function retryOrUnknown(row: Facts, capabilities: Capabilities, retryMs: number): NextState {
  if (!isSafeToSend(row, capabilities, retryMs)) return { state: 'unknown' };
  return { state: 'retry', retryAt: new Date(retryMs).toISOString() };
}
