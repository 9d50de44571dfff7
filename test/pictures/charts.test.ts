import { Resvg } from '@resvg/resvg-js';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadLedger } from '../../src/app-ledger.ts';
import { loadCountries } from '../../src/config/countries.ts';
import type { Ledger, TimelineEvent } from '../../src/core/ledger.ts';
import { courtStages, removalStages } from '../../src/core/reading.ts';
import { createLedger } from '../../src/ledger/ledger.ts';
import { draw } from '../../src/pictures/draw.ts';
import { fontFilesFor, widthOf } from '../../src/pictures/fonts.ts';
import { overlap } from '../../src/pictures/markers.ts';
import { timelineChart } from '../../src/pictures/timeline-chart.ts';
import { testConfig } from '../fakes/app.ts';
import { elementsWith, wordsOf } from './svg-reading.ts';

const words = { country: (code: string) => `Country ${code}`, matter: (id: string) => `Matter ${id}` };
const asked = { title: 'Timeline', today: '2026-11-22', footer: 'Source', theme: 'light', locale: 'en' } as const;
let ledger: Ledger;

beforeAll(() => {
  const config = testConfig();
  const file = config.file('countries.yaml');
  const countries = loadCountries(file.text, file.path);
  ledger = createLedger(loadLedger(config), countries);
});

/** What is wrong with a chart: developments not there once, words in the same place or outside the picture. */
function faults(events: readonly TimelineEvent[], today: string = asked.today): readonly unknown[] {
  const svg = draw(timelineChart(events, { ...asked, today }, words));
  const marks = elementsWith(svg, 'data-event').map((each) => each['data-event']);
  const lines = wordsOf(svg);
  const pairs = lines.flatMap((one, index) => lines.slice(index + 1).map((other) => [one, other] as const));
  return [
    ...events.flatMap((_, index) => (marks.filter((mark) => mark === `${index}`).length === 1 ? [] : [index])),
    ...(marks.length === events.length ? [] : [marks]),
    ...pairs.filter(([one, other]) => overlap(one.box, other.box)),
    ...lines.filter(({ box }) => box.left < 0 || box.right > 1600),
    ...(elementsWith(svg, 'data-now').length === 1 ? [] : ['today is not there once']),
  ];
}

const day = (from: string, spread: number) =>
  fc
    .integer({ min: 0, max: spread })
    .map((days) => new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10));
const anyDate = (spread: number) =>
  fc
    .tuple(day('2017-01-20', spread), fc.constantFrom(10, 10, 10, 10, 7, 4))
    .map(([date, length]) => date.slice(0, length));

function someEvents(spread: number): fc.Arbitrary<readonly TimelineEvent[]> {
  const event = fc.record({
    date: fc.oneof({ weight: 40, arbitrary: anyDate(spread) }, { weight: 1, arbitrary: fc.constant('unknown') }),
    step: fc.oneof(
      fc.constantFrom(...removalStages).map((stage) => ({ kind: 'removal' as const, stage, of: 'removals' })),
      fc.constantFrom(...courtStages).map((stage) => ({ kind: 'court' as const, stage, of: 'court' })),
    ),
    certainty: fc.constantFrom('official' as const, 'reported' as const),
    which: fc.constantFrom('RW', 'RS', 'XK', 'LA', 'UG', 'GH', 'SZ', 'PW', 'BI', 'TO'),
    title: fc.oneof(fc.lorem({ maxCount: 30 }), fc.string({ maxLength: 40, unit: 'grapheme' })),
  });
  return fc.array(event, { minLength: 3, maxLength: 60 }).map((all) =>
    all
      .map(({ date, step: { kind, stage, of }, certainty, which, title }) => ({
        date,
        kind,
        stage,
        certainty,
        matter: `${of}/${which}`,
        countries: [which],
        title: `${title}, D. Mass.: ${title}. More.`,
        source: { title: 'S', url: null },
        story: null,
      }))
      .toSorted((a, b) => a.date.localeCompare(b.date)),
  );
}

