import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../src/app.ts';
import { consoleAsker } from '../../../src/cli/app-session.ts';
import { answerSchemas, jsonSchemaOf } from '../../../src/core/answers/index.ts';
import { openTestApp } from '../../fakes/app.ts';

const ajv = new Ajv2020({ strict: false });
const published = (name: string): object => JSON.parse(readFileSync(`docs/schemas/${name}.json`, 'utf8')) as object;

let app: App;
beforeAll(async () => {
  app = await openTestApp({ memory: true });
  await app.ingestFiles([
    {
      id: 'one',
      url: 'https://outlet.example.com/one',
      publisher: 'Outlet',
      sourceId: null,
      sourceKind: 'news',
      title: 'Rwanda agrees to accept up to 250 people deported from the United States',
      html: null,
      text: 'Rwanda has agreed to accept up to 250 migrants deported from the United States, a government spokesperson said on Tuesday.',
      publishedAt: '2025-08-05T10:00:00Z',
      updatedAt: null,
      language: 'en',
      author: null,
      arrivedAt: '2025-08-05T10:05:00Z',
    },
  ]);
});
afterAll(() => app.close());

describe('docs/schemas', () => {
  it('holds every answer’s schema as the program has it (npm run schemas)', () => {
    const names = readdirSync('docs/schemas').filter((file) => file.endsWith('.json'));
    expect(names.toSorted()).toEqual(
      Object.keys(answerSchemas)
        .map((name) => `${name}.json`)
        .toSorted(),
    );
    for (const name of Object.keys(answerSchemas)) expect(published(name)).toEqual(jsonSchemaOf(name));
  });

  it.each([
    ['/ban-status laos', 'ban-status'],
    ['/ban-status turkmenistan on 2025-06-05', 'ban-status'],
    ['/ban-status palestine', 'ban-status'],
    ['/ban-status france', 'ban-status'],
    ['/ban-status', 'ban-status'],
    ['/ban-status on 2017-11-01', 'ban-status'],
    ['/ban-status congo', 'ban-status'],
    ['/timeline', 'timeline'],
    ['/timeline rwanda', 'timeline'],
    ['/deals', 'deals'],
    ['/courts', 'courts'],
    ['/latest', 'stories'],
    ['/search rwanda', 'stories'],
    ['/sources', 'sources'],
    ['/review', 'review'],
    ['/report the cap is another answer-to:"deals RW"', 'report'],
    ['/report', 'report'],
    ['/help', 'help'],
    ['/subscribe serbia', 'subscribe'],
    ['/subscriptions', 'subscriptions'],
    ['/unsubscribe all', 'unsubscribe'],
    ['/ban-status atlantis', 'error'],
  ])('%s answers as %s.json says', async (line, name) => {
    const { data } = await app.dispatcher.line(line, consoleAsker);
    const valid = ajv.compile(published(name));
    valid(JSON.parse(JSON.stringify(data)));
    expect(valid.errors).toBeNull();
  });

  it('refuses an answer of another shape', () => {
    expect(ajv.compile(published('timeline'))({ version: 1, events: [{ date: 'soon' }] })).toBe(false);
    expect(ajv.compile(published('stories'))({ version: 2, stories: [] })).toBe(false);
  });
});
