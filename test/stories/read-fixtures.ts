import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadCountries } from '../../src/config/countries.ts';
import type { Article, RawArticle } from '../../src/core/article.ts';
import type { Reading } from '../../src/core/reading.ts';
import { createReader } from '../../src/stories/read.ts';
import { loadReaderData } from '../../src/stories/reader-data.ts';

const config = fileURLToPath(new URL('../../config', import.meta.url));

/** The data as shipped, read once for all tests of a file. */
export const readerData = loadReaderData(config);
export const countries = loadCountries(readFileSync(`${config}/countries.yaml`, 'utf8'), 'countries.yaml');
const reader = createReader({ countries, data: readerData });

/** A raw article with the given fields; a text unless html is given. */
export function rawArticle(fields: Partial<RawArticle>): RawArticle {
  return {
    id: 'a',
    url: null,
    publisher: 'Example Ledger',
    sourceId: null,
    sourceKind: 'news',
    title: null,
    html: null,
    text: null,
    publishedAt: '2026-03-05T09:00:00Z',
    updatedAt: null,
    language: null,
    author: null,
    arrivedAt: '2026-03-05T10:00:00Z',
    ...fields,
  };
}

/** Cleans and reads a title and text. */
export function readText(
  title: string,
  text: string,
  fields: Partial<RawArticle> = {},
): { article: Article; reading: Reading } {
  return reader(rawArticle({ title, text, ...fields }));
}
