import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../src/core/reading.ts';
import { readText } from './read-fixtures.ts';

const corpus = new URL('../../../shared/eval/devcorpus/stories.jsonl', import.meta.url);
const posts = new URL('../../../shared/primary/whitehouse-2025-2026.jsonl', import.meta.url);
const there = existsSync(corpus) && existsSync(posts);
if (!there) console.info('reading is not measured: ../shared/eval and ../shared/primary are absent');

interface Row {
  relevant: boolean;
  borderline: boolean;
  certainty: string;
  originator: string | null;
  title: string;
  text: string;
  html: string | null;
  outlet: string;
  published: string | null;
  language: string;
}

const lines = <T>(file: URL): T[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

describe.skipIf(!there)('reading labelled articles', () => {
  const readings = (): { row: Row; reading: Reading }[] =>
    lines<Row>(corpus).map((row) => ({
      row,
      reading: readText(row.title, row.text, {
        html: row.html,
        publisher: row.outlet,
        publishedAt: row.published,
        language: row.language,
        arrivedAt: '2026-11-21T00:00:00Z',
      }).reading,
    }));

  it('reaches its goals', { timeout: 60_000 }, () => {
    const all = readings();
    const scored = all.filter(({ row }) => !row.borderline);
    const wanted = scored.filter(({ row }) => row.relevant);
    const found = scored.filter(({ reading }) => reading.relevant);
    const both = wanted.filter(({ reading }) => reading.relevant).length;
    expect(both / wanted.length).toBeGreaterThanOrEqual(0.98);
    expect(both / found.length).toBeGreaterThanOrEqual(0.95);
    const origin = wanted.filter(({ row, reading }) => (reading.originators[0]?.name ?? null) === row.originator);
    expect(origin.length / wanted.length).toBeGreaterThanOrEqual(0.9);
    const certain = wanted.filter(({ row, reading }) => reading.certainty === row.certainty);
    expect(certain.length / wanted.length).toBeGreaterThanOrEqual(0.9);
  });

  it('raises few false alarms on a stream of posts, and misses no ban', { timeout: 60_000 }, () => {
    const rows = lines<{ title: string; text?: string; opening?: string }>(posts);
    const told = rows.map((row) => readText(row.title, row.text ?? row.opening ?? '').reading.topics);
    const bans = rows.map((row) => /restrict\w*(?: and limit\w*)? the entry of foreign nationals/i.test(row.title));
    expect(bans.filter(Boolean).length).toBeGreaterThanOrEqual(4);
    const missed = rows.filter((_, at) => bans[at] === true && told[at]?.includes('travel-ban') !== true);
    expect(missed.map((row) => row.title)).toEqual([]);
    for (const topic of ['travel-ban', 'third-country-removal'] as const) {
      const alarms = told.filter((topics, at) => topics.includes(topic) && bans[at] === false).length;
      expect(alarms / rows.length, topic).toBeLessThan(0.01);
    }
  });
});

describe('reading', () => {
  it('gives a round-up no originator', () => {
    const text =
      'Palau said it would take 75 people deported by the United States. Nauru has been asked, Reuters reported.';
    const { reading } = readText('Deportee deals at a glance', text);
    expect(reading).toMatchObject({ form: 'roundup', originators: [], certainty: 'reported' });
  });

  it('never throws for what an article holds', () => {
    for (const text of [
      '',
      '\u0000',
      '—',
      '((((((',
      '“”…',
      '\ud800',
      'A'.repeat(10_000),
      'said said said',
      'according to',
      ': : :',
      'Reuters',
    ]) {
      expect(() => readText(text, text)).not.toThrow();
    }
  });
});
