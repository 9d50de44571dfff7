import { webApi } from '@slack/bolt';
import type { SendOutcome } from '../../core/delivery.ts';

const gone = new Set(['channel_not_found', 'account_inactive', 'team_not_found']);
const forbidden = new Set([
  'not_in_channel',
  'is_archived',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'org_login_required',
  'app_access_restricted',
  'no_permission',
  'team_access_not_granted',
]);
/** The token is the installation’s, not the channel’s: no channel is to be paused for it. */
const tokenFaults = new Set([
  'invalid_auth',
  'not_authed',
  'token_expired',
  'token_revoked',
  'missing_scope',
  'not_allowed_token_type',
  'access_denied',
  'accesslimited',
]);
function refused(reason: string): SendOutcome {
  const remedy = 'copy it anew from OAuth & Permissions of your app, which has the scopes of slack-manifest.yaml';
  return { kind: 'transient', reason, refused: `Slack refuses SLACK_BOT_TOKEN (${reason}): ${remedy}` };
}

/** Slack’s own words that nothing was stored. */
const again = new Set(['ratelimited', 'rate_limited', 'request_timeout', 'service_unavailable', 'team_added_to_org']);
/** Slack says that the message may have been stored all the same. */
const ambiguous = new Set(['fatal_error', 'internal_error']);

/** Whether what Slack refused with passes by itself, and is no fault of the token. */
export function passes(error: string): boolean {
  return again.has(error) || ambiguous.has(error);
}

/** HTTP answers that are about the message; any other below 500 comes from what stands before Slack, or passes. */
const aboutMessage = new Set([400, 413, 414]);

/** What a failed call means for the row: the one place that knows Slack’s answers. `now` in milliseconds. */
export function outcomeOf(error: unknown, now: number): SendOutcome {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { kind: 'rate-limited', retryAt: new Date(now + error.retryAfter * 1000).toISOString(), scope: 'channel' };
  }
  if (error instanceof webApi.WebAPIPlatformError) return platformOutcome(error.data.error);
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof webApi.WebAPIHTTPError && error.statusCode === 401) return refused(reason);
  if (error instanceof webApi.WebAPIHTTPError && error.statusCode < 500)
    return { kind: aboutMessage.has(error.statusCode) ? 'rejected' : 'transient', reason };
  if (error instanceof webApi.WebAPIRequestError && isNeverSent(error.original)) return { kind: 'transient', reason };
  // The client’s own words for a 429 whose Retry-After it cannot read: refused, so nothing was stored.
  if (reason.startsWith('Retry header')) return { kind: 'transient', reason };
  // Slack has no key that folds a repeated send: an answer that never came leaves the fate open.
  return { kind: 'unknown', reason };
}

const addresseeGone = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'cannot_reply_to_message',
  'thread_not_found',
]);

/** Whether Slack refused because the message to edit or to answer is not there, or can no longer be edited. */
export function isAddresseeGone(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && addresseeGone.has(error.data.error);
}

/** Whether the message to edit is not there any more. */
export function isDeleted(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && error.data.error === 'message_not_found';
}

/** What people are told of it: most often the owner of what is paused. */
const inWords: Readonly<Record<string, string>> = {
  channel_not_found: 'the channel was deleted, or made private without the bot',
  not_in_channel: 'the bot is not in the channel',
  is_archived: 'the channel is archived',
};

/** Neither well nor a word of what was wrong is not what Slack answers. */
function platformOutcome(reason = 'internal_error'): SendOutcome {
  const told = reason in inWords ? `${inWords[reason]} (${reason})` : reason;
  if (gone.has(reason)) return { kind: 'gone', reason: told };
  if (forbidden.has(reason) || reason.startsWith('restricted_action')) return { kind: 'forbidden', reason: told };
  if (tokenFaults.has(reason)) return refused(reason);
  if (again.has(reason)) return { kind: 'transient', reason };
  return ambiguous.has(reason) ? { kind: 'unknown', reason } : { kind: 'rejected', reason };
}

/** The connection was never made. */
function isNeverSent(error: Error): boolean {
  const codes = [
    Reflect.get(error, 'code'),
    error.cause === undefined ? undefined : Reflect.get(Object(error.cause), 'code'),
  ];
  return codes.some((code) =>
    ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'].includes(
      String(code),
    ),
  );
}
