import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const stamp = 'node_modules/.borderwire-installed';

/** Runs a command in the open; ends the process with its code when it fails. */
export function run(command, args) {
  const code = attempt(command, args);
  if (code !== 0) process.exit(code);
}

/** Runs each command to its end; ends the process when any failed. */
export function runAll(commands) {
  const codes = commands.map(([command, args]) => attempt(command, args));
  const failed = codes.find((code) => code !== 0);
  if (failed !== undefined) process.exit(failed);
}

function attempt(command, args) {
  const result = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.error) process.stderr.write(`${command}: ${result.error.message}\n`);
  return result.status ?? 1;
}

/** Installs when node_modules is missing or was made from another lockfile or by another Node. */
export function ensureInstalled() {
  const lock = readFileSync('package-lock.json');
  const wanted = createHash('sha256').update(lock).update(process.versions.modules).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write(
    'Installing packages: the first time takes a minute, or a few where SQLite has to be compiled…\n',
  );
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, wanted);
}

/** Compiles when the program is missing or older than its sources. */
export function buildIfStale() {
  const built = existsSync('dist/main.js') ? statSync('dist/main.js').mtimeMs : 0;
  const stale = built === 0 || newest('src') > newest('dist') || statSync('package.json').mtimeMs > newest('dist');
  if (!stale) return;
  process.stderr.write('Building…\n');
  run('npm', ['run', '--silent', 'build']);
}

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) latest = Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return latest;
}
