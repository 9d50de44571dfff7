import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCountries } from '../../../src/config/countries.ts';
import type { Article } from '../../../src/core/article.ts';
import { sentencesOf } from '../../../src/stories/clean/sentences.ts';
import { createDevelopmentReader, type DevelopmentReader } from '../../../src/stories/extract/development.ts';
import { createGazetteers } from '../../../src/stories/extract/gazetteer.ts';
import { loadReadingData } from '../../../src/stories/extract/reading-data.ts';
import type { Provenance } from '../../../src/stories/extract/types.ts';

const config = join(import.meta.dirname, '../../../config');

/** The reader with the shipped word lists and countries. */
export function developmentReader(): DevelopmentReader {
  const file = join(config, 'countries.yaml');
  const cues = loadReadingData(config);
  const gazetteers = createGazetteers(loadCountries(readFileSync(file, 'utf8'), file), cues);
  return createDevelopmentReader({ gazetteers, cues });
}

export const noProvenance: Provenance = {
  originators: [],
  comments: [],
  correction: null,
  earlier: [],
  background: new Set(),
};

/** An article as the cleaner would make it; each line of the text is a paragraph. */
export function articleOf(given: Partial<Article> & { title: string }): Article {
  const text = given.text ?? '';
  const sentences = sentencesOf(text.split('\n').filter((paragraph) => paragraph !== ''));
  return {
    id: 'a1',
    url: null,
    canonicalUrl: null,
    publisher: 'Example Gazette',
    publisherFamily: null,
    sourceId: null,
    sourceKind: 'news',
    language: 'en',
    publishedAt: '2026-01-14T15:00:00.000Z',
    dated: 'told',
    arrivedAt: '2026-01-14T15:05:00.000Z',
    byline: null,
    dateline: null,
    sentences,
    ...given,
    text,
  };
}
