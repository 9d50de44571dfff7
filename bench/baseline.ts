import { tokenise } from '../src/stories/join/text.ts';

export interface BaselineRow {
  title: string;
  text: string;
  published: string | null;
}

type Vector = Map<number, number>;

function vectorOf(row: BaselineRow, idf: (id: number) => number): Vector {
  const counts: Vector = new Map();
  for (const token of tokenise(`${row.title}. ${row.text}`, 400)) counts.set(token.id, (counts.get(token.id) ?? 0) + 1);
  let sum = 0;
  for (const [id, count] of counts) {
    const weight = (1 + Math.log(count)) * idf(id);
    counts.set(id, weight);
    sum += weight * weight;
  }
  const scale = 1 / (Math.sqrt(sum) || 1);
  for (const [id, weight] of counts) counts.set(id, weight * scale);
  return counts;
}

/**
 * The field's usual method: one pass, TF-IDF cosine with the nearest article of the last `days` days, joined at `threshold`.
 * Frequencies come from the rows themselves. One story label a row.
 */
export function tfidfSinglePass(rows: readonly BaselineRow[], threshold: number, days = 3): string[] {
  const frequency = new Map<number, number>();
  for (const row of rows) {
    const seen = new Set(tokenise(`${row.title}. ${row.text}`, 400).map((token) => token.id));
    for (const id of seen) frequency.set(id, (frequency.get(id) ?? 0) + 1);
  }
  const idf = (id: number) => Math.log((rows.length + 1) / ((frequency.get(id) ?? 0) + 0.5));
  const postings = new Map<number, { row: number; weight: number }[]>();
  const labels: string[] = [];
  const dates = rows.map((row) => Date.parse(row.published ?? ''));
  for (const [i, row] of rows.entries()) {
    const vector = vectorOf(row, idf);
    const sums = new Map<number, number>();
    for (const [id, weight] of vector) {
      const list = postings.get(id) ?? [];
      for (let k = list.length - 1; k >= 0; k--) {
        const other = list[k]!;
        if (Math.abs((dates[other.row] ?? 0) - (dates[i] ?? 0)) > days * 86_400_000) break;
        sums.set(other.row, (sums.get(other.row) ?? 0) + weight * other.weight);
      }
      list.push({ row: i, weight });
      postings.set(id, list);
    }
    let best = -1;
    let score = threshold;
    for (const [other, sum] of sums) {
      if (sum >= score) {
        score = sum;
        best = other;
      }
    }
    labels.push(best < 0 ? `t${i}` : (labels[best] ?? `t${i}`));
  }
  return labels;
}

/** Exact title, letters and digits only: one story label a row. */
export function titleMatch(rows: readonly BaselineRow[]): string[] {
  return rows.map(
    (row, i) =>
      row.title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim() || `empty ${i}`,
  );
}
