import { existsSync, readFileSync } from 'node:fs';
import type { Article, RawArticle } from '../../src/core/article.ts';
import type { Reading, Stage } from '../../src/core/reading.ts';
import { readingOf } from './stories.ts';

const folder = '../shared/eval/devcorpus';
/** The development corpus lies beside the repository where the project is built; elsewhere its tests are left out. */
export const corpusPresent = existsSync(`${folder}/replay.json`);

/** A labelled article, with the fields that tests use. */
export interface Row {
  id: string;
  outlet: string;
  text: string;
  language: string;
  versionOf: string | null;
  syndicatedFrom: string | null;
  url: string;
  title: string;
  html: string;
  published: string | null;
  truePublished: string;
  relevant: boolean;
  story: string | null;
  topics: string[];
  countries: Reading['countries'];
  stage: string | null;
  certainty: Reading['certainty'] | null;
  originator: string | null;
  roundup: boolean;
  correction: { field: string; from: string; to: string } | null;
}

const removal: Record<string, Stage> = { reported: 'approached', announced: 'agreed', stayed: 'block-lifted' };
const measure: Record<string, Stage> = { reported: 'considered', stayed: 'block-lifted', refused: 'lifted' };

/** What a perfect reader would say, as far as the labels tell. */
export function goldReading(row: Row): Reading {
  if (!row.relevant) return readingOf({ relevant: false, matters: [], stage: null, topics: [] });
  const isRemoval = row.topics.some((topic) => topic.startsWith('third-country'));
  const kind = isRemoval
    ? 'removals'
    : row.topics.includes('court')
      ? 'court'
      : row.topics.includes('travel-ban')
        ? 'ban'
        : 'visa';
  const stage = row.stage === null ? null : ((isRemoval ? removal : measure)[row.stage] ?? (row.stage as Stage));
  const codes = isRemoval ? row.countries.receiving : row.countries.banned;
  const ids = codes.length > 0 ? codes.map((code) => `${kind}/${code}`) : [`${kind}/all`];
  return readingOf({
    topics: isRemoval ? ['third-country-removal'] : kind === 'ban' ? ['travel-ban'] : ['visa-policy'],
    form: row.roundup ? 'roundup' : 'news',
    countries: row.countries,
    matters: ids.map((id) => ({ id, stage, countries: codes })),
    stage,
    certainty: row.certainty ?? 'reported',
    originators: row.originator ? [{ name: row.originator, evidence: row.originator }] : [],
    correction: row.correction ? { ...row.correction, quote: 'Correction' } : null,
  });
}

export function goldArticle(raw: RawArticle, row: Row): Article {
  return {
    id: raw.id,
    url: raw.url,
    canonicalUrl: raw.url,
    publisher: row.outlet,
    publisherFamily: row.outlet,
    sourceId: raw.sourceId,
    sourceKind: raw.sourceKind,
    title: row.title,
    text: row.text,
    sentences: [],
    language: row.language,
    publishedAt: new Date(row.truePublished).toISOString(),
    dated: 'told',
    arrivedAt: raw.arrivedAt,
    byline: null,
    dateline: null,
  };
}

export function readJson(name: string): unknown {
  return JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
}

export function readRows(): readonly Row[] {
  const lines = readFileSync(`${folder}/stories.jsonl`, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Row);
}
