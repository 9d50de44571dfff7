import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../src/adapters/slack/outcome.ts';

const now = Date.parse('2026-03-02T12:00:00.000Z');

function refused(error: string): Error {
  return new webApi.WebAPIPlatformError({ ok: false, error });
}

function cutOff(code: string): Error {
  return new webApi.WebAPIRequestError(
    new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }),
  );
}

describe('outcomeOf', () => {
  it('reads Retry-After as a time', () => {
    expect(outcomeOf(new webApi.WebAPIRateLimitedError(30), now)).toEqual({
      kind: 'rate-limited',
      retryAt: '2026-03-02T12:00:30.000Z',
      scope: 'channel',
    });
  });

  it.each([
    ['channel_not_found', 'gone'],
    ['account_inactive', 'gone'],
    ['not_in_channel', 'forbidden'],
    ['is_archived', 'forbidden'],
    ['restricted_action', 'forbidden'],
    ['restricted_action_thread_only_channel', 'forbidden'],
    ['ratelimited', 'transient'],
    ['service_unavailable', 'transient'],
    ['request_timeout', 'transient'],
    ['fatal_error', 'unknown'],
    ['internal_error', 'unknown'],
    ['invalid_blocks', 'rejected'],
    ['msg_blocks_too_long', 'rejected'],
    ['message_not_found', 'rejected'],
    ['a_word_of_next_year', 'rejected'],
  ])('takes Slack’s %s as %s', (word, kind) => {
    expect(outcomeOf(refused(word), now)).toEqual({ kind, reason: expect.stringContaining(word) });
  });

  it.each(['invalid_auth', 'token_revoked', 'token_expired', 'missing_scope'])(
    'pauses no channel for %s, and says what to do',
    (word) => {
      expect(outcomeOf(refused(word), now)).toEqual({
        kind: 'transient',
        reason: word,
        refused: expect.stringMatching(new RegExp(`SLACK_BOT_TOKEN \\(${word}\\): copy it anew`)),
      });
    },
  );

  it.each([
    [new webApi.WebAPIHTTPError(500, 'Internal Server Error', {}, ''), 'unknown'],
    [new webApi.WebAPIHTTPError(503, 'Service Unavailable', {}, ''), 'unknown'],
    [new webApi.WebAPIHTTPError(413, 'Payload Too Large', {}, ''), 'rejected'],
    [new webApi.WebAPIHTTPError(401, 'Unauthorized', {}, ''), 'transient'],
    [new webApi.WebAPIHTTPError(403, 'Forbidden', {}, '<html>'), 'transient'],
    [cutOff('ECONNREFUSED'), 'transient'],
    [cutOff('ENOTFOUND'), 'transient'],
    [cutOff('UND_ERR_CONNECT_TIMEOUT'), 'transient'],
    [cutOff('ECONNRESET'), 'unknown'],
    [cutOff('UND_ERR_SOCKET'), 'unknown'],
    [new webApi.WebAPIRequestError(new DOMException('too slow', 'TimeoutError')), 'unknown'],
    [new Error('Retry header did not contain a valid timeout (url: x, retry-after header: null)'), 'transient'],
    [new SyntaxError('Unexpected token <'), 'unknown'],
    ['no error at all', 'unknown'],
  ])('takes %s as %s', (error, kind) => {
    expect(outcomeOf(error, now).kind).toBe(kind);
  });
});
