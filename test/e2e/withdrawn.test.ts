import { afterAll, beforeAll, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { consoleAsker } from '../../src/cli/app-session.ts';
import { openTestApp } from '../fakes/app.ts';
import { serve } from '../fakes/feed-server/faults.ts';
import { type FeedServer, startFeedServer } from '../fakes/feed-server/server.ts';
import { source } from '../fakes/samples.ts';

let server: FeedServer;
let app: App;

beforeAll(async () => {
  server = await startFeedServer();
  const feed = source('a', { url: `${server.origin}/feed`, allowPrivate: true });
  app = await openTestApp({ memory: true, sources: [feed] });
});
afterAll(async () => {
  await app.close();
  await server.close();
});

const places = ['Ghana', 'Rwanda', 'Eswatini', 'Uganda'];

function document(shown: readonly string[]): string {
  const items = shown.map((place) => {
    const date = new Date(Date.now() - (places.indexOf(place) + 1) * 3_600_000).toUTCString();
    const text = `${place} has agreed to accept migrants whom the United States deports, its foreign ministry said.`;
    return `<item><guid>${place}</guid><title>${place} agrees to accept third-country deportees from the United States</title><link>https://a.example/${place.toLowerCase()}-agrees-to-accept</link><pubDate>${date}</pubDate><description>${text}</description></item>`;
  });
  return `<rss version="2.0"><channel><title>A</title><link>https://a.example/</link>${items.join('')}</channel></rss>`;
}

async function round(shown: readonly string[]): Promise<void> {
  server.routes.set('/feed', serve(document(shown)));
  await (await app.feeds()).poller.pollAll();
  await (await app.ingest()).drain();
}

async function storyOf(place: string): Promise<string> {
  const [story] = await app.store.stories.search(place, 1);
  const reply = await app.dispatcher.line(`/story ${story?.id ?? ''}`, consoleAsker);
  return JSON.stringify(reply.message.blocks);
}

it('an article that is gone from between others keeps its story, which says so; so does one that comes back', async () => {
  await round(places);
  expect(await storyOf('Rwanda')).not.toContain('no longer in its feed');
  await round(places.filter((place) => place !== 'Rwanda'));
  expect(await storyOf('Rwanda')).toContain('no longer in its feed');
  expect(await storyOf('Ghana')).not.toContain('no longer in its feed');
  await round(places);
  expect(await storyOf('Rwanda')).not.toContain('no longer in its feed');
});
