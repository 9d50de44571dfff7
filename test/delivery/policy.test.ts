import { describe, expect, it } from 'vitest';
import type { Capabilities, SendOutcome } from '../../src/core/delivery.ts';
import { asLate, plainForm } from '../../src/delivery/adorn.ts';
import { isSafeToSend, nextState } from '../../src/delivery/policy.ts';
import { after, message, noon } from '../fakes/samples.ts';

const slack: Capabilities = {
  edits: true,
  threads: true,
  idempotencyWindowMs: 0,
  history: false,
  maxMessageCharacters: 1,
};
const discord: Capabilities = { ...slack, idempotencyWindowMs: 120_000 };
const row = { action: 'post', attempts: 1, createdAt: noon, maybeSentSince: null, rejectedBefore: false } as const;
const hung: SendOutcome = { kind: 'unknown', reason: 'hung' };
const refused: SendOutcome = { kind: 'transient', reason: 'refused' };

function at(seconds: number) {
  return { startedAt: after(seconds), nowMs: Date.parse(after(seconds)), chance: 0.5 };
}

describe('what becomes of an attempt', () => {
  it('is sent only when the platform said so', () => {
    expect(nextState({ kind: 'sent', messageId: 'm' }, row, slack, at(0))).toEqual({ state: 'sent' });
  });

  it('is unknown at once where the platform cannot fold a repeat', () => {
    expect(nextState(hung, row, slack, at(0))).toEqual({ state: 'unknown' });
  });

  it('is retried within the window in which the platform folds a repeat, then unknown', () => {
    expect(nextState(hung, row, discord, at(0))).toEqual({ state: 'retry', retryAt: after(1) });
    const doubted = { ...row, attempts: 5, maybeSentSince: noon };
    expect(nextState(hung, doubted, discord, at(100))).toEqual({ state: 'retry', retryAt: after(105) });
    expect(nextState(refused, doubted, discord, at(100))).toEqual({ state: 'retry', retryAt: after(105) });
    expect(nextState(hung, doubted, discord, at(116))).toEqual({ state: 'unknown' });
  });

  it('does not forget, after a plain failure, that an earlier attempt may have arrived', () => {
    expect(nextState(refused, { ...row, maybeSentSince: noon }, slack, at(1))).toEqual({ state: 'unknown' });
    const limited: SendOutcome = { kind: 'rate-limited', retryAt: after(600), scope: 'global' };
    expect(nextState(limited, { ...row, maybeSentSince: noon }, discord, at(1))).toEqual({ state: 'unknown' });
  });

  it('repeats edits freely: a second one changes nothing', () => {
    const edit = { ...row, action: 'edit' as const, maybeSentSince: noon };
    expect(nextState(hung, edit, slack, at(600))).toEqual({ state: 'retry', retryAt: after(601) });
    expect(isSafeToSend(edit, slack, Date.parse(after(600)))).toBe(true);
  });

  it('waits as long as the platform asks, and longer each time it fails by itself', () => {
    const limited: SendOutcome = { kind: 'rate-limited', retryAt: after(30), scope: 'channel' };
    expect(nextState(limited, row, slack, at(0))).toEqual({ state: 'retry', retryAt: after(30) });
    const waits = [1, 2, 5, 9, 20, 500].map((attempts) => {
      const next = nextState(refused, { ...row, attempts }, slack, at(0));
      return next.state === 'retry' ? (Date.parse(next.retryAt) - Date.parse(noon)) / 1_000 : null;
    });
    expect(waits).toEqual([1, 2, 16, 256, 300, 300]);
  });

  it('is given up after a week of failures', () => {
    expect(nextState(refused, row, slack, at(8 * 86_400))).toEqual({ state: 'dead', pauseChannel: false });
  });

  it('is tried once more in a plain form when refused', () => {
    const rejected: SendOutcome = { kind: 'rejected', reason: '400' };
    expect(nextState(rejected, row, slack, at(0))).toEqual({ state: 'retry', retryAt: noon });
    expect(nextState(rejected, { ...row, rejectedBefore: true }, slack, at(0))).toEqual({
      state: 'dead',
      pauseChannel: false,
    });
  });

  it('pauses the channel that is forbidden or gone', () => {
    for (const kind of ['forbidden', 'gone'] as const) {
      expect(nextState({ kind, reason: 'r' }, row, slack, at(0))).toEqual({ state: 'dead', pauseChannel: true });
    }
  });

  it('is safe to send again until the window closes, never after', () => {
    const doubted = { ...row, maybeSentSince: noon };
    expect(isSafeToSend(doubted, discord, Date.parse(after(119.999)))).toBe(true);
    expect(isSafeToSend(doubted, discord, Date.parse(after(120)))).toBe(false);
    expect(isSafeToSend(row, slack, Date.parse(after(9_999)))).toBe(true);
  });
});

describe('forms of a message', () => {
  it('says in words that it is late, and since when', () => {
    const late = asLate(message('News'), noon);
    expect(late.title).toBe('Catch-up: News');
    expect(JSON.stringify(late.blocks[0])).toContain('due on 2026-03-02 12:00 UTC');
    expect(asLate(late, noon).title).toBe('Catch-up: News');
  });

  it('reduces to plain words and links', () => {
    const list = {
      kind: 'list' as const,
      items: [1, 2, 3, 4].map((n) => [{ text: `${n}`, url: `https://example.org/${n}` }]),
    };
    const full = { ...message('News'), blocks: [list], actions: [], footer: ['x'] };
    expect(plainForm(full)).toEqual({
      title: 'News',
      plain: 'News',
      blocks: [
        { kind: 'text', lines: [['News']] },
        { kind: 'list', items: list.items.slice(0, 3) },
      ],
    });
  });
});
