import { Buffer } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Parser from 'rss-parser';
import { parseFeed } from '../src/feeds/parse.ts';
import type { Bench, BenchRow } from './row.ts';

const shared = new URL('../../shared/feeds-conformance/', import.meta.url);
const rounds = 5;

interface Document {
  bytes: Uint8Array;
  url: string;
}

interface Speed {
  /** Seconds of the median round. */
  seconds: number;
  failed: number;
}

const words =
  'court order removal flight proclamation visa entry suspended officials said agreement country third nationals judge stay appeal'.split(
    ' ',
  );

/** A news feed of thirty items with bodies of a few kilobytes, the same at each call. */
function newsFeed(seed: number): Document {
  let state = seed;
  const word = (): string => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return words[state % words.length] ?? '';
  };
  const sentence = (length: number): string => `${Array.from({ length }, word).join(' ')}.`;
  const items = Array.from({ length: 30 }, (_, i) => {
    const link = (n: number): string => (n === 0 ? `/topic/${word()}` : `https://desk${seed}.example/topic/${word()}`);
    const body = Array.from(
      { length: 12 },
      (_, n) => `<p>${sentence(18)} <a href="${link(n)}">${word()}</a> &amp;c.</p>`,
    ).join('\n');
    const date = new Date(Date.UTC(2025, 5, 1 + (i % 28), seed % 24)).toUTCString();
    return `<item><title>${sentence(9)}</title><link>https://desk${seed}.example/${i}</link><guid isPermaLink="false">${seed}-${i}</guid><pubDate>${date}</pubDate><dc:creator>${word()} ${word()}</dc:creator><description><![CDATA[<p>${sentence(30)}</p>]]></description><content:encoded><![CDATA[${body}]]></content:encoded></item>`;
  });
  const text = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Desk ${seed}</title><link>https://desk${seed}.example/</link>${items.join('\n')}</channel></rss>`;
  return { bytes: Buffer.from(text), url: `https://desk${seed}.example/feed` };
}

/** Real feeds of 4 kB and more, when the conformance data is there. */
function realFeeds(): Document[] {
  if (!existsSync(new URL('cases.json', shared))) return [];
  const cases = JSON.parse(readFileSync(new URL('cases.json', shared), 'utf8')) as {
    set: string;
    file: string;
    url: string;
  }[];
  return cases
    .filter(({ set }) => set === 'real')
    .map(({ file, url }) => ({ bytes: readFileSync(fileURLToPath(new URL(`files/${file}`, shared))), url }))
    .filter(({ bytes }) => bytes.length >= 4000);
}

async function stock({ bytes }: Document): Promise<unknown> {
  return new Parser().parseString(Buffer.from(bytes).toString('utf8'));
}

async function round(documents: readonly Document[], read: (document: Document) => Promise<unknown>): Promise<Speed> {
  let failed = 0;
  const start = performance.now();
  for (const document of documents) {
    try {
      await read(document);
    } catch {
      failed += 1;
    }
  }
  return { seconds: (performance.now() - start) / 1000, failed };
}

function median(speeds: readonly Speed[]): Speed {
  const sorted = speeds.toSorted((a, b) => a.seconds - b.seconds);
  return sorted[Math.floor(sorted.length / 2)] ?? { seconds: Number.NaN, failed: 0 };
}

function told(documents: readonly Document[], { seconds, failed }: Speed): string {
  const megabytes = documents.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;
  const refused = failed === 0 ? '' : `, ${failed} refused`;
  return `${Math.round(documents.length / seconds)} feeds/s, ${(megabytes / seconds).toFixed(1)} MB/s${refused}`;
}

/** Ours and rss-parser alone in turns, so that both see the same machine. */
async function compare(figure: string, documents: readonly Document[]): Promise<BenchRow> {
  const ours: Speed[] = [];
  const theirs: Speed[] = [];
  for (let i = 0; i <= rounds; i += 1) {
    ours.push(await round(documents, ({ bytes, url }) => parseFeed(bytes, null, url)));
    theirs.push(await round(documents, stock));
  }
  // The first round of each only warms up.
  const [mine, baseline] = [median(ours.slice(1)), median(theirs.slice(1))];
  return {
    figure,
    ours: told(documents, mine),
    baseline: `rss-parser: ${told(documents, baseline)}`,
    ratio: `${(baseline.seconds / mine.seconds).toFixed(2)}x`,
  };
}

/** Reading feeds beside rss-parser alone, on feeds made here and, where they are present, on real ones. */
export const bench: Bench = {
  name: 'parse',
  async run() {
    const rows = [
      await compare(
        'parse 100 news feeds of 30 items',
        Array.from({ length: 100 }, (_, i) => newsFeed(i + 1)),
      ),
    ];
    const real = realFeeds();
    if (real.length > 0) rows.push(await compare(`parse ${real.length} real feeds`, real));
    return rows;
  },
};
