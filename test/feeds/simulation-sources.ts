import { seeded } from '../../src/lib/random.ts';
import * as faults from '../fakes/feed-server/faults.ts';
import type { Handler } from '../fakes/feed-server/server.ts';

/** What a publisher has published; `mark` is how the test knows it, whatever else changes. */
export interface Published {
  mark: string;
  n: number;
  at: number;
}

/** How a publisher writes an item this time. */
export interface Writing {
  id: string | null;
  title: string;
  link: string;
  date: string | null;
}

export type Habit = (item: Published, round: number, chance: () => number) => Partial<Writing>;

const hour = 3_600_000;
const rfc = (ms: number): string => new Date(ms).toUTCString();

/** The ways publishers churn what identifies an entry. */
export const habits: Readonly<Record<string, Habit>> = {
  steady: () => ({}),
  'guid made anew at every poll': (item, round) => ({ id: `g-${round}-${item.n}` }),
  'no guid': () => ({ id: null }),
  'one guid for all': () => ({ id: 'always-the-same' }),
  'guid policy flips': (item, round) => ({ id: round % 20 < 10 ? `old-${item.n}` : `https://site.org/?p=${item.n}` }),
  'titles edited': (item, round) => ({
    title: `Edition ${Math.floor(round / 15)}: ministers speak of paper ${item.mark}`,
  }),
  'parameters change': (item, round) => ({
    link: `https://site.org/news/paper-number-${item.n}-goes-on?s=${round}&utm_source=x`,
  }),
  'dates change': (item, round) => ({ date: rfc(item.at + round * 60_000) }),
  undated: () => ({ date: null }),
  'dates without a time': (item) => ({ date: rfc(Math.floor(item.at / (24 * hour)) * 24 * hour) }),
  'dated in the future': (item) => ({ date: rfc(item.at + 300 * 24 * hour) }),
  'back-dated': (item) => ({ date: rfc(item.at - 40 * hour) }),
  'all of it at once': (item, round) => ({
    id: `g-${round}-${item.n}`,
    title: `Edition ${round}: ministers speak again`,
    link: `https://www.site.org/news/paper-number-${item.n}-goes-on?s=${round}`,
    date: rfc(item.at + round * 60_000),
  }),
};

/** The ways a server fails. */
export const troubles: Readonly<Record<string, Handler>> = {
  'no answer': faults.noAnswer,
  'stalled body': faults.stalledBody,
  'slow drip': faults.slowDrip,
  'early close': faults.earlyClose,
  'cut at once': faults.cutAtOnce,
  'wrong length': faults.wrongLength,
  'not HTTP': faults.notHttp,
  'huge headers': faults.hugeHeaders,
  'gzip bomb': faults.gzipBomb,
  'brotli bomb': faults.brotliBomb,
  'broken gzip': faults.brokenGzip,
  'challenge page': faults.challengePage,
  'web page': faults.htmlPage,
  'empty body': faults.serve(''),
  'no feed at all': faults.serve('lorem ipsum', { 'content-type': 'text/plain' }),
  'redirect loop': faults.redirect(302, '?again'),
  'unasked 304': (_, response) => response.writeHead(304).end(),
  'server error': faults.serve('', {}, 500),
  'not found': faults.serve('', {}, 404),
  forbidden: faults.serve('', {}, 403),
  'Retry-After in seconds': faults.serve('', { 'retry-after': '1500' }, 503),
  'Retry-After as a date': faults.serve(
    '',
    { date: 'Mon, 02 Jun 2025 12:00:00 GMT', 'retry-after': 'Mon, 02 Jun 2025 12:25:00 GMT' },
    // Of 429 a whole host is left alone, and here all are one host: see the poller's own tests.
    503,
  ),
  'a feed without items': faults.serve('<rss version="2.0"><channel><title>T</title></channel></rss>'),
  'an error page in XML': faults.serve('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'),
  ...(faults.zstdBomb ? { 'zstd bomb': faults.zstdBomb } : {}),
};

