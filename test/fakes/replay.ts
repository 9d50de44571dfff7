import type { Story } from '../../src/core/story.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createRandom, seeded } from '../../src/lib/random.ts';
import { createSteppedClock } from '../../src/lib/stepped-clock.ts';
import { openStore } from '../../src/store/open.ts';
import { createIngest } from '../../src/stories/ingest.ts';
import type { Clusterer } from '../../src/stories/join/types.ts';
import type { Reader } from '../../src/stories/read.ts';
import { type Row, readJson, readRows } from './devcorpus.ts';
import { source, sourceState } from './samples.ts';
import { shippedCountries } from './services.ts';
import { emptyLedger } from './stories.ts';

interface Step {
  step: number;
  at: string;
  url: string;
  status: number;
  itemIds: string[];
}

export interface Expected {
  events: { step: number; story: string; kind: string; reasons?: string[] }[];
  final: { story: string; sources: number; originators: string[]; certainty: string }[];
}

/** One alert or update; `story` is the corpus's name for it, by the label of most members. */
export interface Said {
  step: number;
  story: string | null;
  kind: 'alert' | 'update';
  reasons: readonly string[];
}

function instantOf(text: string | null): string | null {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** The replay of the development corpus through a real store: what was said at which step, and the stories left. */
export async function replay(
  reader: Reader,
  clusterer: Clusterer,
): Promise<{ said: readonly Said[]; stories: readonly Story[]; nameOf: (story: Story) => string | null }> {
  const all = readRows();
  const rows = new Map(all.map((row) => [row.id, row]));
  const bare = (url: string | null): string => (url ?? '').replace(/\/$/, '');
  const labels = new Map(all.map((row) => [bare(row.url), row.story]));
  const { steps } = readJson('replay.json') as { steps: Step[] };
  const clock = createSteppedClock(Date.parse(steps[0]?.at ?? ''));
  const store = await openStore({ url: ':memory:', migrations: 'migrations', now: () => clock.now() });
  const nameOf = (story: Story): string | null => {
    const names = story.members.map(({ url }) => labels.get(bare(url)) ?? null);
    return names.find((name) => names.filter((other) => other === name).length * 2 > names.length) ?? names[0] ?? null;
  };
  const said: Said[] = [];
  let step = 0;
  const ingest = createIngest({
    store: store.stories,
    clusterer,
    reader,
    route: (story, previous) => {
      const reasons = story.changes.filter((change) => change !== 'outlet' && change !== 'wording');
      if (!previous) said.push({ step, story: nameOf(story), kind: 'alert', reasons: [] });
      else if (reasons.length > 0) said.push({ step, story: nameOf(story), kind: 'update', reasons });
      return [];
    },
    sourceOf: (id) => source(id, { publisher: publishers.get(id) ?? id }),
    facts: emptyLedger,
    countries: shippedCountries,
    clock,
    random: createRandom(() => clock.now(), seeded(3)),
    log: silentLog,
    options: { holdBackMs: 0, maxAgeHours: 72 },
  });
  const publishers = new Map(
    steps.flatMap(({ url, itemIds }) =>
      itemIds.map((id): [string, string] => [
        url,
        url.includes('newskite') ? 'NewsKite' : (rows.get(id)?.outlet ?? url),
      ]),
    ),
  );
  await store.sources.sync([...new Set(steps.map(({ url }) => url))].map((url) => source(url)));
  const polled = new Set<string>();
  for (const one of steps) {
    if (one.status !== 200) continue;
    step = one.step;
    clock.moveTo(Date.parse(one.at));
    await store.sources.recordPoll({
      state: sourceState(one.url, { lastSuccessAt: one.at }),
      entries: one.itemIds.flatMap((id) => entryOf(rows.get(id))),
      seenAt: one.at,
      silent: !polled.has(one.url),
    });
    polled.add(one.url);
    await ingest.drain();
  }
  const stories = await store.stories.storiesSince('2000-01-01T00:00:00Z');
  await store.close();
  return { said, stories, nameOf };
}

function entryOf(row: Row | undefined) {
  if (!row) return [];
  const item = {
    id: row.url,
    title: row.title,
    link: row.url,
    publishedAt: instantOf(row.published),
    updatedAt: null,
    author: null,
    summary: null,
    content: row.html,
  };
  return [{ keys: [`u:${row.url}`], contentHash: row.title, item }];
}
