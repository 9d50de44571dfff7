import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { countTerms } from '../scripts/train/frequencies.ts';
import { type HeldOut, heldOut } from '../scripts/train/held-out.ts';
import { type Row, readRows, readSet, type SetName, setNames } from '../scripts/train/sets.ts';
import { classifyRows } from '../src/stories/classify.ts';
import { createClusterer } from '../src/stories/join/cluster.ts';
import { loadModel } from '../src/stories/join/model.ts';
import type { Reader } from '../src/stories/read.ts';
import { tfidfSinglePass, titleMatch } from './baseline.ts';
import type { Bench, BenchRow } from './row.ts';
import { bcubed, pairwise } from './score.ts';
import { shippedReader } from './shipped-reader.ts';

const root = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const evalFolder = root('../../shared/eval');
const model = () => loadModel(root('../config/model'));

interface DevRow {
  id: string;
  outlet: string | null;
  url: string | null;
  title: string;
  text: string;
  published: string | null;
  language: string | null;
  relevant: boolean;
  story: string | null;
}

interface HeadlinePairs {
  same_event: readonly (readonly [string, string])[];
  different_event: readonly (readonly [string, string])[];
}

interface DevPairs {
  pairs: readonly { a: string; b: string; label: 'same' | 'different' }[];
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(`${evalFolder}/${path}`, 'utf8'));
}

function percent(value: number): string {
  return (100 * value).toFixed(1);
}

function scores(truth: readonly string[], found: readonly string[]): string {
  return `${percent(bcubed(truth, found).f1)} / ${percent(pairwise(truth, found).f1)}`;
}

function row(figure: string, ours: string, baseline: string, goal: string): BenchRow {
  return { figure, ours, baseline, ratio: goal };
}

function headlineMerged(reader: Reader, pairs: HeadlinePairs['same_event']): { ours: number; tfidf: number } {
  const published = '2026-01-10T10:00:00Z';
  let ours = 0;
  let tfidf = 0;
  const shipped = model();
  for (const [a, b] of pairs) {
    const rows = [a, b].map((title, i) => ({ id: `${i}`, title, published, publisher: `outlet ${i}`, text: '' }));
    const out = classifyRows(rows, { reader, clusterer: createClusterer({ model: shipped }) });
    if (out[0]?.story && out[0].story === out[1]?.story) ours++;
    const labels = tfidfSinglePass(rows, 0.3);
    if (labels[0] === labels[1]) tfidf++;
  }
  return { ours, tfidf };
}

function headlineRows(reader: Reader): BenchRow[] {
  const pairs = readJson('headline_pairs.json') as HeadlinePairs;
  const same = headlineMerged(reader, pairs.same_event);
  const different = headlineMerged(reader, pairs.different_event);
  const [n, m] = [pairs.same_event.length, pairs.different_event.length];
  return [
    row('headline pairs: same events merged', `${same.ours} of ${n}`, `${same.tfidf} of ${n}`, 'goal 10'),
    row('headline pairs: different events merged', `${different.ours} of ${m}`, `${different.tfidf} of ${m}`, 'goal 0'),
  ];
}

function devRows(reader: Reader): BenchRow[] {
  const rows = readRows<DevRow>(`${evalFolder}/devcorpus`, 'stories.jsonl');
  const given = rows.map(({ id, outlet, url, title, text, published, language }) => ({
    id,
    outlet,
    url,
    title,
    text,
    published,
    language,
  }));
  const out = classifyRows(given, { reader, clusterer: createClusterer({ model: model() }) }, { useText: true });
  const storyOf = new Map(out.map(({ id, story }) => [String(id), story]));
  const told = rows.filter((one) => one.relevant && one.story !== null);
  const truth = told.map((one) => one.story ?? '');
  const found = told.map((one) => storyOf.get(one.id) ?? `alone ${one.id}`);
  const { pairs } = readJson('devcorpus/pairs.json') as DevPairs;
  const right = (label: 'same' | 'different') =>
    pairs.filter((pair) => {
      const [a, b] = [storyOf.get(pair.a) ?? pair.a, storyOf.get(pair.b) ?? pair.b];
      return pair.label === label && (a === b) === (label === 'same');
    }).length;
  const of = (label: string) => pairs.filter((pair) => pair.label === label).length;
  return [
    row(
      'devcorpus stories, B-cubed / pairwise F1',
      scores(truth, found),
      scores(truth, tfidfSinglePass(told, 0.2, 7)),
      'goal 95 / 92',
    ),
    row('devcorpus stories, title match', scores(truth, found), scores(truth, titleMatch(told)), ''),
    row('devcorpus pairs: different apart', `${right('different')} of ${of('different')}`, '-', 'goal 57'),
    row('devcorpus pairs: same together', `${right('same')} of ${of('same')}`, '-', 'goal 36'),
  ];
}

const goals: Readonly<Record<SetName, string>> = {
  'political-news-dev': 'floor 91.5 / 74, goal 93.5 / 82',
  'near-identical-events-dev': 'floor 85 / 80, goal 88 / 86',
  'full-articles-dev': 'floor 96.5 / 92, goal 97.5 / 95',
  'daily-roundup-links-dev': 'floor 74.5 / 58, goal 77 / 66',
};

function heldOutRows(): BenchRow[] {
  const terms = countTerms(readRows(`${evalFolder}/clustering`, 'background-headers.jsonl'), 3);
  const sets = Object.fromEntries(setNames.map((name) => [name, readSet(evalFolder, name)])) as Record<SetName, Row[]>;
  const found = heldOut(terms, sets);
  const of = (set: SetName, method: HeldOut['method']) => {
    const one = found.find((result) => result.set === set && result.method === method);
    return one ? `${percent(one.bcubed)} / ${percent(one.pairwise)}` : '-';
  };
  return setNames.map((set) => {
    const baseline = `TF-IDF ${of(set, 'tf-idf')}, title ${of(set, 'title')}`;
    return row(`${set}, held out, B-cubed / pairwise F1`, of(set, 'ours'), baseline, goals[set]);
  });
}

export const bench: Bench = {
  name: 'stories',
  async run() {
    if (!existsSync(evalFolder)) return [row('stories: no evaluation data found', '-', '-', '-')];
    const reader = shippedReader();
    return [...headlineRows(reader), ...devRows(reader), ...heldOutRows()];
  },
};
