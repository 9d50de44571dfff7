import { Buffer } from 'node:buffer';
import { identifyEntries } from '../src/feeds/identity.ts';
import { parseFeed } from '../src/feeds/parse.ts';
import type { Bench, BenchRow } from './row.ts';

/* Each load at a hundredth, a tenth and the whole: 1 is a cost that grows with the load, 2 with its square. */

const whole = 10_000;
const parts = [0.01, 0.1, 1] as const;
const least = 5;

function feedOf(items: number): Buffer {
  const listed = Array.from(
    { length: items },
    (_, n) =>
      `<item><guid>${n}</guid><title>Item ${n} of a long list</title><link>https://desk.example/news/${n}</link><pubDate>Sun, 01 Mar 2026 00:00:00 GMT</pubDate><description>Words of item ${n}, which are not those of another. ${'And some more. '.repeat(10)}</description></item>`,
  );
  return Buffer.from(`<rss version="2.0"><channel><title>Desk</title>${listed.join('')}</channel></rss>`);
}

/** Milliseconds of the fastest of `least` runs. */
async function fastest(work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let n = 0; n < least; n++) {
    const began = performance.now();
    await work();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

function row(figure: string, times: readonly number[]): BenchRow {
  const exponent = Math.log10((times.at(-1) ?? 0) / (times[0] ?? 1)) / 2;
  return {
    figure: `${figure}: ${parts.map((part) => part * whole).join(', ')} items`,
    ours: times.map((ms) => `${ms.toFixed(1)} ms`).join(', '),
    baseline: 'linear: 1.00',
    ratio: `exponent ${exponent.toFixed(2)}`,
  };
}

export const bench: Bench = {
  name: 'growth',
  run: async () => {
    const source = { url: 'https://desk.example/feed', publisher: 'Desk' };
    const [parse, identify]: [number[], number[]] = [[], []];
    for (const part of parts) {
      const bytes = feedOf(part * whole);
      const read = () => parseFeed(bytes, 'application/rss+xml', source.url);
      const { items } = await read();
      parse.push(await fastest(read));
      identify.push(await fastest(() => identifyEntries(items, source)));
    }
    return [row('parse one feed', parse), row('tell its entries apart', identify)];
  },
};
