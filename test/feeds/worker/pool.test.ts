import { Buffer } from 'node:buffer';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createParserPool, type ParserPool, type ParserPoolOptions } from '../../../src/feeds/worker/pool.ts';

const shared = createParserPool();
const pools: ParserPool[] = [];
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});
afterAll(() => shared.close());

function newPool(options: ParserPoolOptions): ParserPool {
  const pool = createParserPool(options);
  pools.push(pool);
  return pool;
}

function rss(items: string): Uint8Array {
  return Buffer.from(`<rss version="2.0"><channel><title>Desk</title>${items}</channel></rss>`);
}

const one = '<item><title>One</title><guid>1</guid></item>';
const source = { format: 'feed' } as const;
const address = 'https://desk.example/feed';

describe('createParserPool', () => {
  it('reads feeds in a thread and leaves the bytes to their owner', async () => {
    const bytes = rss(one);
    const [first, second] = await Promise.all([
      shared.read(bytes, null, source, address),
      shared.read(bytes, null, source, address),
    ]);
    expect(first.items.map(({ title }) => title)).toEqual(['One']);
    expect(second).toEqual(first);
    expect(bytes.length).toBeGreaterThan(0);
  });

  it('reads only the bytes of a view into a larger buffer', async () => {
    const whole = Buffer.concat([rss('<item><title>Before</title></item>'), rss(one)]);
    const view = whole.subarray(rss('<item><title>Before</title></item>').length);
    const feed = await shared.read(view, null, source, address);
    expect(feed.items.map(({ title }) => title)).toEqual(['One']);
  });

  it('hands on the error of the reader', async () => {
    const reading = shared.read(Buffer.from('<html><body>Log in</body></html>'), 'text/html', source, address);
    await expect(reading).rejects.toMatchObject({ name: 'SourceError', kind: 'changed', code: 'not-a-feed' });
  });

  it('reads other kinds of source by their format', async () => {
    const html = Buffer.from('<main><ul class="news"><li><a href="/a">Entry A opens</a></li></ul></main>');
    const page = { format: 'page', selector: '.news a' } as const;
    const feed = await shared.read(html, 'text/html', page, 'https://desk.example/news/');
    expect(feed.items.map(({ link }) => link)).toEqual(['https://desk.example/a']);
  });

  it('ends a reader that takes too long, and reads the next feed with a new one', async () => {
    const pool = newPool({ timeoutMs: 3_000 });
    // A selector that tries every four of a page's five thousand elements in vain: years of work.
    const page = { format: 'page', selector: 'x ~ b ~ b ~ b ~ b ~ i a' } as const;
    const slow = pool.read(
      Buffer.from(`<main>${'<b></b>'.repeat(5_000)}<i><a href="/x">x</a></i></main>`),
      null,
      page,
      address,
    );
    const next = pool.read(rss(one), null, source, address);
    await expect(slow).rejects.toMatchObject({ kind: 'malformed', code: 'too-slow' });
    expect((await next).items).toHaveLength(1);
  });

  it('ends a reader that takes too much memory', async () => {
    const pool = newPool({ memoryMb: 32, timeoutMs: 20_000 });
    const big = Buffer.from(`{"items":[${'[[],[],[],{}],'.repeat(400_000)}{}]}`);
    await expect(pool.read(big, null, source, address)).rejects.toMatchObject({ kind: 'malformed', code: 'too-big' });
  });

  it('lets the process end while a reader is idle', async () => {
    const pool = new URL('../../../src/feeds/worker/pool.ts', import.meta.url).href;
    const script = `import { createParserPool } from '${pool}';
      const feed = await createParserPool().read(Buffer.from('<rss><channel><item><title>One</title></item></channel></rss>'), null, { format: 'feed' }, 'https://desk.example/');
      process.stdout.write(feed.items[0].title);`;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      timeout: 25_000,
    });
    expect(stdout).toBe('One');
  });

  it('fails what is still waiting when it is closed', async () => {
    const pool = newPool({ size: 2 });
    const [reading] = await Promise.allSettled([pool.read(rss(one), null, source, address), pool.close()]);
    expect(reading).toMatchObject({ status: 'rejected', reason: { name: 'SourceError', code: 'reader-failed' } });
  });
});
