import { parseArgs } from 'node:util';
import { countTerms } from './train/frequencies.ts';
import { learn } from './train/learn.ts';
import { saveModel } from './train/save.ts';
import { type Row, readRows, readSet, type SetName, setNames } from './train/sets.ts';
import { thresholds } from './train/tuned.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { evaluate: { type: 'boolean' }, out: { type: 'string', default: 'config/model' } },
});
const folder = positionals[0] ?? '../shared/eval';

const background = readRows(`${folder}/clustering`, 'background-headers.jsonl');
if (background.length === 0) {
  console.error(`no evaluation data in ${folder}: give its folder, as in: npx tsx scripts/train.ts ../shared/eval`);
  process.exit(2);
}
const terms = countTerms(background, 3);
const sets = Object.fromEntries(setNames.map((name) => [name, readSet(folder, name)])) as Record<SetName, Row[]>;
if (values.evaluate) {
  const { evaluate } = await import('./train/held-out.ts');
  evaluate(terms, sets);
} else {
  saveModel(values.out, { ...learn(terms, sets), ...thresholds });
  console.log(`model written to ${values.out}`);
}
