// Types, lint and format, each to its end, so that one run shows all there is to mend.
import { runAll } from './steps.mjs';

runAll([
  ['npm', ['run', '--silent', 'check:types']],
  ['npm', ['run', '--silent', 'check:lint']],
  ['npm', ['run', '--silent', 'check:format']],
]);
