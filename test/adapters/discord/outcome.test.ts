import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../src/adapters/discord/outcome.ts';

const now = Date.parse('2026-03-02T12:00:00.000Z');
const api = (code: number | string, status: number) =>
  new DiscordAPIError({ code: 0, message: 'why' }, code, status, 'POST', '/channels/1/messages', {
    body: undefined,
    files: undefined,
  });
const http = (status: number) =>
  new HTTPError(status, 'why', 'POST', '/channels/1/messages', { body: undefined, files: undefined });
const limited = (more: Partial<ConstructorParameters<typeof RateLimitError>[0]>) =>
  new RateLimitError({
    global: false,
    scope: 'user',
    retryAfter: 2_000,
    timeToReset: 500,
    sublimitTimeout: 0,
    hash: 'h',
    limit: 5,
    majorParameter: '1',
    method: 'POST',
    route: '/channels/:id/messages',
    url: '',
    ...more,
  });
const fault = (code: string) => Object.assign(new Error(code), { code });

const table: readonly { what: string; error: unknown; kind: string }[] = [
  { what: 'an unknown channel', error: api(10003, 404), kind: 'gone' },
  { what: 'an unknown guild', error: api(10004, 404), kind: 'gone' },
  { what: 'missing access', error: api(50001, 403), kind: 'forbidden' },
  { what: 'missing permissions', error: api(50013, 403), kind: 'forbidden' },
  { what: 'an archived thread', error: api(50083, 400), kind: 'forbidden' },
  { what: 'a locked thread', error: api(160005, 400), kind: 'forbidden' },
  { what: 'another refusal of Discord', error: api(0, 403), kind: 'forbidden' },
  { what: 'a refusal that is not Discord’s', error: api('unknown', 403), kind: 'transient' },
  { what: 'a token that is no longer taken', error: api(0, 401), kind: 'transient' },
  {
    what: 'a token that the client dropped',
    error: new Error('Expected token to be set for this request'),
    kind: 'transient',
  },
  { what: 'a bad form', error: api(50035, 400), kind: 'rejected' },
  { what: 'an unknown message', error: api(10008, 404), kind: 'rejected' },
  { what: 'too many edits of an old message', error: api(30046, 429), kind: 'transient' },
  { what: 'a server error', error: http(500), kind: 'unknown' },
  { what: 'a bad gateway', error: http(502), kind: 'unknown' },
  { what: 'a lost connection', error: fault('UND_ERR_SOCKET'), kind: 'unknown' },
  { what: 'an answer that came too late', error: new DOMException('aborted', 'AbortError'), kind: 'unknown' },
  { what: 'a refused connection', error: fault('ECONNREFUSED'), kind: 'transient' },
  {
    what: 'a refused connection, as fetch tells it',
    error: new TypeError('x', { cause: fault('ECONNREFUSED') }),
    kind: 'transient',
  },
  { what: 'a name that is not found', error: fault('ENOTFOUND'), kind: 'transient' },
  { what: 'something thrown that is no error', error: 'odd', kind: 'unknown' },
];

describe('what a failed request to Discord means', () => {
  it.each(table)('$what: $kind', ({ error, kind }) => {
    expect(outcomeOf(error, now).kind).toBe(kind);
  });

  it.each([
    { more: {}, scope: 'channel', retryAt: '2026-03-02T12:00:02.000Z' },
    { more: { scope: 'shared' as const }, scope: 'shared', retryAt: '2026-03-02T12:00:02.000Z' },
    { more: { global: true, timeToReset: 9_000 }, scope: 'global', retryAt: '2026-03-02T12:00:09.000Z' },
    { more: { retryAfter: Number.NaN }, scope: 'channel', retryAt: '2026-03-02T12:01:00.000Z' },
  ])('waits for a rate limit of the $scope until $retryAt', ({ more, scope, retryAt }) => {
    expect(outcomeOf(limited(more), now)).toEqual({ kind: 'rate-limited', scope, retryAt });
  });
});
