import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../../src/adapters/discord/adapter.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { leasedRow } from '../../contract/adapter.ts';
import { memoryKept, memoryMeta, noCommands, shippedPhrases } from './open.ts';

const now = Date.parse('2026-03-02T12:00:00.000Z');
const answer = { status: 200, body: '', type: 'application/json', headers: {} };
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(answer.status, { ...answer.headers, 'content-type': answer.type }).end(answer.body);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

/** What becomes of a message that is answered so; a new client each time, which knows of no limits yet. */
async function outcome(status: number, body: string, headers: Record<string, string> = {}) {
  Object.assign(answer, { status, body, headers });
  const { port } = server.address() as AddressInfo;
  const adapter = createDiscordAdapter({
    token: 't',
    apiUrl: `http://127.0.0.1:${port}/api`,
    operators: [],
    runner: noCommands,
    meta: memoryMeta(),
    kept: memoryKept(),
    phrases: shippedPhrases,
    log: silentLog,
    now: () => now,
  });
  const sent = await adapter.send(leasedRow(adapter, 'r1'));
  await adapter.stop();
  return sent;
}

const after = (seconds: number) => new Date(now + seconds * 1_000).toISOString().slice(0, 19);

describe('a message that a server which is only like Discord answers', () => {
  it.each<[string, number, string, object]>([
    ['with a number for an id', 200, '{"id":77}', { kind: 'sent', messageId: '77' }],
    ['with nothing', 200, '', { kind: 'unknown' }],
    ['with a code in words', 404, '{"message":"Unknown Channel","code":"10003"}', { kind: 'gone' }],
    ['without a code', 403, '{"message":"Forbidden"}', { kind: 'transient', reason: 'Forbidden (403)' }],
    ['with errors that are a list', 400, '{"message":"m","code":50035,"errors":["x",null]}', { kind: 'rejected' }],
    [
      'with errors of nothing',
      400,
      '{"message":"m","code":50035,"errors":{"a":{"_errors":[null]}}}',
      { kind: 'rejected' },
    ],
    ['with a refusal that is null', 400, 'null', { kind: 'rejected', reason: 'Bad Request (400)' }],
    ['with a refusal that is no JSON', 400, '<p>', { kind: 'rejected' }],
    ['with a wait in its body alone', 429, '{"retry_after":7.5,"global":false}', { scope: 'channel' }],
    ['with a wait for all in its body alone', 429, '{"retry_after":7.5,"global":true}', { scope: 'global' }],
  ])('%s is settled', async (_what, status, body, settled) => {
    expect(await outcome(status, body)).toMatchObject(settled);
  });

  it('waits as long as the body says, and a minute where nothing is said', async () => {
    for (const [body, seconds] of [
      ['{"retry_after":7.5}', 7],
      ['{}', 60],
      ['', 60],
    ] as const)
      expect(await outcome(429, body)).toMatchObject({ retryAt: expect.stringContaining(after(seconds)) });
  });

  it('waits for nobody longer than an hour, whatever a server says', async () => {
    const hour = { retryAt: expect.stringContaining(after(3_600)) };
    for (const headers of [
      { 'retry-after': '9e9' },
      { 'retry-after': '2', 'x-ratelimit-reset-after': '1e9' },
      { 'retry-after': 'Infinity' },
    ])
      expect(await outcome(429, '{}', headers)).toMatchObject(hour);
    const spent = { 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '1e9' };
    const sent = await outcome(200, '{"id":"7"}', { ...spent, 'x-ratelimit-bucket': 'b' });
    expect(sent).toMatchObject({ kind: 'sent', limits: { resetAt: expect.stringContaining(after(3_600)) } });
  });
});
