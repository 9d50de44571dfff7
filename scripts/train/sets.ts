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

/** Held-out parts: large dated sets are cut once in time, small ones into folds by topic. Test rows are never trained on. */
export function split(name: SetName, rows: readonly Row[], folds = 4): readonly { train: Row[]; test: Row[] }[] {
  if (name === 'political-news-dev' || name === 'daily-roundup-links-dev') {
    const sorted = rows.toSorted((a, b) => ((a.published ?? '') < (b.published ?? '') ? -1 : 1));
    const cut = Math.floor(sorted.length / 2);
    return [{ train: sorted.slice(0, cut), test: sorted.slice(cut) }];
  }
  const topic = (row: Row) => (name === 'near-identical-events-dev' ? row.story.replace(/\D/g, '') : row.story);
  return Array.from({ length: folds }, (_, fold) => {
    const held = (row: Row) => hash(`topic ${topic(row)}`) % folds === fold;
    return { train: rows.filter((row) => !held(row)), test: rows.filter(held) };
  });
}
