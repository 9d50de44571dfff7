import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { followLimits } from '../../../src/adapters/discord/limits.ts';
import type { OutboxRow, SendOutcome } from '../../../src/core/delivery.ts';
import { noon } from '../../fakes/samples.ts';

const channel = { platform: 'discord', workspace: 'g1', id: '1' } as const;
const row = { id: 'r1', channel, action: 'post', replyTo: null } as unknown as OutboxRow;
const sent: SendOutcome = { kind: 'sent', messageId: 'm1' };
const limited: SendOutcome = { kind: 'rate-limited', retryAt: noon, scope: 'channel' };

function open() {
  const rest = new EventEmitter();
  const book = followLimits(rest as unknown as Parameters<typeof followLimits>[0], () => Date.parse(noon));
  const answer = (method: string, path: string, status: number, headers: Record<string, string> = {}) =>
    rest.emit('response', { method, path }, { status, headers: new Headers(headers) });
  return { book, answer };
}

describe('what Discord says of its limits', () => {
  it('is read from the headers of the row’s own request, a little on the safe side', () => {
    const { book, answer } = open();
    const said = { 'x-ratelimit-bucket': 'b1', 'x-ratelimit-remaining': '3', 'x-ratelimit-reset-after': '1.5' };
    answer('POST', '/channels/1/messages', 200, said);
    answer('POST', '/channels/2/messages', 200, { ...said, 'x-ratelimit-bucket': 'b2' });
    expect(book.complete(row, sent).limits).toEqual({
      bucket: 'b1',
      remaining: 3,
      resetAt: new Date(Date.parse(noon) + 1_550).toISOString(),
    });
  });

  it('is heard once, and not of publishing, which has limits of its own', () => {
    const { book, answer } = open();
    answer('POST', '/channels/1/messages/9/crosspost', 200, { 'x-ratelimit-bucket': 'other' });
    expect(book.complete(row, sent)).toEqual(sent);
    answer('POST', '/channels/1/messages', 200, { 'x-ratelimit-bucket': 'b1' });
    expect(book.complete(row, sent).limits).toEqual({ bucket: 'b1' });
    expect(book.complete(row, sent)).toEqual(sent);
  });

  it('is the edit’s for an edit, and the thread’s for an answer', () => {
    const { book, answer } = open();
    answer('PATCH', '/channels/1/messages/5', 200, { 'x-ratelimit-bucket': 'edits' });
    answer('POST', '/channels/7/messages', 200, { 'x-ratelimit-bucket': 'thread' });
    expect(book.complete({ ...row, action: 'edit', replyTo: '5' }, sent).limits?.bucket).toBe('edits');
    expect(book.complete({ ...row, action: 'thread', replyTo: '7' }, sent).limits?.bucket).toBe('thread');
  });

  it('closes everything when the network before Discord refuses: such a 429 has none of its headers', () => {
    const { book, answer } = open();
    answer('POST', '/channels/1/messages', 429);
    expect(book.complete(row, limited)).toMatchObject({ scope: 'global', limits: { invalid: 1 } });
    answer('POST', '/channels/1/messages', 429, { via: '1.1 google', 'x-ratelimit-scope': 'user' });
    expect(book.complete(row, limited)).toMatchObject({ scope: 'channel', limits: { invalid: 1 } });
  });

  it('counts refused requests of every kind towards the ban, except limits that all bots share', () => {
    const { book, answer } = open();
    answer('GET', '/users/@me', 401);
    answer('PUT', '/applications/1/commands', 403);
    answer('POST', '/channels/2/messages', 429, { 'x-ratelimit-scope': 'user', via: 'x' });
    answer('POST', '/channels/2/messages', 429, { 'x-ratelimit-scope': 'shared', via: 'x' });
    answer('POST', '/channels/2/messages', 404);
    expect(book.complete(row, sent).limits).toEqual({ invalid: 3 });
    expect(book.complete(row, sent)).toEqual(sent);
  });
});
