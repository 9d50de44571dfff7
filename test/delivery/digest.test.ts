import { describe, expect, it } from 'vitest';
import { closedWindow, digestDraft, digestMessage } from '../../src/delivery/digest.ts';
import { localTime } from '../../src/delivery/local-time.ts';
import { after, noon, story, subscription } from '../fakes/samples.ts';

const zones = [
  'UTC',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/Belgrade',
  'Africa/Kigali',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Vientiane',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'America/St_Johns',
];
const hour = 3_600_000;

function iso(rhythm: Parameters<typeof closedWindow>[0], at: string) {
  const window = closedWindow(rhythm, Date.parse(at));
  return window && [new Date(window.from).toISOString(), new Date(window.to).toISOString()];
}

describe('the window of a digest', () => {
  it('closes at the full hour, the local time of day, or that time on Monday', () => {
    const at = '2026-03-04T12:34:00Z';
    const zone = { digestAt: '09:30', timeZone: 'Europe/Belgrade' };
    expect(iso({ digest: 'hourly', ...zone }, at)).toEqual(['2026-03-04T11:00:00.000Z', '2026-03-04T12:00:00.000Z']);
    expect(iso({ digest: 'daily', ...zone }, at)).toEqual(['2026-03-03T08:30:00.000Z', '2026-03-04T08:30:00.000Z']);
    expect(iso({ digest: 'weekly', ...zone }, at)).toEqual(['2026-02-23T08:30:00.000Z', '2026-03-02T08:30:00.000Z']);
    expect(iso({ digest: 'daily', ...zone }, '2026-03-04T08:29:59Z')?.[1]).toBe('2026-03-03T08:30:00.000Z');
    expect(iso({ digest: 'immediate', ...zone }, at)).toBeNull();
  });

  it('follows the last without gap or overlap through a year in twelve time zones', () => {
    for (const timeZone of zones) {
      for (const [digest, step] of [
        ['daily', 17],
        ['weekly', 50],
      ] as const) {
        let last: ReturnType<typeof closedWindow> = null;
        for (let ms = Date.UTC(2026, 0, 8); ms < Date.UTC(2027, 0, 8); ms += step * hour + 7_000) {
          const window = closedWindow({ digest, digestAt: '02:30', timeZone }, ms);
          if (!window) throw new Error('no window');
          const moved = last !== null && window.to !== last.to;
          expect(window.to, timeZone).toBeLessThanOrEqual(ms);
          expect(moved ? window.from : last?.to, `${timeZone} ${new Date(ms).toISOString()}`).toBe(last?.to);
          const { hour: h, minute: m } = localTime(window.to, timeZone);
          expect(h * 60 + m, timeZone).toBeGreaterThanOrEqual(2 * 60 + 30);
          expect(h, timeZone).toBeLessThanOrEqual(3);
          last = window;
        }
      }
    }
  });
});

describe('a digest', () => {
  const daily = subscription('one', { digest: 'daily', digestAt: '12:00', createdAt: after(-86_400 * 3) });
  const inWindow = story('s1', { updatedAt: after(-3_600) });

  it('tells once of what changed in its window and is wanted', () => {
    const stories = [
      inWindow,
      story('old', { updatedAt: after(-86_401) }),
      story('next', { updatedAt: noon }),
      story('gone', { updatedAt: after(-60), mergedInto: 's1' }),
      story('other', { updatedAt: after(-60), topics: ['court'] }),
    ];
    const choosy = { ...daily, topics: ['travel-ban'] as const };
    const one = digestDraft(choosy, stories, Date.parse(after(5)));
    const later = digestDraft(choosy, stories, Date.parse(after(40_000)));
    expect(one).toMatchObject({ kind: 'digest', subject: `one/${noon}`, notBefore: after(5) });
    expect(one?.message.title).toBe('Digest: 1 story');
    expect(later?.subject).toBe(one?.subject);
  });

  it('is not owed for nothing, to the paused, or for the time before a subscription was made', () => {
    const at = Date.parse(after(5));
    expect(digestDraft(daily, [], at)).toBeNull();
    expect(digestDraft({ ...daily, status: 'paused' }, [inWindow], at)).toBeNull();
    expect(digestDraft({ ...daily, createdAt: noon }, [inWindow], at)).toBeNull();
    expect(digestDraft({ ...daily, digest: 'immediate' }, [inWindow], at)).toBeNull();
  });

  it('waits for the end of quiet hours', () => {
    const quietHours = { start: '11:00', end: '13:00', timeZone: 'UTC', hold: 'all' } as const;
    expect(digestDraft({ ...daily, quietHours }, [inWindow], Date.parse(after(5)))?.notBefore).toBe(after(3_600));
  });

  it('shows the newest first, and how many more there are', () => {
    const stories = Array.from({ length: 20 }, (_, n) =>
      story(`s${n}`, { date: `2026-03-${`${n + 1}`.padStart(2, '0')}` }),
    );
    const text = JSON.stringify(digestMessage(stories, { from: Date.parse(noon) - 86_400_000, to: Date.parse(noon) }));
    expect(text).toContain('Digest: 20 stories');
    expect(text).toContain('And 5 more');
    expect(text.indexOf('Headline of s19')).toBeLessThan(text.indexOf('Headline of s18'));
    expect(text).not.toContain('Headline of s4 ');
  });
});
