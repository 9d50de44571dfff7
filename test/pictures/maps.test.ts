import { beforeAll, describe, expect, it } from 'vitest';
import { loadLedger } from '../../src/app-ledger.ts';
import { loadCountries } from '../../src/config/countries.ts';
import type { Countries } from '../../src/core/country.ts';
import type { Ledger } from '../../src/core/ledger.ts';
import { stageAfter } from '../../src/ledger/deals.ts';
import { createLedger } from '../../src/ledger/ledger.ts';
import { banMap } from '../../src/pictures/ban-map.ts';
import { changeMap } from '../../src/pictures/change-map.ts';
import { dealsMap } from '../../src/pictures/deals-map.ts';
import { draw } from '../../src/pictures/draw.ts';
import { overlap } from '../../src/pictures/markers.ts';
import { pngOf } from '../../src/pictures/raster.ts';
import { testConfig } from '../fakes/app.ts';
import { countriesOf, elementsWith, wordsOf } from './svg-reading.ts';

const days = ['2017-11-01', '2021-02-01', '2025-06-10', '2026-01-02', '2026-11-22'];
const look = { theme: 'light', locale: 'en' } as const;
let ledger: Ledger;
let countries: Countries;

beforeAll(() => {
  const config = testConfig();
  const file = config.file('countries.yaml');
  countries = loadCountries(file.text, file.path);
  ledger = createLedger(loadLedger(config), countries);
});

describe('the map of entry suspensions', () => {
  it.each(days)('shades every country as /ban-status answers on %s', (on) => {
    const drawn = countriesOf(draw(banMap(ledger, countries, { on, ...look })));
    for (const { code } of countries.all) {
      const status = ledger.banStatus(code, { on });
      const said = drawn.get(code);
      expect({ code, tier: said?.['data-tier'] }).toEqual({ code, tier: status.tier });
      const others = status.other.filter(
        ({ kind, to }) =>
          kind !== 'document-rule' && kind !== 'review-flag' && (to === null || (to !== 'unknown' && on < to)),
      );
      expect({ code, other: /\bother\b/.test(said?.['data-other'] ?? '') }).toEqual({ code, other: others.length > 0 });
      const lifted = status.tier === 'none' && status.history.length > 0;
      expect({ code, lifted: /\blifted\b/.test(said?.['data-other'] ?? '') }).toEqual({ code, lifted });
    }
    expect(drawn.size).toBe(countries.all.length);
  });

  it('names the small countries under a suspension, and no name covers another', () => {
    const svg = draw(banMap(ledger, countries, { on: '2026-01-02', ...look }));
    const labels = elementsWith(svg, 'data-label').map((each) => each['data-label']);
    expect(labels).toEqual(expect.arrayContaining(['TO', 'DM', 'AG', 'GM', 'BI']));
    const words = wordsOf(svg);
    const pairs = words.flatMap((one, index) => words.slice(index + 1).map((other) => ({ one, other })));
    expect(pairs.filter(({ one, other }) => overlap(one.box, other.box))).toEqual([]);
  });

  it('draws Kosovo, Western Sahara and Palestine apart from their neighbours, and Somaliland with Somalia', () => {
    const svg = draw(banMap(ledger, countries, { on: '2026-03-01', ...look }));
    const paths = elementsWith(svg, 'data-country').filter((each) => each.d !== undefined);
    for (const code of ['XK', 'RS', 'EH', 'MA', 'PS', 'TW', 'SO', 'CY', 'GF'])
      expect(paths.filter((each) => each['data-country'] === code)).toHaveLength(1);
    const drawn = countriesOf(svg);
    expect(drawn.get('MA')?.['data-other']).toBe('other');
    expect(drawn.get('EH')?.['data-other']).toBeUndefined();
    expect(drawn.get('PS')).toMatchObject({ 'data-tier': 'none' });
  });

  it('says in words what it shows, within what every platform holds', () => {
    const { alt, footer } = banMap(ledger, countries, { on: '2026-01-02', ...look });
    const { counts } = ledger.banList('2026-01-02');
    expect(alt).toContain(`Full suspension (${counts.full})`);
    expect(alt).toContain('Turkmenistan');
    expect(alt.length).toBeLessThanOrEqual(1024);
    expect(footer).toContain('last verified');
  });

  it.each(days)('names in words every country that it shows under a suspension on %s', (on) => {
    const { alt, places, subtitle } = banMap(ledger, countries, { on, ...look });
    const under = places.filter(({ data }) => data.tier !== 'none');
    expect(under.filter(({ name }) => !alt.includes(name))).toEqual([]);
    expect(subtitle).toContain(`${under.length} countr`);
  });

  it.each(['light', 'dark'] as const)('is 1600 pixels wide and under 300 kB in %s', (theme) => {
    const png = Buffer.from(pngOf(draw(banMap(ledger, countries, { on: '2026-03-01', theme, locale: 'ar' }))));
    expect(png.readUInt32BE(16)).toBe(1600);
    expect(png.length).toBeLessThan(300_000);
  });
});

