import { describe, expect, it } from 'vitest';
import type { Capabilities, OutboxRow, PaceRules, SendOutcome } from '../../src/core/delivery.ts';
import { createPace } from '../../src/delivery/pace.ts';

const pace: PaceRules = {
  channel: { count: 1, perMs: 1_000 },
  global: { count: 50, perMs: 1_000 },
  edits: { channel: { count: 1, perMs: 5_000 } },
  threads: 'own',
};
const capabilities = { pace } as Capabilities;
const row = (channel: string, more: Partial<OutboxRow> = {}) =>
  ({
    action: 'post',
    replyTo: null,
    channel: { platform: 'discord', workspace: 'g1', id: channel },
    ...more,
  }) as OutboxRow;
const limited = (scope: 'channel' | 'shared' | 'global', untilMs: number): SendOutcome => ({
  kind: 'rate-limited',
  retryAt: new Date(untilMs).toISOString(),
  scope,
});

function open() {
  const book = createPace();
  return {
    learn: (one: OutboxRow, outcome: SendOutcome, nowMs = 0) => book.learn(one, capabilities, outcome, nowMs),
    at: (one: OutboxRow, nowMs = 0) => book.reserve(one, capabilities, nowMs, 1e9).at,
  };
}

describe('the pace', () => {
  it('gives posts, edits and the answers of each thread budgets of their own', () => {
    const { at } = open();
    const answer = (replyTo: string) => row('a', { action: 'thread', replyTo });
    const edit = row('a', { action: 'edit', replyTo: 'm' });
    expect([at(row('a')), at(edit), at(answer('t1')), at(answer('t2'))]).toEqual([0, 0, 0, 0]);
    expect([at(row('a')), at(edit), at(answer('t1')), at(row('b'))]).toEqual([1_000, 5_000, 1_000, 0]);
  });

  it.each([
    { scope: 'channel', others: 0 },
    { scope: 'shared', others: 0 },
    { scope: 'global', others: 9_000 },
  ] as const)('is silent until it may speak again after a 429 of the $scope', ({ scope, others }) => {
    const { learn, at } = open();
    learn(row('a'), limited(scope, 9_000));
    expect([at(row('a')), at(row('b'))]).toEqual([9_000, others]);
  });

  it('does not wait for a time to come again when the clock was set back', () => {
    const { learn, at } = open();
    const hour = 3_600_000;
    expect([at(row('a'), hour), at(row('a'), hour)]).toEqual([hour, hour + 1_000]);
    learn(row('b'), limited('global', hour + 5_000), hour);
    expect([at(row('a'), 7), at(row('a'), 7)]).toEqual([7, 1_007]);
  });

  it('believes what is said of a budget rather than the rate', () => {
    const { learn, at } = open();
    learn(row('a'), {
      kind: 'sent',
      messageId: 'm',
      limits: { bucket: 'x', remaining: 2, resetAt: new Date(7_000).toISOString() },
    });
    expect([at(row('a')), at(row('a')), at(row('a')), at(row('b'))]).toEqual([0, 0, 7_000, 0]);
  });

  it('stops the whole platform long before its requests that were refused become a ban', () => {
    const { learn, at } = open();
    const refusedOnce = { kind: 'forbidden', reason: 'no', limits: { invalid: 1 } } as const;
    for (let n = 0; n < 999; n++) learn(row(`c${n}`), refusedOnce, n);
    expect(at(row('other'), 1_000)).toBe(1_000);
    learn(row('c999'), refusedOnce, 1_000);
    expect(at(row('another'), 1_001)).toBe(600_000);
  });
});
