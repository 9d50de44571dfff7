import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { createMetrics } from '../../src/app-metrics.ts';
import type { Store } from '../../src/core/ports.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { openStore } from '../../src/store/open.ts';

const folder = new URL('../../docs/monitoring/', import.meta.url);

async function namesKnown(): Promise<Set<string>> {
  const metrics = createMetrics(systemClock, () => null);
  const migrations = new URL('../../migrations', import.meta.url).pathname;
  const store: Store = await openStore({ url: ':memory:', migrations, now: Date.now });
  metrics.watchStore(store);
  const names = metrics.registry.getMetricsAsArray().map(({ name }) => name);
  await store.close();
  return new Set(names);
}

function namesIn(expression: string): string[] {
  return expression.match(/\b(?:borderwire|process|nodejs)_\w+/g)?.map((name) => name.replace(/_bucket$/, '')) ?? [];
}

it.each([
  ['alerts.yaml', (text: string) => JSON.stringify((parse(text) as { groups: unknown }).groups)],
  ['grafana-dashboard.json', (text: string) => JSON.stringify((JSON.parse(text) as { panels: unknown }).panels)],
])('%s asks only for figures that exist', async (file, expressionsOf) => {
  const asked = namesIn(expressionsOf(readFileSync(new URL(file, folder), 'utf8')));
  expect(asked.length).toBeGreaterThan(8);
  const known = await namesKnown();
  expect(asked.filter((name) => !known.has(name))).toEqual([]);
});

it('alerts on what never happened: a rate of nothing is no figure, and would be equal to nothing', () => {
  const { groups } = parse(readFileSync(new URL('alerts.yaml', folder), 'utf8')) as {
    groups: { rules: { alert: string; expr: string }[] }[];
  };
  const comparing = groups
    .flatMap(({ rules }) => rules)
    .filter(({ expr }) => expr.includes('rate(') && expr.endsWith('== 0'));
  expect(comparing.map(({ alert }) => alert)).toEqual(['BorderwireNoPolls', 'BorderwireQueueStands']);
  expect(comparing.filter(({ expr }) => !expr.includes('or vector(0)) == 0'))).toEqual([]);
});
