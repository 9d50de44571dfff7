import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { runRound } from '../../src/app-run.ts';
import { consoleAsker } from '../../src/cli/app-session.ts';
import { serveDemoFeeds } from '../../src/cli/demo-feeds.ts';
import type { Config } from '../../src/config/load.ts';
import { createSteppedClock } from '../../src/lib/stepped-clock.ts';
import { openTestApp, testConfig } from '../fakes/app.ts';
import { createFakeChat } from '../fakes/chat.ts';

const folder = '../shared/seeds';
const present = existsSync(folder);
if (!present) console.log('skipped: ../shared/seeds is not here, so the five articles are not polled');

const start = Date.parse('2025-06-05T12:00:00Z');
const minute = 60_000;
const { signal } = new AbortController();
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

function seedItems() {
  return readdirSync(folder)
    .toSorted()
    .map((name, index) => {
      const text = readFileSync(`${folder}/${name}`, 'utf8');
      return {
        feed: `outlet-${index}`,
        id: name,
        title: text.split('\n').find((line) => /Balkan|Serbia|deport/i.test(line)) ?? name,
        text,
      };
    });
}

describe.skipIf(!present)('five outlets that retell one report', () => {
  it('are one alert that grows by edits, with one originator, and nothing more after a restart', async () => {
    const items = seedItems();
    const clock = createSteppedClock(start);
    const at = () => new Date(clock.now()).toISOString();
    const feeds = await serveDemoFeeds({
      start: at(),
      feeds: items.map((item, index) => ({ id: item.feed, publisher: `Outlet ${index}`, language: 'en' })),
      steps: [],
      asks: [],
    });
    open.push(feeds);
    const config: Config = testConfig();
    const chat = createFakeChat({ platform: 'console', now: () => clock.now() });
    const launch = async (): Promise<App> => {
      const app = await openTestApp({ config, clock, sources: feeds.sources, holdBackMs: 0 });
      await (await app.ingest()).restore();
      return app;
    };
    let app = await launch();
    await app.dispatcher.line('/subscribe', consoleAsker);
    const round = async () => {
      await runRound(app, { adapters: [chat], signal });
      clock.moveTo(clock.now() + 3 * minute);
      await runRound(app, { adapters: [chat], signal });
      clock.moveTo(clock.now() + 3 * minute);
    };

    await round();
    expect(chat.shown).toEqual([]);
    for (const item of items) {
      feeds.publish([item], at());
      await round();
    }
    const [story, ...others] = await app.store.stories.latest({}, 10);
    expect(others).toEqual([]);
    expect(story).toMatchObject({ certainty: 'reported', stage: 'approached', originators: [{ name: 'Bloomberg' }] });
    expect(story?.outlets).toHaveLength(5);
    expect(chat.shown.filter((one) => one.action === 'post')).toHaveLength(1);
    const told = chat.shown.length;

    await app.close();
    app = await launch();
    open.push(app);
    for (let i = 0; i < 3; i++) await round();
    expect(chat.shown).toHaveLength(told);
  });
});
