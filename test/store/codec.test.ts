import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/core/errors.ts';
import { placesOf, sentencesAt } from '../../src/store/articles.ts';
import { decode, encode, instant } from '../../src/store/codec.ts';
import { createIds } from '../../src/store/ids.ts';

describe('what is written to a column', () => {
  it('comes back as it was, bytes included', () => {
    const value = { text: 'é "$base64"', bytes: new Uint8Array([0, 255]), list: [null, 1] };
    expect(decode(encode(value), 'here')).toEqual(value);
  });

  it('is named when other hands changed it', () => {
    for (const text of ['', '{', 'null', '3', '"x"']) {
      expect(() => decode(text, 'outbox 7'), text).toThrow(StoreError);
      expect(() => decode(text, 'outbox 7'), text).toThrow(/outbox 7/);
    }
  });

  it('has times in one form, so that they sort as text', () => {
    expect(instant('2026-03-02T12:00:00Z')).toBe('2026-03-02T12:00:00.000Z');
    expect(instant('2026-03-02T07:00:00-05:00')).toBe('2026-03-02T12:00:00.000Z');
    expect(() => instant('soon')).toThrow(RangeError);
  });
});

describe('sentences', () => {
  it('are places in the text, repeated sentences included', () => {
    const text = 'Yes. Yes. No.\n\nYes.';
    const sentences = ['Yes.', 'Yes.', 'No.', 'Yes.'].map((one, at) => ({ text: one, paragraph: at === 3 ? 1 : 0 }));
    const places = placesOf(text, sentences);
    expect(places).toEqual([
      [0, 4, 0],
      [5, 9, 0],
      [10, 13, 0],
      [15, 19, 1],
    ]);
    expect(sentencesAt(text, places)).toEqual(sentences);
  });
});

describe('ids', () => {
  it('never fall back, within a millisecond or when the clock is set back', () => {
    let now = 1_000_000;
    const next = createIds(() => now);
    const ids = Array.from({ length: 1_000 }, (_, n) => {
      if (n === 500) now -= 60_000;
      return next();
    });
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(1_000);
    expect(ids.every((id) => id.length === 26)).toBe(true);
  });

  it('of two who go on from one id of the future are different', () => {
    const future = createIds(() => 2_000_000)();
    const [one, two] = [createIds(() => 1_000), createIds(() => 1_000)].map((next) => next(future));
    expect(one).not.toBe(two);
    expect([one, two].every((id) => id !== undefined && id > future && id.length === 26)).toBe(true);
  });

  it('go on after the newest that is stored', () => {
    const later = createIds(() => 2_000_000)();
    expect(createIds(() => 1_000_000, later)() > later).toBe(true);
    expect(createIds(() => 1_000, `${'0'.repeat(25)}z`)()).toHaveLength(26);
  });
});
