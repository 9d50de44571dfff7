import { describe, expect, it } from 'vitest';
import { countries, csvRows, ledger, shared } from './shipped.ts';

const text = shared('facts/ban_ledger.csv');
if (text === null) console.log('ban_ledger.csv is not beside the repository: the monthly comparison is skipped');

const ranks = ['none', 'immigrant-only', 'partial', 'full'] as const;
type Tier = (typeof ranks)[number];

interface Row {
  code: string;
  tier: Tier;
  from: string;
  to: string;
  continues: boolean;
}

/** Entry suspensions of the table, read anew: a row without an end runs on; one continued by 10998 gives way to it. */
function suspensions(): readonly Row[] {
  const wanted: Readonly<Record<string, Tier>> = {
    full: 'full',
    partial: 'partial',
    'partial (immigrant only)': 'immigrant-only',
  };
  return csvRows(text ?? '').flatMap((row) => {
    const tier = wanted[row.tier ?? ''];
    if (tier === undefined || row.iso2 === 'PS') return [];
    const continued = (row.ended_by ?? '').startsWith('continued by');
    const to = row.ended_date === '' ? (continued ? '2026-01-01' : '9999-12-31') : (row.ended_date ?? '');
    return [{ code: row.iso2 ?? '', tier, from: row.effective_date ?? '', to, continues: row.change === 'continued' }];
  });
}

function expected(rows: readonly Row[], code: string, day: string): { tier: Tier; since: string | null } {
  const on = (at: string): Tier => {
    const tiers = rows.filter((row) => row.code === code && row.from <= at && at < row.to).map((row) => row.tier);
    return ranks[Math.max(0, ...tiers.map((tier) => ranks.indexOf(tier)))] ?? 'none';
  };
  const tier = on(day);
  if (tier === 'none') return { tier, since: null };
  let at = new Date(`${day}T00:00:00Z`);
  const before = (date: Date): Date => new Date(date.getTime() - 86_400_000);
  while (on(before(at).toISOString().slice(0, 10)) === tier) at = before(at);
  return { tier, since: at.toISOString().slice(0, 10) };
}

const months: string[] = [];
for (let year = 2017; year <= 2026; year++)
  for (let month = 1; month <= (year === 2026 ? 11 : 12); month++)
    months.push(`${year}-${String(month).padStart(2, '0')}-01`);

describe.skipIf(text === null)('every country on every first of a month from 2017-01 to 2026-11', () => {
  const rows = suspensions();
  const listed = new Set(rows.map((row) => row.code));
  const table = new Map(
    [...listed].flatMap((code) => months.map((day) => [`${code} ${day}`, expected(rows, code, day)] as const)),
  );

  it('has the tier and the start of the unbroken tier that the table gives', () => {
    const wrong: string[] = [];
    for (const { code } of countries.all)
      for (const day of months) {
        const { tier, since } = ledger.banStatus(code, { on: day });
        const right = table.get(`${code} ${day}`) ?? { tier: 'none', since: null };
        if (tier !== right.tier || since !== right.since) wrong.push(`${code} ${day}: ${tier} ${since ?? ''}`);
      }
    expect(wrong).toEqual([]);
    expect([...table.values()].filter((each) => each.tier !== 'none').length).toBeGreaterThan(700);
  }, 120_000);

  it('is right on the day of every change of the table, the day before and the day after', () => {
    const near = (day: string) =>
      [-1, 0, 1].map((by) => new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10));
    const changes = new Set(rows.flatMap(({ from, to }) => [from, to]).filter((day) => day < '9999'));
    const days = [...new Set([...changes].flatMap(near))];
    expect(days.length).toBeGreaterThan(20);
    const wrong: string[] = [];
    for (const day of days) {
      const list = new Map(ledger.banList(day).countries.map((each) => [each.code, each.tier]));
      for (const { code } of countries.all) {
        const right = listed.has(code) ? expected(rows, code, day) : { tier: 'none', since: null };
        const { tier, since } = ledger.banStatus(code, { on: day });
        if (tier !== right.tier || since !== right.since || (list.get(code) ?? 'none') !== right.tier)
          wrong.push(`${code} ${day}: ${tier} ${since ?? ''}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('is listed, or not, by the command without a country', () => {
    const wrong = months.filter((day) => {
      const list = new Map(ledger.banList(day).countries.map((each) => [each.code, each]));
      return countries.all.some(({ code }) => {
        const right = table.get(`${code} ${day}`);
        return (
          (right?.tier ?? 'none') !== (list.get(code)?.tier ?? 'none') ||
          (right?.since ?? null) !== (list.get(code)?.since ?? null)
        );
      });
    });
    expect(wrong).toEqual([]);
  }, 60_000);

  it('is under every other measure of the table and no more', () => {
    const others = csvRows(text ?? '').filter(
      (row) => row.tier?.startsWith('other') && /^[A-Z]{2}$/.test(row.iso2 ?? ''),
    );
    for (const row of others) {
      const { other } = ledger.banStatus(row.iso2 ?? '', { on: '2026-11-21' });
      expect(
        other.map((each) => each.from),
        row.iso2,
      ).toContain(row.effective_date);
    }
    const paused = countries.all.filter(({ code }) =>
      ledger.banStatus(code, { on: '2026-11-21' }).other.some((each) => each.from === '2026-01-21'),
    );
    expect(paused.map((each) => each.code).sort()).toEqual(
      others
        .filter((row) => row.effective_date === '2026-01-21')
        .map((row) => row.iso2 ?? '')
        .sort(),
    );
  });
});
