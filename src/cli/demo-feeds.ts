import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DemoScript } from '../config/demo.ts';
import type { SourceConfig } from '../core/source-ports.ts';

type DemoItem = DemoScript['steps'][number]['items'][number] & { publishedAt: string };

/** Loopback feeds that change as the replay goes on. */
export interface DemoFeeds {
  sources: readonly SourceConfig[];
  /** Puts items into their feeds; one with a known id replaces the older one and keeps its date. */
  publish(items: DemoScript['steps'][number]['items'], at: string): void;
  close(): Promise<void>;
}

/** Serves each feed as RSS 2.0 on 127.0.0.1, newest item first. */
export async function serveDemoFeeds(script: DemoScript): Promise<DemoFeeds> {
  const items = new Map<string, DemoItem[]>(script.feeds.map((feed) => [feed.id, []]));
  const server = createServer((request, response) => {
    const id = (request.url ?? '').replace(/^\/|\.xml$/g, '');
    const feed = script.feeds.find((each) => each.id === id);
    if (!feed) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('Content-Type', 'application/rss+xml; charset=utf-8');
    response.end(rss(feed, items.get(id) ?? []));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    sources: script.feeds.map((feed) => sourceOf(feed, base)),
    publish: (added, at) => {
      for (const item of added) {
        const older = items.get(item.feed)?.find((each) => each.id === item.id);
        const others = (items.get(item.feed) ?? []).filter((each) => each.id !== item.id);
        items.set(item.feed, [{ ...item, publishedAt: older?.publishedAt ?? at }, ...others]);
      }
    },
    close: () => closeServer(server),
  };
}

function sourceOf(feed: DemoScript['feeds'][number], base: string): SourceConfig {
  return {
    id: feed.id,
    name: feed.publisher,
    url: `${base}/${feed.id}.xml`,
    format: 'feed',
    kind: 'news',
    publisher: feed.publisher,
    language: feed.language,
    every: 1,
    enabled: true,
    note: 'Sample feed of the replay.',
    allowPrivate: true,
  };
}

function rss(feed: DemoScript['feeds'][number], items: readonly DemoItem[]): string {
  const entries = items.map(
    (item) => `<item><guid isPermaLink="false">${item.id}</guid><link>https://${feed.id}.example.com/${item.id}</link>
<title>${escapeXml(item.title)}</title><pubDate>${new Date(item.publishedAt).toUTCString()}</pubDate>
<description>${escapeXml(paragraphs(item.text))}</description></item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>${escapeXml(feed.publisher)}</title><link>https://${feed.id}.example.com/</link>
<language>${feed.language}</language>${entries.join('\n')}</channel></rss>`;
}

function paragraphs(text: string): string {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${escapeXml(paragraph.trim())}</p>`)
    .join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
