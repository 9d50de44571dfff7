import { openApp } from '../src/app.ts';
import { loadConfig } from '../src/config/load.ts';
import type { PictureSpec } from '../src/pictures/spec.ts';
import { createStudio } from '../src/pictures/worker/studio.ts';
import type { Bench, BenchRow } from './row.ts';

const rounds = 7;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

/** One picture in a fresh thread, then warm: time, size, and what the process grew by. */
async function measure(name: string, spec: PictureSpec): Promise<BenchRow[]> {
  const before = process.memoryUsage().rss;
  const studio = createStudio();
  const cold = await timed(() => studio.draw(spec, 'png'));
  const warm: number[] = [];
  for (let round = 0; round < rounds; round += 1) warm.push((await timed(() => studio.draw(spec, 'png'))).ms);
  const grown = (process.memoryUsage().rss - before) / 1e6;
  await studio.close();
  const kB = (cold.result.png?.length ?? 0) / 1000;
  const ms = median(warm);
  return [
    { figure: `${name}: warm`, ours: `${ms.toFixed(0)} ms`, baseline: '400 ms', ratio: ms < 400 ? 'met' : 'missed' },
    { figure: `${name}: cold, thread and atlas included`, ours: `${cold.ms.toFixed(0)} ms`, baseline: '-', ratio: '-' },
    { figure: `${name}: PNG`, ours: `${kB.toFixed(0)} kB`, baseline: '300 kB', ratio: kB < 300 ? 'met' : 'missed' },
    { figure: `${name}: memory while the thread lives`, ours: `${grown.toFixed(0)} MB`, baseline: '-', ratio: '-' },
  ];
}

async function run(): Promise<BenchRow[]> {
  const app = await openApp(loadConfig({ ...process.env, LOG_LEVEL: 'silent' }), { memory: true });
  const look = { theme: 'light', locale: 'en' } as const;
  const rows = [
    ...(await measure('map of 2026-03-01', app.pictures.bans('2026-03-01', undefined, look))),
    ...(await measure('chart of everything', app.pictures.timeline(app.ledger.timeline({}), 'Everything', look))),
  ];
  await app.close();
  return rows;
}

export const bench: Bench = { name: 'pictures', run };
