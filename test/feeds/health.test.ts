import { describe, expect, it } from 'vitest';
import { healthNotices, quietFault, sourceHealth } from '../../src/feeds/health.ts';
import { readMemory, type SourceMemory } from '../../src/feeds/memory.ts';
import { newState } from '../fakes/memory-sources.ts';
import { day, hour, source } from './poll-fixture.ts';

const now = Date.parse('2025-06-04T12:00:00Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const config = source('a', 'https://a.org/feed');
const good = {
  ...newState('a'),
  firstPolledAt: iso(now - day),
  lastSuccessAt: iso(now - hour),
  nextPollAt: iso(now + hour),
};
const memory = (more: Partial<SourceMemory>): SourceMemory => ({ ...readMemory({}), ...more });
const dates = (gap: number, last = now): string[] => Array.from({ length: 10 }, (_, n) => iso(last - n * gap));
const error = { kind: 'unreachable', code: 'dns', message: 'no such host', hint: 'check it' } as const;

describe('a source is', () => {
  it.each([
    ['ok', config, good],
    ['new', config, newState('a')],
    ['disabled', { ...config, enabled: false, note: 'Disabled: dead' }, good],
    ['paused', config, { ...good, paused: true }],
    ['failing', config, { ...good, failures: 1, error }],
    ['failing', config, { ...newState('a'), failures: 1, error }],
    ['silent', config, { ...good, memory: memory({ published: dates(hour, now - 5 * day) }) }],
  ])('%s', (expected, given, state) => {
    expect(sourceHealth(given, state, now).state).toBe(expected);
  });

  it('shown with last success, next poll, error and remedy', () => {
    expect(sourceHealth(config, { ...good, failures: 2, error }, now)).toEqual({
      state: 'failing',
      lastSuccess: iso(now - hour),
      nextPoll: iso(now + hour),
      error: { code: 'dns', message: 'no such host' },
      remedy: 'check it',
      truncated: false,
    });
  });
});

describe('a feed that dies quietly is noticed when it', () => {
  it.each([
    ['is empty', { counts: [0, 0, 0, 20, 20, 20, 20] }, 'empty'],
    ['shrinks', { counts: [3, 3, 3, 20, 20, 20, 20] }, 'fewer-items'],
    ['is stale beyond its habit', { published: dates(hour, now - 4 * day) }, 'stale'],
    ['is stale beyond a slow habit', { published: dates(7 * day, now - 80 * day) }, 'stale'],
    ['sends the same for ever', { arrivals: dates(hour, now - 4 * day), sameSince: iso(now - 4 * day) }, 'same-body'],
  ])('%s', (_, more, code) => {
    expect(quietFault(memory(more), now)?.code).toBe(code);
  });

  it.each([
    ['was always empty', { counts: [0, 0, 0, 0, 0] }],
    ['was empty once', { counts: [0, 20, 20, 20] }],
    ['is small', { counts: [1, 1, 1, 4, 4, 4] }],
    ['rests over a weekend', { published: dates(hour, now - 2.5 * day) }],
    ['is slow by habit', { published: dates(7 * day, now - 20 * day) }],
    ['has no habit yet', { published: dates(hour, now - 90 * day).slice(0, 2) }],
    ['has dates in the future only', { published: dates(-day, now + 30 * day) }],
  ])('and not when it %s', (_, more) => {
    expect(quietFault(memory(more), now)).toBeNull();
  });
});

describe('the operator hears', () => {
  it('nothing of one failure, once of an outage, once of its end', () => {
    const kept = memory({ failingSince: iso(now - hour) });
    const hears = (failures: number, at: number): string[] => {
      const state = { ...good, failures, error: failures > 0 ? error : null };
      return healthNotices(config, state, kept, at).map((notice) => `${notice.kind}: ${notice.message}`);
    };
    expect([1, 2].flatMap((n) => hears(n, now))).toEqual([]);
    expect(hears(3, now)).toEqual(['outage: Source a: no such host']);
    expect([4, 5, 60].flatMap((n) => hears(n, now))).toEqual([]);
    expect(hears(0, now)).toEqual(['recovery: Source a works again (dns since 2025-06-04 11:00 UTC)']);
    expect(hears(0, now)).toEqual([]);
  });

  it('once of a silence, not again while the silent source fails too', () => {
    const kept = memory({ published: dates(hour, now - 5 * day) });
    const kinds = (failures: number): string[] =>
      healthNotices(config, { ...good, failures, error: failures > 0 ? error : null }, kept, now).map(
        (one) => one.kind,
      );
    expect([...kinds(0), ...kinds(0), ...kinds(4), ...kinds(0)]).toEqual(['outage']);
    kept.published = dates(hour);
    expect([...kinds(0), ...kinds(0)]).toEqual(['recovery']);
  });
});

it('memory that something else wrote is read as far as it can be', () => {
  expect(readMemory(null)).toMatchObject({ published: [], counts: [] });
  expect(
    readMemory({ published: 7, counts: [1, 'x'], arrivals: ['2025-06-01'], outage: 'yes', hints: [] }),
  ).toMatchObject({
    published: [],
    counts: [],
    arrivals: ['2025-06-01'],
    hints: { freshMs: 0 },
  });
});
