// Everything a change must pass: installs what is missing, then types, lint, format, build and all tests.
import { ensureInstalled, run } from './steps.mjs';

ensureInstalled();
run('npm', ['run', '--silent', 'check']);
run('npm', ['run', '--silent', 'build']);
run('npx', ['--no-install', 'vitest', 'run', ...process.argv.slice(2)]);
