import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One labelled row of a clustering set. */
export interface Row {
  id: string;
  story: string;
  published: string | null;
  publisher: string | null;
  title: string;
  text: string;
}

export const setNames = [
  'political-news-dev',
  'near-identical-events-dev',
  'full-articles-dev',
  'daily-roundup-links-dev',
] as const;
export type SetName = (typeof setNames)[number];

/** Rows of a JSONL file under `folder`; an empty list when there is none. */
export function readRows<T = Row>(folder: string, file: string): T[] {
  const path = join(folder, file);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

export function readSet(folder: string, name: SetName): Row[] {
  return readRows(join(folder, 'clustering'), `${name}.jsonl`);
}

function hash(text: string): number {
  let value = 7;
  for (let i = 0; i < text.length; i++) value = (Math.imul(value, 31) + text.charCodeAt(i)) >>> 0;
  return value;
}

/** Two held-out parts: dated sets are cut in time, undated ones by topic. Test rows are never trained on. */
export function split(name: SetName, rows: readonly Row[]): readonly { train: Row[]; test: Row[] }[] {
  if (name === 'political-news-dev' || name === 'daily-roundup-links-dev') {
    const sorted = rows.toSorted((a, b) => ((a.published ?? '') < (b.published ?? '') ? -1 : 1));
    const cut = Math.floor(sorted.length / 2);
    return [{ train: sorted.slice(0, cut), test: sorted.slice(cut) }];
  }
  const topic = (row: Row) => (name === 'near-identical-events-dev' ? row.story.replace(/\D/g, '') : row.story);
  const even = (row: Row) => hash(`topic ${topic(row)}`) % 2 === 0;
  const halves = [rows.filter(even), rows.filter((row) => !even(row))] as const;
  return [
    { train: halves[0], test: halves[1] },
    { train: halves[1], test: halves[0] },
  ];
}
