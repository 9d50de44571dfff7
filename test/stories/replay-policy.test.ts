import { describe, expect, it } from 'vitest';
import type { Story } from '../../src/core/story.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createRandom, seeded } from '../../src/lib/random.ts';
import { createSteppedClock } from '../../src/lib/stepped-clock.ts';
import { openStore } from '../../src/store/open.ts';
import { createIngest } from '../../src/stories/ingest.ts';
import { corpusPresent, goldArticle, goldReading, type Row, readJson, readRows } from '../fakes/devcorpus.ts';
import { source, sourceState } from '../fakes/samples.ts';
import { shippedCountries } from '../fakes/services.ts';
import { emptyLedger, scriptedClusterer } from '../fakes/stories.ts';

interface Step {
  step: number;
  at: string;
  url: string;
  status: number;
  itemIds: string[];
}

// Reading and joining are taken as perfect here, so that what is measured is folding, revising and telling alone.
describe.skipIf(!corpusPresent)('telling, on the replay of the development corpus (absent: not run)', () => {
  it('says exactly what its policy expects, step by step', async () => {
    const rows = new Map(readRows().map((row) => [row.id, row]));
    const { steps } = readJson('replay.json') as { steps: Step[] };
    const expected = readJson('expected.json') as {
      events: { step: number; story: string; kind: string; reasons?: string[] }[];
      final: { story: string; sources: number; originators: string[]; certainty: string }[];
    };

    const clock = createSteppedClock(Date.parse(steps[0]?.at ?? ''));
    const store = await openStore({ url: ':memory:', migrations: 'migrations', now: () => clock.now() });
    const byTitle = new Map([...rows.values()].map((row) => [`${row.title}|${row.url}`, row]));
    const rowOf = (article: { title: string | null; url: string | null }): Row => {
      const row = byTitle.get(`${article.title}|${article.url}`);
      if (!row) throw new Error(`no row for ${article.title}`);
      return row;
    };
    const told: { step: number; story: string; kind: string; reasons: readonly string[] }[] = [];
    let step = 0;
    const ingest = createIngest({
      store: store.stories,
      clusterer: scriptedClusterer(
        (article) => rowOf(article).story,
        (article) => (article.title.startsWith('Opinion') || rowOf(article).roundup ? 'context' : 'evidence'),
      ),
      reader: (raw) => {
        const row = rowOf(raw);
        return { article: goldArticle(raw, row), reading: goldReading(row) };
      },
      route: (story: Story, previous) => {
        const substantial = story.changes.filter((change) => change !== 'outlet' && change !== 'wording');
        const first = story.members[0];
        const key = first ? rowOf(first).story : null;
        if (!previous) told.push({ step, story: key ?? '', kind: 'alert', reasons: [] });
        else if (substantial.length > 0) told.push({ step, story: key ?? '', kind: 'update', reasons: substantial });
        return [];
      },
      sourceOf: (id) => source(id),
      facts: emptyLedger,
      countries: shippedCountries,
      clock,
      random: createRandom(() => clock.now(), seeded(3)),
      log: silentLog,
      options: { holdBackMs: 0, maxAgeHours: 72 },
    });

    const sources = [...new Set(steps.map(({ url }) => url))];
    await store.sources.sync(sources.map((url) => source(url)));
    const polled = new Set<string>();
    for (const one of steps) {
      if (one.status !== 200) continue;
      step = one.step;
      clock.moveTo(Date.parse(one.at));
      const entries = one.itemIds.map((id) => {
        const row = rows.get(id);
        if (!row) throw new Error(`no row ${id}`);
        return {
          keys: [`u:${row.url}`],
          contentHash: row.title,
          item: {
            id: row.url,
            title: row.title,
            link: row.url,
            publishedAt: new Date(row.truePublished).toISOString(),
            updatedAt: null,
            author: null,
            summary: row.title,
            content: null,
          },
        };
      });
      await store.sources.recordPoll({
        state: sourceState(one.url, { lastSuccessAt: one.at }),
        entries,
        seenAt: one.at,
        silent: !polled.has(one.url),
      });
      polled.add(one.url);
      await ingest.drain();
    }

    expect(told.map(({ step, story, kind }) => ({ step, story, kind }))).toEqual(
      expected.events.map(({ step, story, kind }) => ({ step, story, kind })),
    );
    const words: Record<string, string> = { 'new stage': 'stage', 'new certainty': 'certainty' };
    for (const event of expected.events) {
      const said = told.find((one) => one.step === event.step)?.reasons ?? [];
      expect(said, `step ${event.step}`).toEqual(
        expect.arrayContaining((event.reasons ?? []).map((reason) => words[reason] ?? reason)),
      );
    }
    const stories = await store.stories.storiesSince('2000-01-01T00:00:00Z');
    for (const final of expected.final) {
      const story = stories.find(({ members }) => members.some((member) => rowOf(member).story === final.story));
      expect(story?.outlets.length, final.story).toBe(final.sources);
      expect(story?.originators.map(({ name }) => name).toSorted(), final.story).toEqual(final.originators.toSorted());
      expect(story?.certainty, final.story).toBe(final.certainty);
    }
    await store.close();
  });
});
