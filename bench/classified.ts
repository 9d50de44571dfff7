import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** What is read here of a line that `classify` prints. */
export interface Classified {
  id: string | number;
  relevant: boolean;
  story: string | null;
}

/** Rows as the built program classifies them, in input order. Throws when it is not built or fails. */
export function classified(rows: readonly object[], flags: readonly string[] = []): Classified[] {
  if (!existsSync(program)) throw new Error('dist/main.js is missing: npm run build');
  const folder = mkdtempSync(join(tmpdir(), 'borderwire-bench-'));
  try {
    const file = join(folder, 'rows.jsonl');
    writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'));
    const run = spawnSync(process.execPath, [program, 'classify', file, '--json', ...flags], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    if (run.status !== 0) throw new Error(`classify ended with ${run.status}: ${run.stderr.trim()}`);
    return run.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Classified);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
