import { termId, tokenise } from '../../src/stories/join/text.ts';

export interface Frequencies {
  documents: number;
  frequencies: Map<number, number>;
  properness: Map<number, number>;
}

/** Document frequencies and properness of terms, pruned to what occurs at least `least` times. */
export function countTerms(rows: readonly { title: string; text: string }[], least: number): Frequencies {
  const frequencies = new Map<number, number>();
  const capital = new Map<number, { capital: number; all: number }>();
  for (const row of rows) {
    const seen = new Set<number>();
    for (const token of tokenise(row.title, 60)) seen.add(token.id);
    for (const token of tokenise(row.text, 400)) {
      seen.add(token.id);
      if (token.number) continue;
      const found = capital.get(token.id) ?? { capital: 0, all: 0 };
      found.all++;
      if (token.capital) found.capital++;
      capital.set(token.id, found);
    }
    for (const id of seen) frequencies.set(id, (frequencies.get(id) ?? 0) + 1);
  }
  for (const [id, count] of frequencies) if (count < least) frequencies.delete(id);
  const properness = new Map<number, number>();
  for (const [id, { capital: upper, all }] of capital) {
    if (all >= least + 1) properness.set(id, Math.round((100 * upper) / all) / 100);
  }
  return { documents: rows.length, frequencies, properness };
}

export { termId };
