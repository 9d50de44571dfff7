import { tfidfSinglePass, titleMatch } from '../../bench/baseline.ts';
import { bcubed, pairwise } from '../../bench/score.ts';
import type { Frequencies } from './frequencies.ts';
import { learn } from './learn.ts';
import { clusterRows } from './run.ts';
import { type Row, type SetName, setNames, split } from './sets.ts';
import { thresholds } from './tuned.ts';

export interface HeldOut {
  set: SetName;
  method: 'ours' | 'tf-idf' | 'title';
  bcubed: number;
  pairwise: number;
}

function percent(value: number): string {
  return (100 * value).toFixed(1);
}

/** Clusters every held-out part with a model that never saw it; parts of one set are scored together. */
export function heldOut(terms: Frequencies, sets: Readonly<Record<SetName, Row[]>>): HeldOut[] {
  const parts = Object.fromEntries(setNames.map((name) => [name, split(name, sets[name])]));
  const folds = Math.max(...setNames.map((name) => parts[name]?.length ?? 0));
  const truth = new Map<SetName, string[]>();
  const found = new Map<string, string[]>();
  const keep = (key: string, labels: readonly string[], fold: number) =>
    found.set(key, [...(found.get(key) ?? []), ...labels.map((label) => `${fold} ${label}`)]);
  for (let fold = 0; fold < folds; fold++) {
    const train = Object.fromEntries(
      setNames.map((name) => [name, (parts[name]?.[fold] ?? parts[name]?.[0])?.train ?? []]),
    );
    const model = { ...learn(terms, train as Record<SetName, Row[]>), ...thresholds };
    for (const name of setNames) {
      const test = parts[name]?.[fold]?.test;
      if (!test) continue;
      truth.set(name, [...(truth.get(name) ?? []), ...test.map((row) => `${fold} ${row.story}`)]);
      keep(`${name} ours`, clusterRows(model, test), fold);
      keep(`${name} tf-idf`, tfidfSinglePass(test, 0.2), fold);
      keep(`${name} title`, titleMatch(test), fold);
    }
  }
  return setNames.flatMap((set) =>
    (['ours', 'tf-idf', 'title'] as const).map((method) => {
      const gold = truth.get(set) ?? [];
      const mine = found.get(`${set} ${method}`) ?? [];
      return { set, method, bcubed: bcubed(gold, mine).f1, pairwise: pairwise(gold, mine).f1 };
    }),
  );
}

/** Prints the held-out table. */
export function evaluate(terms: Frequencies, sets: Readonly<Record<SetName, Row[]>>): void {
  console.log('held-out parts: B-cubed F1 and pairwise F1, percent');
  for (const row of heldOut(terms, sets)) {
    console.log(
      `${row.set.padEnd(28)} ${row.method.padEnd(7)} ${percent(row.bcubed).padStart(5)} ${percent(row.pairwise).padStart(5)}`,
    );
  }
}
