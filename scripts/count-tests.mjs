// Reads vitest's JSON report, names what was skipped, and prints the true counts alone on the last line.
import { existsSync, readFileSync } from 'node:fs';

const [file, exitCode] = process.argv.slice(2);
const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
if (text === '') {
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const report = JSON.parse(text);
const tests = report.testResults.flatMap((result) => result.assertionResults);
const brokenFiles = report.testResults.filter(
  (result) => result.status === 'failed' && !result.assertionResults.some((test) => test.status === 'failed'),
);
const skipped = tests.filter((test) => ['skipped', 'pending', 'todo'].includes(test.status));
for (const result of brokenFiles) console.log(`could not run: ${result.name}: ${result.message}`);
for (const test of skipped) console.log(`skipped: ${test.fullName}`);

const failed = report.numFailedTests + brokenFiles.length;
console.log(`${report.numPassedTests} passed, ${failed} failed`);
process.exit(failed > 0 || report.numPassedTests === 0 ? 1 : Number(exitCode));