/** How a healthy server speaks, whatever it says: the document in full, and the round. */
export type Manner = (document: string, round: number, path: string) => Readonly<Record<string, Handler>>;

const conditional =
  (body: string, etag: string): Handler =>
  (request, response, hit) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else faults.serve(body, { 'content-type': 'application/rss+xml', etag })(request, response, hit);
  };

function firstItems(document: string, count: number): string {
  const items = document.split('<item>');
  return `${items.slice(0, count + 1).join('<item>')}${items.length > count + 1 ? '</channel></rss>' : ''}`;
}

export const manners: Readonly<Record<string, Manner>> = {
  'Cache-Control': (body, _, path) => ({ [path]: faults.serve(body, { 'cache-control': 'max-age=1200' }) }),
  Expires: (body, _, path) => ({
    [path]: faults.serve(body, {
      date: 'Mon, 02 Jun 2025 12:00:00 GMT',
      expires: 'Mon, 02 Jun 2025 12:20:00 GMT',
    }),
  }),
  'ttl, skipHours and skipDays': (body, _, path) => {
    const asks =
      '<ttl>30</ttl><skipHours><hour>3</hour><hour>4</hour></skipHours><skipDays><day>Sunday</day></skipDays>';
    return { [path]: faults.serve(body.replace('</title>', `</title>${asks}`)) };
  },
  'a validator that lies': (body, round, path) => ({ [path]: conditional(body, `"${Math.floor(round / 40)}"`) }),
  'the same body for hours': (body, round, path) =>
    round % 30 === 0 || round >= 200 ? { [path]: faults.serve(body) } : {},
  'fewer items now and then': (body, round, path) => ({
    [path]: faults.serve(round % 10 > 6 ? firstItems(body, 2) : body),
  }),
  'moves for good, and the old place dies': (body, round, path) => ({
    [`${path}/new`]: faults.serve(body),
    [path]:
      round < 20 ? faults.serve(body) : round < 190 ? faults.redirect(301, `${path}/new`) : faults.serve('', {}, 404),
  }),
  'gone for a while': (body, round, path) => ({
    [path]: round > 50 && round < 90 ? faults.serve('', {}, 410) : faults.serve(body),
  }),
};

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function rssItem(item: Published, writing: Partial<Writing>): string {
  const { id, title, link, date }: Writing = {
    id: `guid-${item.mark}`,
    title: `Ministers speak of paper ${item.mark} and what follows`,
    link: `https://site.org/news/paper-number-${item.n}-goes-on`,
    date: rfc(item.at),
    ...writing,
  };
  const words = `The ministry was given ${item.n} pages on ${item.mark}, and its answer to them was ${item.n * 3} pages long.`;
  return `<item>${id === null ? '' : `<guid isPermaLink="false">${xml(id)}</guid>`}<title>${xml(title)}</title><link>${xml(
    link,
  )}</link>${date === null ? '' : `<pubDate>${date}</pubDate>`}<description>#${item.mark}# ${words}</description></item>`;
}

/** One publisher: publishes now and then, writes as its habit has it, sometimes out of order. */
export interface Publisher {
  published: Published[];
  publish(at: number): void;
  document(round: number): string;
}

export function createPublisher(name: string, habit: Habit, seed: number): Publisher {
  const chance = seeded(seed);
  const published: Published[] = [];
  return {
    published,
    publish(at) {
      published.push({ mark: `${name}x${published.length + 1}`, n: published.length + 1, at });
    },
    document(round) {
      const items = published.toReversed().map((item) => rssItem(item, habit(item, round, chance)));
      if (chance() < 0.2) items.reverse();
      return `<?xml version="1.0"?><rss version="2.0"><channel><title>${name}</title><link>https://site.org/</link>${items.join('')}</channel></rss>`;
    },
  };
}
