import { expect, it } from 'vitest';
import { freshForMs, retryAfterMs } from '../../src/lib/http-headers.ts';

const now = Date.parse('2025-06-02T12:00:00Z');

it.each([
  ['120', {}, 120_000],
  ['0', {}, null],
  ['-5', {}, null],
  ['1e3', {}, null],
  ['Mon, 02 Jun 2025 12:01:00 GMT', {}, 60_000],
  ['Mon, 02 Jun 2025 11:00:00 GMT', {}, null],
  ['Mon, 02 Jun 2025 12:01:00 GMT', { date: 'Mon, 02 Jun 2025 12:00:50 GMT' }, 10_000],
  ['tomorrow', {}, null],
] as const)('Retry-After %s %o', (value, more, expected) => {
  expect(retryAfterMs({ 'retry-after': value, ...more }, now)).toBe(expected);
});

it.each([
  [{}, 0],
  [{ 'cache-control': 'public, max-age=300' }, 300_000],
  [{ 'cache-control': 'max-age=300', age: '100' }, 200_000],
  [{ 'cache-control': 'max-age=300', age: '900' }, 0],
  [{ 'cache-control': 's-maxage=900' }, 0],
  [{ 'cache-control': 'no-cache, max-age=300' }, 0],
  [{ 'cache-control': 'max-age=300', expires: 'Mon, 02 Jun 2025 18:00:00 GMT' }, 300_000],
  [{ expires: 'Mon, 02 Jun 2025 12:05:00 GMT' }, 300_000],
  [{ expires: 'Mon, 02 Jun 2025 12:05:00 GMT', date: 'Mon, 02 Jun 2025 12:04:00 GMT' }, 60_000],
  [{ expires: '0' }, 0],
  [{ expires: '-1' }, 0],
])('an answer with %o is fresh for %i ms', (headers, expected) => {
  expect(freshForMs(headers as Record<string, string>, now)).toBe(expected);
});
