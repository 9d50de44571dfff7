import type { Bench, BenchRow } from './row.ts';
import { runSoak, type SoakDay } from './soak-run.ts';

/* Thirty simulated days with the real parts and a retention of two days. Takes some minutes: run it by its name. */

const days = Number(process.env.BENCH_SOAK_DAYS ?? 30);
/** Feeds list articles for a day and a half, and what left them goes two days after: then a day is like another. */
const settledAfter = 6;
/** The file must be flat as soon as retention is reached. */
const retainedAfter = 2;
const mostGrowth = 0.01;

/** What a day adds, as a share of the mean: the slope of the straight line through the days. */
export function growthPerDay(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = (values.length - 1) / 2;
  let [above, below] = [0, 0];
  for (const [at, value] of values.entries()) {
    above += (at - middle) * (value - mean);
    below += (at - middle) ** 2;
  }
  return above / below / mean;
}

const measures: readonly [name: string, value: (day: SoakDay) => number, unit: string][] = [
  ['heap in use after collection', ({ heap }) => heap / 1e6, 'MB'],
  ['resident', ({ resident }) => resident / 1e6, 'MB'],
  ['rows that retention lets go', (day) => day.passing, 'rows'],
  ['pages of the file in use', ({ used }) => used / 1e6, 'MB'],
  ['file without what stories keep for ever', ({ file, stories }) => (file - stories) / 1e6, 'MB'],
  ['processor time a day', ({ cpuMs }) => cpuMs / 1000, 's'],
];

function rowOf(days: readonly SoakDay[], from: number, [name, value, unit]: (typeof measures)[number]): BenchRow {
  const settled = days.slice(from);
  const figure = (day: SoakDay | undefined) => (day ? value(day).toFixed(1) : '-');
  return {
    figure: `${name}, day ${from + 1} to ${days.length}: growth a day`,
    ours: `${(growthPerDay(settled.map(value)) * 100).toFixed(2)} %`,
    baseline: `day 1: ${figure(days[0])}, ${from + 1}: ${figure(settled[0])}, ${days.length}: ${figure(days.at(-1))} ${unit}`,
    ratio: 'reach 1 %',
  };
}

/** Throws when the file grows by more than it may. */
async function run(): Promise<BenchRow[]> {
  const all = await runSoak({ days, sources: 15, perDay: 12, storyEveryMs: 7 * 3_600_000, tickMs: 1_800_000 });
  const settled = all.slice(settledAfter);
  const [from, to] = [settled[0], settled.at(-1)];
  const perStory = from && to ? (to.file - from.file) / Math.max(1, to.told - from.told) : Number.NaN;
  const kept: BenchRow = {
    figure: `what is kept for ever, by stories: the file's growth for each of ${(to?.told ?? 0) - (from?.told ?? 0)}`,
    ours: `${(perStory / 1000).toFixed(0)} kB`,
    baseline: 'stories, their articles and the keys of their entries stay',
    ratio: '-',
  };
  const file = rowOf(all, retainedAfter, ['file', (day) => day.file / 1e6, 'MB']);
  const growth = growthPerDay(all.slice(retainedAfter).map((day) => day.file));
  if (growth > mostGrowth) throw new Error(`the file grows by ${(growth * 100).toFixed(2)} % a day`);
  return [file, ...measures.map((measure) => rowOf(all, settledAfter, measure)), kept];
}

export const bench: Bench = { name: 'soak', run };
