import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const data = path.join(root, '../shared/feeds-conformance');
const run = promisify(execFile);

/** The test feeds are other projects' and are not kept here: without them these tests are skipped, and say so. */
export const harnessPresent = existsSync(path.join(data, 'cases.json'));
export const adapter = path.join(root, 'test/conformance/adapter.mjs');
export const stockAdapter = path.join(root, 'test/conformance/stock-adapter.mjs');

/** A folder of its own for the harness, which writes beside its scripts. */
export function copyHarness(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'borderwire-conformance-'));
  for (const name of readdirSync(data)) {
    if (name === 'files') symlinkSync(path.join(data, name), path.join(folder, name));
    else copyFileSync(path.join(data, name), path.join(folder, name));
  }
  return folder;
}

export function removeHarness(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs one of the harness's scripts with source as it stands; answers what it printed, whatever its exit code. */
export async function runScript(
  folder: string,
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const options = {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_OPTIONS: `--import ${loader}`, ...env },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 580_000,
  };
  const { stdout } = await run(process.execPath, ['--expose-gc', path.join(folder, script), ...args], options);
  return stdout;
}