describe('the map of changes', () => {
  it.each(days.slice(1).map((on, index) => [days[index] ?? '', on]))(
    'shows what differs from %s to %s',
    (since, on) => {
      const drawn = countriesOf(draw(changeMap(ledger, countries, { since, on, ...look })));
      for (const { code } of countries.all) {
        const [before, after] = [since, on].map((day) => ledger.banStatus(code, { on: day }).tier);
        expect(drawn.get(code)).toMatchObject({ 'data-tier': after, 'data-before': before });
        const change = drawn.get(code)?.['data-change'] ?? '';
        const may = before === after ? ['none', 'unchanged', 'classes'] : ['added', 'tightened', 'eased', 'ended'];
        expect(may).toContain(change);
      }
    },
  );

  it.each(days.slice(1).map((on, index) => [days[index] ?? '', on]))('names what moved from %s to %s', (since, on) => {
    const { alt, places } = changeMap(ledger, countries, { since, on, ...look });
    const moved = places.filter(({ data }) => !['none', 'unchanged'].includes(data.change ?? ''));
    expect(moved.filter(({ name }) => !alt.includes(name))).toEqual([]);
  });

  it('tells moves in words', () => {
    const { alt } = changeMap(ledger, countries, { since: '2025-06-10', on: '2026-01-02', ...look });
    expect(alt).toContain('From partial to full (2): Laos, Sierra Leone.');
    expect(alt).toContain('From partial to immigrants only (1): Turkmenistan.');
  });
});

describe('the map of deals', () => {
  it('shows the stage of every arrangement', () => {
    const drawn = countriesOf(draw(dealsMap(ledger, countries, { on: '2027-01-01', ...look }, stageAfter)));
    const stages = new Map(ledger.deals().map(({ code, stage }) => [code, stage]));
    for (const { code } of countries.all)
      expect({ code, stage: drawn.get(code)?.['data-stage'] }).toEqual({ code, stage: stages.get(code) ?? 'none' });
  });

  it('names in words every country that it shows', () => {
    const { alt, places } = dealsMap(ledger, countries, { on: '2027-01-01', ...look }, stageAfter);
    const told = places.filter(({ data }) => data.stage !== 'none');
    expect(told.length).toBeGreaterThan(30);
    expect(told.filter(({ name }) => !alt.includes(name))).toEqual([]);
  });

  it('leaves out what had not begun by the day', () => {
    const drawn = countriesOf(draw(dealsMap(ledger, countries, { on: '2025-05-31', ...look }, stageAfter)));
    expect(drawn.get('RW')?.['data-stage']).toBe('approached');
    expect(drawn.get('RS')?.['data-stage']).toBe('none');
  });
});

describe('names in other languages', () => {
  it.each([
    ['ar', 'تونغا'],
    ['ru', 'Тонга'],
    ['fa', 'تونگا'],
    ['ka', 'ტონგა'],
  ])('writes Tonga in %s as %s', (locale, name) => {
    const words = wordsOf(draw(banMap(ledger, countries, { on: '2026-01-02', theme: 'light', locale })));
    expect(words.map(({ text }) => text)).toContain(name);
  });

  it('keeps to English where there are no letters, or no such language', () => {
    for (const locale of ['zh-CN', 'xx', 'nonsense']) {
      const words = wordsOf(draw(banMap(ledger, countries, { on: '2026-01-02', theme: 'light', locale })));
      expect(words.map(({ text }) => text)).toContain('Tonga');
    }
  });
});
