import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Bench, BenchRow } from './row.ts';

const folder = new URL('.', import.meta.url);
const headings: BenchRow = { figure: 'figure', ours: 'ours', baseline: 'baseline', ratio: 'ratio or goal' };
const columns = ['figure', 'ours', 'baseline', 'ratio'] as const;

function isBench(value: unknown): value is Bench {
  return typeof value === 'object' && value !== null && 'name' in value && 'run' in value;
}

/** Every file of this folder that exports a `bench`, by file name. */
async function allBenches(): Promise<Bench[]> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && file !== 'main.ts')
    .toSorted();
  const found: Bench[] = [];
  for (const file of files) {
    const module: unknown = await import(pathToFileURL(`${folder.pathname}${file}`).href);
    const bench: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, 'bench') : undefined;
    if (isBench(bench)) found.push(bench);
  }
  return found;
}

/** Rows as a table of padded columns. */
function table(rows: readonly BenchRow[]): string {
  const all = [headings, ...rows];
  const widths = columns.map((column) => Math.max(...all.map((row) => row[column].length)));
  return all
    .map((row) =>
      columns
        .map((column, at) => row[column].padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A bench that fails says so in its row; the others still run. */
async function runOne(bench: Bench): Promise<{ rows: BenchRow[]; failed: boolean }> {
  try {
    const rows = await bench.run();
    const none = { figure: `${bench.name}: its data is not here (../shared)`, ours: '-', baseline: '-', ratio: '-' };
    return { rows: rows.length > 0 ? rows : [none], failed: false };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      rows: [{ figure: `${bench.name}: failed: ${reason}`, ours: '-', baseline: '-', ratio: '-' }],
      failed: true,
    };
  }
}

/** Takes ten minutes by itself: only when it is asked for. */
const byNameOnly: ReadonlySet<string> = new Set(['soak']);

/** `npm run bench [names]`: runs the named benches, or all but the longest, and prints each figure beside its baseline. */
async function main(names: readonly string[]): Promise<number> {
  const benches = await allBenches();
  const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    console.error(`no bench named ${unknown.join(', ')}. There are: ${benches.map((bench) => bench.name).join(', ')}.`);
    return 2;
  }
  let code = 0;
  for (const bench of benches) {
    if (names.length > 0 ? !names.includes(bench.name) : byNameOnly.has(bench.name)) continue;
    console.log(`\n${bench.name}`);
    const began = performance.now();
    const { rows, failed } = await runOne(bench);
    console.log(table(rows));
    console.log(`(${((performance.now() - began) / 1000).toFixed(0)} s)`);
    if (failed) code = 1;
  }
  return code;
}

process.exitCode = await main(process.argv.slice(2));
