// A newcomer's one command: installs what is missing, builds what is stale, and hands over to the program.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { buildIfStale, ensureInstalled } from './steps.mjs';

ensureInstalled();
buildIfStale();

const args = process.argv.slice(2);
const child = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js', ...(args.length > 0 ? args : ['run'])], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal ? 128 + constants.signals[signal] : 1);
});
