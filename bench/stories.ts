import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { countTerms } from '../scripts/train/frequencies.ts';
import { type HeldOut, heldOut } from '../scripts/train/held-out.ts';
import { type Row, readRows, readSet, type SetName, setNames } from '../scripts/train/sets.ts';
import { tfidfSinglePass } from './baseline.ts';
import { type Classified, classified } from './classified.ts';
import type { Bench, BenchRow } from './row.ts';
import { bcubed, pairwise } from './score.ts';

const evalFolder = fileURLToPath(new URL('../../shared/eval', import.meta.url));

interface DevRow {
  id: string;
  title: string;
  text: string;
  published: string | null;
  truePublished: string;
  relevant: boolean;
  borderline: boolean;
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

/** Each pair in a month of its own, so that one run judges them all apart. */
function headlineRow(what: string, pairs: HeadlinePairs['same_event'], goal: string): BenchRow {
  const rows = pairs.flatMap((pair, at) =>
    pair.map((title, side) => ({
      id: `${at} ${side}`,
      title,
      text: '',
      published: new Date(Date.UTC(2023, at, 10)).toISOString(),
      publisher: `outlet ${side}`,
    })),
  );
  const merged = (labels: readonly (string | null)[]) =>
    pairs.filter((_, at) => labels[2 * at] !== null && labels[2 * at] === labels[2 * at + 1]).length;
  const ours = merged(classified(rows).map(({ story }) => story));
  const tfidf = merged(tfidfSinglePass(rows, 0.3));
  return row(`headline pairs: ${what} merged`, `${ours} of ${pairs.length}`, `${tfidf} of ${pairs.length}`, goal);
}

function headlineRows(): BenchRow[] {
  const pairs = readJson('headline_pairs.json') as HeadlinePairs;
  return [
    headlineRow('same events', pairs.same_event, 'goal 10'),
    headlineRow('different events', pairs.different_event, 'goal 0'),
  ];
}

/** The labelled fields are left out by the program itself, which ignores what it does not know. */
function devRun(rows: readonly DevRow[], flags: readonly string[], label: string): [BenchRow, Classified[]] {
  const out = classified(rows, flags);
  const storyOf = new Map(out.map(({ id, story }) => [id, story]));
  const told = rows.filter((one) => one.relevant && one.story !== null);
  const truth = told.map((one) => one.story ?? '');
  const found = told.map((one) => storyOf.get(one.id) ?? `alone ${one.id}`);
  const figure = `devcorpus stories, ${label}, B-cubed / pairwise F1`;
  return [row(figure, scores(truth, found), scores(truth, tfidfSinglePass(told, 0.2, 7)), 'goal 95 / 92'), out];
}

function pairRows(out: readonly Classified[]): BenchRow[] {
  const storyOf = new Map(out.map(({ id, story }) => [id, story]));
  const { pairs } = readJson('devcorpus/pairs.json') as DevPairs;
  const count = (label: 'same' | 'different') => {
    const of = pairs.filter((pair) => pair.label === label);
    const together = of.filter(({ a, b }) => (storyOf.get(a) ?? a) === (storyOf.get(b) ?? b)).length;
    return `${label === 'same' ? together : of.length - together} of ${of.length}`;
  };
  return [
    row('devcorpus pairs: different apart', count('different'), '-', 'goal 57'),
    row('devcorpus pairs: same together', count('same'), '-', 'goal 36'),
  ];
}

function devRows(): BenchRow[] {
  const rows = readRows<DevRow>(`${evalFolder}/devcorpus`, 'stories.jsonl');
  const dated = rows.toSorted((a, b) => (a.truePublished < b.truePublished ? -1 : 1));
  const [asText, out] = devRun(rows, ['--use', 'text'], 'text');
  const runs = [
    devRun(rows, [], 'html')[0],
    devRun(dated, ['--use', 'text'], 'text by date')[0],
    devRun(dated, [], 'html by date')[0],
  ];
  return [asText, ...runs, ...pairRows(out)];
}

const goals: Readonly<Record<SetName, string>> = {
  'political-news-dev': 'floor 91.5 / 74, goal 93.5 / 82',
  'near-identical-events-dev': 'floor 85 / 80, goal 88 / 86',
  'full-articles-dev': 'floor 96.5 / 92, goal 97.5 / 95',
  'daily-roundup-links-dev': 'floor 74.5 / 58, goal 77 / 66',
};

/** The whole set through the program; its model has seen these rows. */
function shippedRow(set: SetName, rows: readonly Row[]): BenchRow {
  const truth = rows.map(({ story }) => story);
  const found = classified(rows, ['--all']).map(({ story }, at) => story ?? `alone ${at}`);
  const baseline = `TF-IDF ${scores(truth, tfidfSinglePass(rows, 0.2))}`;
  return row(`${set}, whole, as shipped`, scores(truth, found), baseline, goals[set]);
}

function generalRows(): BenchRow[] {
  const terms = countTerms(readRows(`${evalFolder}/clustering`, 'background-headers.jsonl'), 3);
  const sets = Object.fromEntries(setNames.map((name) => [name, readSet(evalFolder, name)])) as Record<SetName, Row[]>;
  const found = heldOut(terms, sets);
  const of = (set: SetName, method: HeldOut['method']) => {
    const one = found.find((result) => result.set === set && result.method === method);
    return one ? `${percent(one.bcubed)} / ${percent(one.pairwise)}` : '-';
  };
  return setNames.flatMap((set) => {
    const baseline = `TF-IDF ${of(set, 'tf-idf')}, title ${of(set, 'title')}`;
    return [row(`${set}, held out`, of(set, 'ours'), baseline, goals[set]), shippedRow(set, sets[set])];
  });
}

/** The stories of the built program, and of models that never saw what they are tried on. */
export const bench: Bench = {
  name: 'stories',
  run() {
    if (!existsSync(evalFolder)) return Promise.resolve([]);
    return Promise.resolve([...headlineRows(), ...devRows(), ...generalRows()]);
  },
};
