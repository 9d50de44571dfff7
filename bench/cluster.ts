import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Article } from '../src/core/article.ts';
import { createClusterer } from '../src/stories/join/cluster.ts';
import { loadModel } from '../src/stories/join/model.ts';
import type { Clusterer } from '../src/stories/join/types.ts';
import { tfidfSinglePass } from './baseline.ts';
import { heldMegabytes } from './collect.ts';
import { emptyReading } from './empty-reading.ts';
import type { Bench, BenchRow } from './row.ts';
import { shippedReader } from './shipped-reader.ts';

const shared = fileURLToPath(new URL('../../shared/eval/clustering/background-headers.jsonl', import.meta.url));
const modelFolder = fileURLToPath(new URL('../config/model', import.meta.url));

const total = 100_000;
const perDay = 3_000;
const tenths = 10;
const windowDays = 8;
const dayLength = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00Z');
const baselineRows = 6_000;
const extractedRows = 3_000;

interface Header {
  title: string;
  text: string;
  publisher: string | null;
}

function article(header: Header, index: number): Article {
  const at = new Date(start + Math.floor((index / perDay) * dayLength)).toISOString();
  return {
    id: `a${index}`,
    url: null,
    canonicalUrl: null,
    publisher: header.publisher,
    publisherFamily: null,
    sourceId: null,
    sourceKind: 'news',
    title: header.title,
    text: header.text,
    sentences: [],
    language: 'en',
    publishedAt: at,
    dated: 'told',
    arrivedAt: at,
    byline: null,
    dateline: null,
  };
}

/** Rows again and again with new dates. A repeated row falls days after the first, outside the window. */
/** Headers to join, none without the evaluation data. */
export function headerRows(): Header[] {
  if (!existsSync(shared)) return [];
  return readFileSync(shared, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Header);
}

interface Tenth {
  perSecond: number;
  memory: number;
  articles: number;
}

function joinTenth(clusterer: Clusterer, headers: readonly Header[], from: number, to: number): number {
  const began = performance.now();
  for (let i = from; i < to; i++) {
    const one = article(headers[i % headers.length] as Header, i);
    const placed = clusterer.place(one, emptyReading);
    if (placed.storyId === null) clusterer.assign(one.id, `s${i}`);
    if (i % 200 === 0) for (const repair of clusterer.repair()) clusterer.applyRepair(repair, `r${i}`);
    if (i % perDay === 0) clusterer.evict(new Date(Date.parse(one.publishedAt) - windowDays * dayLength).toISOString());
  }
  return (to - from) / ((performance.now() - began) / 1000);
}

/** Joining alone over 100,000 articles: speed and memory at every tenth. */
export function joinAll(headers: readonly Header[], count = total): Tenth[] {
  const model = loadModel(modelFolder);
  const before = heldMegabytes();
  const clusterer = createClusterer({ model, options: { allForms: true } });
  const found: Tenth[] = [];
  for (let tenth = 0; tenth < tenths; tenth++) {
    const perSecond = joinTenth(clusterer, headers, (tenth * count) / tenths, ((tenth + 1) * count) / tenths);
    found.push({ perSecond, memory: heldMegabytes() - before, articles: clusterer.size().articles });
  }
  return found;
}

function baselineSpeed(headers: readonly Header[]): number {
  const dated = headers
    .slice(0, baselineRows)
    .map((header, i) => ({ ...header, published: article(header, i).publishedAt }));
  const began = performance.now();
  tfidfSinglePass(dated, 0.3);
  return dated.length / ((performance.now() - began) / 1000);
}

/** Articles a second when each is cleaned and read before it is joined. */
export function readAndJoin(headers: readonly Header[], count = extractedRows): number {
  const reader = shippedReader();
  const clusterer = createClusterer({ model: loadModel(modelFolder), options: { allForms: true } });
  const began = performance.now();
  for (const [i, header] of headers.slice(0, count).entries()) {
    const { id, title, text, publishedAt, arrivedAt, publisher } = article(header, i);
    const raw = { id, title, text, publishedAt, arrivedAt, publisher, html: null, url: null, author: null };
    const { article: clean, reading } = reader({
      ...raw,
      sourceId: null,
      sourceKind: 'news',
      updatedAt: null,
      language: 'en',
    });
    const placed = clusterer.place(clean, reading);
    if (placed.storyId === null) clusterer.assign(id, `s${i}`);
  }
  return Math.min(count, headers.length) / ((performance.now() - began) / 1000);
}

function tenthRows(found: readonly Tenth[], baseline: number): BenchRow[] {
  return found.map(({ perSecond, memory, articles }, i) => ({
    figure: `join, tenth ${i + 1} (${articles} in the window, ${memory.toFixed(0)} MB)`,
    ours: `${perSecond.toFixed(0)}/s`,
    baseline: `${baseline.toFixed(0)}/s`,
    ratio: `${(perSecond / baseline).toFixed(1)}x`,
  }));
}

export const bench: Bench = {
  name: 'cluster',
  async run() {
    const headers = headerRows();
    if (headers.length === 0) return [];
    const baseline = baselineSpeed(headers);
    const found = joinAll(headers);
    const read = readAndJoin(headers);
    const first = found[1] ?? found[0];
    const last = found.at(-1);
    const flat = first && last ? last.perSecond / first.perSecond : 0;
    return [
      ...tenthRows(found, baseline),
      {
        figure: 'join, last tenth against the second (flat = 1)',
        ours: flat.toFixed(2),
        baseline: 'TF-IDF single pass, 3 days',
        ratio: '-',
      },
      {
        figure: 'clean, read and join',
        ours: `${read.toFixed(0)}/s`,
        baseline: `${baseline.toFixed(0)}/s`,
        ratio: `${(read / baseline).toFixed(1)}x`,
      },
    ];
  },
};
