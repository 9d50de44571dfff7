import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PublishedItem {
  /** `alert`: a development of its own. `noise`: of no interest, stored all the same. */
  kind: 'alert' | 'noise';
  title: string;
  guid: string;
  text: string;
  at: string;
}

/** Feeds on loopback, a port each (so that none waits for another's spacing), which grow as they are told. */
export interface Publisher {
  urls: readonly string[];
  /** All that was ever published, oldest first. */
  published: readonly PublishedItem[];
  publish(feed: number, item: Omit<PublishedItem, 'guid' | 'at'>): void;
  /** Called when a feed is asked, before it answers. */
  onAsked: (feed: number) => void;
  close(): Promise<void>;
}

/** A feed shows its newest items only, as feeds do: far more than any run of cut-off polls could leave unread. */
const shown = 60;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function rss(feed: number, items: readonly PublishedItem[]): string {
  const body = items.map(
    ({ title, guid, text, at }) =>
      `<item><guid isPermaLink="false">${guid}</guid><link>https://outlet${feed}.example.com/${guid}</link><title>${escaped(title)}</title>` +
      `<pubDate>${new Date(at).toUTCString()}</pubDate><description>${escaped(text)}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet ${feed}</title><link>https://outlet${feed}.example.com/</link>${body.join('')}</channel></rss>`;
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`));
  });
}

/** Opens `count` feeds without items. */
export async function openPublisher(count: number): Promise<Publisher> {
  const feeds = Array.from({ length: count }, (): PublishedItem[] => []);
  const published: PublishedItem[] = [];
  const servers = feeds.map((items, feed) =>
    createServer((_, response) => {
      publisher.onAsked(feed);
      response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rss(feed, items));
    }),
  );
  const publisher: Publisher = {
    urls: await Promise.all(servers.map(listening)),
    published,
    publish(feed, item) {
      const whole = { ...item, guid: `g${published.length}`, at: new Date().toISOString() };
      published.push(whole);
      feeds[feed] = feeds[feed] ?? [];
      feeds[feed].unshift(whole);
      feeds[feed].splice(shown);
    },
    onAsked: () => {},
    close: async () => {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
  return publisher;
}

const places =
  `Albania Angola Argentina Armenia Benin Bhutan Bolivia Botswana Brunei Bulgaria Cambodia Cameroon Chile Colombia
Croatia Cyprus Djibouti Ecuador Egypt Eritrea Eswatini Ethiopia Fiji Finland Gabon Gambia Ghana Greece Guatemala Guyana
Haiti Honduras Hungary Iceland Indonesia Iraq Jamaica Jordan Kazakhstan Kenya Kuwait Kyrgyzstan Laos Latvia Lebanon Lesotho
Liberia Libya Lithuania Madagascar Malawi Malaysia Maldives Mali Malta Mauritania Mauritius Moldova Mongolia Montenegro
Morocco Mozambique Namibia Nauru Nepal Nicaragua Norway Oman Pakistan Palau Panama Paraguay Peru Philippines Poland Qatar
Romania Rwanda Samoa Senegal Serbia Seychelles Slovakia Slovenia Somalia Sweden Syria Tajikistan Tanzania Thailand Togo
Tonga Tunisia Turkmenistan Tuvalu Uganda Ukraine Uruguay Uzbekistan Vanuatu Vietnam Yemen Zambia Zimbabwe`.split(/\s+/);

/** The n-th development, each of another country or kind: none belongs to another's story. */
export function development(n: number): Omit<PublishedItem, 'guid' | 'at'> {
  const place = places[n % places.length] ?? '';
  if (n < places.length) {
    const text = `${place} has agreed to accept migrants whom the United States deports to third countries, its foreign ministry said. Each person would be approved before a transfer.`;
    return { kind: 'alert', title: `${place} agrees to accept third-country deportees from the United States`, text };
  }
  const text = `The president signed a proclamation that suspends the entry of nationals of ${place} into the United States as immigrants and nonimmigrants, the White House said.`;
  return { kind: 'alert', title: `Trump signs proclamation banning entry of nationals of ${place}`, text };
}

/** How many developments there are. */
export const developments = places.length * 2;

export function noise(n: number): Omit<PublishedItem, 'guid' | 'at'> {
  const text = 'The council opened it on Monday, with a reading room for children and longer hours in the evening.';
  return { kind: 'noise', title: `Library branch number ${n} opens its doors`, text };
}
