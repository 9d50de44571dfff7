import { parseArgs } from 'node:util';
import { crashOrdeal } from '../test/fakes/crash/ordeal.ts';

/** Kills the program again and again and counts what people saw: `npm run crash -- --kills N --seed S`. */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '100' }, seed: { type: 'string' } },
});
const kills = wholeNumber('--kills', values.kills);
const seed = values.seed === undefined ? Math.floor(Math.random() * 1e9) : wholeNumber('--seed', values.seed);

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  process.stderr.write(`${name} takes a whole number, not “${text}”.\n`);
  process.exit(2);
}

process.stdout.write(`seed ${seed} (again: npm run crash -- --kills ${kills} --seed ${seed})\n`);
const { killed, alerts, lost, twice, unknown, answersLost, counts, code } = await crashOrdeal(kills, seed);
for (const one of lost) process.stdout.write(`lost: ${one}\n`);
for (const one of twice) process.stdout.write(`twice: ${one}\n`);
process.stdout.write(
  `${killed} of ${kills} starts killed, ${alerts} alerts to each of 3 platforms, ${answersLost} answers lost on the way\n`,
);
const unsettled = counts.pending + counts.leased + counts.retry + counts.dead;
if (unsettled > 0) process.stdout.write(`${unsettled} deliveries were left unsettled\n`);
process.stdout.write(`LOST ${lost.length} TWICE ${twice.length} UNKNOWN ${unknown}\n`);
process.exitCode = lost.length + twice.length + unsettled === 0 && code === 0 ? 0 : 1;
