import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { SourceConfig } from '../src/core/source-ports.ts';
import type { Http } from '../src/lib/http.ts';

/*
 * Newsrooms that publish at all hours for as many days as one likes, and one story in a while that many of them tell.
 * Everything is a function of the hour: no memory, so that what grows is the program's own.
 */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Items that a feed lists. */
const listed = 15;
const shift = 977;

const places =
  'Albania Angola Armenia Benin Bhutan Bolivia Botswana Cambodia Cameroon Chad Chile Ecuador Egypt Eswatini Ethiopia Fiji Gabon Ghana Guatemala Guyana Haiti Indonesia Jordan Kazakhstan Kenya Laos Lesotho Liberia Libya Malawi Mali Mauritania Moldova Mongolia Morocco Mozambique Namibia Nepal Oman Palau'.split(
    ' ',
  );
const matters = [
  (place: string) =>
    `${place} agrees to accept third-country deportees from the United States. ${place} has agreed to accept migrants whom the United States deports to third countries, its foreign ministry said on`,
  (place: string) =>
    `United States adds ${place} to its travel ban. Nationals of ${place} may no longer enter the United States under a proclamation that the president signed, the White House said on`,
  (place: string) =>
    `First flight of people deported from the United States lands in ${place}. A plane with migrants whom the United States deported to ${place} as a third country has landed, officials said on`,
];
const subjects =
  'harbour orchard bridge museum choir river market theatre school library tram garden stadium bakery lighthouse'.split(
    ' ',
  );
const verbs = 'opens closes wins loses buys paints repairs moves counts measures lends finds'.split(' ');
const objects = 'record prize roof season budget concert statue archive contract recipe timetable meadow'.split(' ');

function pick<T>(list: readonly T[], seed: number): T {
  return list[Math.abs(seed) % list.length] as T;
}

function mixed(...numbers: readonly number[]): number {
  return createHash('sha256').update(numbers.join(' ')).digest().readUInt32BE(0);
}

function sentences(seed: number): string {
  return Array.from({ length: 14 }, (_, n) => {
    const at = mixed(seed, n);
    return `The ${pick(subjects, at)} of ${pick(subjects, at >> 4)} ${at % 997} ${pick(verbs, at >> 8)} its ${pick(objects, at >> 12)} in the ${pick(subjects, at >> 16)}.`;
  }).join(' ');
}

interface Item {
  id: string;
  title: string;
  text: string;
  at: number;
}

/** A story breaks every `storyEveryMs`; a fifth of the newsrooms tell it within four hours. */
function tidings(source: number, at: number, storyEveryMs: number): Item | null {
  const story = Math.floor(at / storyEveryMs);
  if (at - story * storyEveryMs > 4 * hourMs || mixed(story, source) % 5 > 0) return null;
  const text = pick(matters, mixed(story))(pick(places, story * 7));
  const title = text.slice(0, text.indexOf('.'));
  const day = new Date(story * storyEveryMs).toUTCString().slice(0, 11);
  return { id: `s${story}`, title, text: `${text} ${day}. Newsroom ${source} could not reach anyone else.`, at };
}

/** The newest items of one newsroom: `perDay` a day, at minutes of its own. */
function itemsOf(source: number, now: number, { perDay, storyEveryMs }: WorldOptions): Item[] {
  const everyMs = dayMs / perDay;
  const offset = mixed(source) % everyMs;
  const newest = Math.floor((now - offset) / everyMs);
  return Array.from({ length: listed }, (_, n) => {
    const number = newest - n;
    const at = number * everyMs + offset;
    const seed = mixed(source, number, shift);
    const title = `${pick(subjects, seed)} ${seed % 997} ${pick(verbs, seed >> 3)} ${pick(objects, seed >> 6)}`;
    return tidings(source, at, storyEveryMs) ?? { id: `n${number}`, title, text: sentences(seed), at };
  });
}

export interface WorldOptions {
  sources: number;
  /** Articles of one source a day. */
  perDay: number;
  /** How often a story breaks that concerns the program, in milliseconds. */
  storyEveryMs: number;
}

function feed(source: number, items: readonly Item[]): string {
  const origin = `https://newsroom${source}.example`;
  const entries = items.map(
    ({ id, title, text, at }) =>
      `<item><guid isPermaLink="false">${source}-${id}</guid><title>${title}</title><link>${origin}/news/${id}</link><pubDate>${new Date(at).toUTCString()}</pubDate><description>${text}</description></item>`,
  );
  return `<rss version="2.0"><channel><title>Newsroom ${source}</title><link>${origin}/</link>${entries.join('')}</channel></rss>`;
}

export function worldSources({ sources }: WorldOptions): SourceConfig[] {
  return Array.from({ length: sources }, (_, n) => ({
    id: `newsroom-${n}`,
    url: `https://newsroom${n}.example/feed`,
    name: `Newsroom ${n}`,
    publisher: `Newsroom ${n}`,
    note: 'made up',
    language: 'en',
    format: 'feed' as const,
    kind: 'news' as const,
    enabled: true,
  }));
}

/** The network of that world: feeds with validators, one in fifty answers a server's error. */
export function worldHttp(now: () => number, options: WorldOptions): Http {
  let asked = 0;
  return {
    get: async (url, request) => {
      asked++;
      const source = Number(/newsroom(\d+)/.exec(url)?.[1]);
      const items = itemsOf(source, now(), options);
      const etag = `"${source}-${items[0]?.at ?? 0}"`;
      const rest = { url, permanentlyMovedTo: null, truncated: false };
      if (asked % 50 === 0) return { ...rest, status: 503, headers: {}, bytes: Buffer.alloc(0) };
      const headers = { etag, 'content-type': 'application/rss+xml' };
      const known = Object.entries(request?.headers ?? {}).some(([, value]) => value === etag);
      if (known) return { ...rest, status: 304, headers, bytes: Buffer.alloc(0) };
      return { ...rest, status: 200, headers, bytes: Buffer.from(feed(source, items)) };
    },
    close: () => Promise.resolve(),
  };
}
