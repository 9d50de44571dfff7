import { expect, it } from 'vitest';
import { checkSources } from '../../src/feeds/check.ts';
import * as faults from '../fakes/feed-server/faults.ts';
import { createBench, document, item, parseJson, source } from './poll-fixture.ts';

it('tries every source, disabled ones too, says what each answered, and stores nothing', async () => {
  const bench = await createBench(() => []);
  const { origin, routes } = bench.server;
  const items = [
    item(1, { publishedAt: '2025-06-01T00:00:00.000Z' }),
    item(2, { publishedAt: '2025-06-02T00:00:00.000Z' }),
  ];
  routes.set('/well', faults.serve(document(items), { 'content-type': 'application/json' }));
  routes.set('/broken', faults.serve('[', { 'content-type': 'application/json' }));
  routes.set('/page', faults.htmlPage);
  const configs = ['well', 'broken', 'page', 'missing'].map((id) =>
    source(id, `${origin}/${id}`, { enabled: id !== 'well' }),
  );
  const checks = await checkSources({ http: bench.http, parse: parseJson, now: () => bench.time.now }, configs);
  await bench.close();
  expect(checks.map(({ sourceId, ok, error }) => [sourceId, ok, error?.code])).toEqual([
    ['well', true, undefined],
    ['broken', false, 'unreadable'],
    ['page', false, 'html-page'],
    ['missing', false, 'not-found'],
  ]);
  expect(checks[0]).toMatchObject({ items: 2, newest: '2025-06-02T00:00:00.000Z' });
  expect(checks.slice(1).every((one) => /\w/.test(one.error?.remedy ?? ''))).toBe(true);
});
