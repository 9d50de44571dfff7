import { describe, expect, it } from 'vitest';
import { cutAt } from '../../src/lib/plain-text.ts';

describe('cutAt', () => {
  it.each([
    ['words', 5, 'words'],
    ['words', 3, 'wor'],
    ['a😀b', 2, 'a'],
    ['a👨‍👩‍👧‍👦b', 7, 'a'],
    ['🇱🇦🇹🇩🇲🇱', 6, '🇱🇦'],
    ['e\u0301e\u0301', 3, 'e\u0301'],
    ['👍🏽👍🏽', 6, '👍🏽'],
    ['\r\nx', 1, ''],
    ['', 0, ''],
  ])('%j to %i units is %j', (text, limit, cut) => {
    expect(cutAt(text, limit)).toBe(cut);
  });

  it('cuts a letter under too many marks, though not a half sign', () => {
    expect(cutAt(`e${'\u0301'.repeat(500)}`, 100)).toHaveLength(100);
    expect(cutAt(`e${'\u{1D167}'.repeat(500)}`, 100)).toHaveLength(99);
  });

  it('takes hostile text in bounded time', () => {
    const began = performance.now();
    for (const sign of ['\u0301', '🇱', '👨‍', 'a']) for (let n = 0; n < 200; n += 1) cutAt(sign.repeat(50_000), 4_000);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