describe('a timeline as a chart', () => {
  it.each([
    ['one day', 0],
    ['a month', 30],
    ['half a year', 180],
    ['nine years', 3500],
  ])('shows 3 to 60 developments over %s, each once, and no words meet', (_, spread) => {
    fc.assert(
      fc.property(someEvents(spread), (events) => {
        expect(faults(events)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('shows the record: Serbia, Kosovo, Rwanda, Laos, D.V.D. v. DHS, and everything since 2017', () => {
    for (const country of ['RS', 'XK', 'RW', 'LA']) expect(faults(ledger.timeline({ country }))).toEqual([]);
    expect(faults(ledger.timeline({ case: 'dvd-v-dhs' }))).toEqual([]);
    expect(faults(ledger.timeline({}))).toEqual([]);
  });

  it('puts every day of today’s events before, at or after the line of today', () => {
    const events = ledger.timeline({ country: 'RW' });
    expect(faults(events, '2025-08-10')).toEqual([]);
    const svg = draw(timelineChart(events, { ...asked, today: '2025-08-10' }, words));
    const now = Number(/M([\d.]+) /.exec(elementsWith(svg, 'data-now')[0]?.d ?? '')?.[1]);
    const marks = elementsWith(svg, 'data-event').map((each) =>
      Number(each.cx ?? /M([\d.]+) /.exec(each.d ?? '')?.[1]),
    );
    for (const [index, { date }] of events.entries())
      expect(Math.sign((marks[index] ?? 0) - now)).toBe(date < '2025-08-10' ? -1 : 1);
  });

  it('keeps the date of what it has to cut', () => {
    const [event] = ledger.timeline({ country: 'RS' });
    const long = { date: '2025-06-05', title: `X v. Y, D. Mass.: ${'Order on a class of people '.repeat(2)}. More.` };
    const cramped = event ? [{ ...event, ...long, kind: 'court' as const }] : [];
    const svg = draw(timelineChart(cramped, { ...asked, today: '2025-06-06' }, words));
    expect(wordsOf(svg).map(({ text }) => text)).toContainEqual(expect.stringMatching(/… · 5 Jun 2025$/));
  });

  it('tells in words what it shows', () => {
    const { alt } = timelineChart(ledger.timeline({ country: 'RS' }), { ...asked, title: 'Serbia' }, words);
    expect(alt).toContain('Serbia. 1 development, 5 June 2025.');
    expect(alt).toContain('Asked · 5 Jun 2025');
    expect(timelineChart(ledger.timeline({}), asked, words).alt.length).toBeLessThanOrEqual(1024);
  });

  it('says one day where years and days of them stand side by side, and months where quarters do', () => {
    const on = (date: string, n: number): TimelineEvent[] =>
      Array.from({ length: n }, (_, at) => ({
        date,
        matter: `removals/${String.fromCharCode(65 + at)}X`,
        kind: 'removal',
        stage: 'approached',
        certainty: 'reported',
        countries: ['RW'],
        title: 'Asked',
        source: { title: 'Desk', url: 'https://desk.example/' },
        story: null,
      }));
    expect(timelineChart([...on('2025', 1), ...on('2025-04-01', 8)], asked, words).subtitle).toBe(
      '9 developments, 1 April 2025',
    );
    const many = timelineChart([...on('2025', 2), ...on('2025-07-02', 26), ...on('2025-09-04', 26)], asked, words);
    const labels = many.tracks.flatMap(({ events }) => events.flatMap(({ label }) => label || []));
    expect(labels.filter((label) => label.startsWith('2025 –'))).toEqual([]);
  });

  it('keeps what is not XML out of the picture', () => {
    const [event] = ledger.timeline({ country: 'RS' });
    const hostile = { ...words, matter: () => '<script>&"\u0000\u{1F1F7}</text>' };
    const svg = draw(timelineChart(event ? [event] : [], { ...asked, title: '<b>&' }, hostile));
    expect(svg).not.toContain('<script>');
    expect(new Resvg(svg, { font: { loadSystemFonts: false } }).width).toBe(1600);
  });
});

describe('measured widths', () => {
  it.each([
    'Preliminary injunction, class certified (D. Mass.) · 18 Apr 2025',
    'WAVE To. Av. ÅÇŁ',
    'Сербия: договорённость',
    'غينيا الاستوائية',
    'საქართველო',
  ])('give “%s” at least the room that it is drawn with', (text) => {
    const family = { غ: 'Noto Sans Arabic', ს: 'DejaVu Sans' }[text.charAt(0)] ?? 'Noto Sans';
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="200"><text x="100" y="100" font-size="40" font-family="${family}">${text}</text></svg>`;
    const font = { fontFiles: [...fontFilesFor(svg)], loadSystemFonts: false };
    const drawn = new Resvg(svg, { font }).getBBox()?.width ?? 0;
    expect(drawn).toBeGreaterThan(100);
    expect(drawn).toBeLessThanOrEqual(widthOf(text, 40) + 2);
  });
});
