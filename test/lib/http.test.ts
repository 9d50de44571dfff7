import { readFileSync } from 'node:fs';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SourceError } from '../../src/core/errors.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createHttp, type Http, type HttpOptions } from '../../src/lib/http.ts';
import * as faults from '../fakes/feed-server/faults.ts';
import { type FeedServer, startFeedServer } from '../fakes/feed-server/server.ts';

const limits = { totalMs: 600, connectMs: 300, headersMs: 300, stallMs: 300, maxBytes: 1024 * 1024, spacingMs: 0 };

let server: FeedServer;
let http: Http;
const made: Http[] = [];

function make(options: Partial<HttpOptions> = {}): Http {
  const one = createHttp({
    clock: systemClock,
    userAgent: 'test/1 (+mailto:test@site.org)',
    ...options,
    limits: { ...limits, ...options.limits },
  });
  made.push(one);
  return one;
}

beforeAll(async () => {
  server = await startFeedServer();
  http = make();
});

afterAll(async () => {
  await Promise.all(made.map((one) => one.close()));
  await server.close();
});

const get = (path: string) => http.get(`${server.origin}${path}`, { allowPrivate: true });

async function failure(work: Promise<unknown>): Promise<SourceError> {
  const error: unknown = await work.then(
    () => 'nothing thrown',
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SourceError)) throw new Error(`expected a SourceError, not ${String(error)}`);
  return error;
}

describe('an answer', () => {
  it.each([
    ['gzip', (text: string) => zlib.gzipSync(text)],
    ['br', (text: string) => zlib.brotliCompressSync(text)],
    ['deflate', (text: string) => zlib.deflateSync(text)],
    ['deflate', (text: string) => zlib.deflateRawSync(text)],
    ['gzip, br', (text: string) => zlib.brotliCompressSync(zlib.gzipSync(text))],
    ['identity', (text: string) => Buffer.from(text)],
  ])('encoded as %s is undone', async (encoding, pack) => {
    server.routes.set('/coded', faults.serve(pack('<rss>news</rss>'), { 'content-encoding': encoding }));
    expect((await get('/coded')).bytes.toString()).toBe('<rss>news</rss>');
  });

  it.skipIf(typeof Reflect.get(zlib, 'zstdCompressSync') !== 'function')(
    'encoded as zstd is undone (Node 22.15 and later can)',
    async () => {
      const pack = Reflect.get(zlib, 'zstdCompressSync') as (text: string) => Buffer;
      server.routes.set('/coded', faults.serve(pack('<rss>news</rss>'), { 'content-encoding': 'zstd' }));
      expect((await get('/coded')).bytes.toString()).toBe('<rss>news</rss>');
    },
  );

  it.each([
    ['without saying so', {}, 1],
    ['twice and says once', { 'content-encoding': 'gzip' }, 2],
  ])('that was compressed %s is undone', async (_, headers, times) => {
    let body: Buffer = Buffer.from('<rss>news</rss>');
    for (let i = 0; i < times; i++) body = zlib.gzipSync(body);
    server.routes.set('/unsaid', faults.serve(body, headers));
    expect((await get('/unsaid')).bytes.toString()).toBe('<rss>news</rss>');
  });

  it('that says gzip and is not is taken as it is', async () => {
    server.routes.set('/lying', faults.lyingGzip('<rss/>'));
    expect((await get('/lying')).bytes.toString()).toBe('<rss/>');
  });

  it('of any status comes back, its body cut to what a person would look at', async () => {
    server.routes.set('/teapot', faults.serve('x'.repeat(500_000), {}, 418));
    const answer = await get('/teapot');
    expect([answer.status, answer.bytes.length]).toEqual([418, 65_536]);
  });

  it('is asked for with a contact address and the headers of the source', async () => {
    server.routes.set('/plain', faults.serve('ok'));
    await http.get(`${server.origin}/plain`, { allowPrivate: true, headers: { 'X-Key': 'k', Accept: 'text/html' } });
    const asked = server.asked.get('/plain');
    expect(asked).toMatchObject({ 'user-agent': 'test/1 (+mailto:test@site.org)', 'x-key': 'k', accept: 'text/html' });
  });

  it.each([
    ['a gzip bomb', faults.gzipBomb],
    ['a brotli bomb', faults.brotliBomb],
    ['a bomb within a bomb', faults.nestedBomb],
    ['an endless one', faults.endlessBody],
  ])('is read to the limit and no further: %s', async (_, handler) => {
    server.routes.set('/big', handler);
    const answer = await get('/big');
    expect([answer.bytes.length, answer.truncated]).toEqual([limits.maxBytes, true]);
    server.routes.set('/small', faults.serve('ok'));
    expect(await get('/small')).toMatchObject({ truncated: false });
  });

  it.skipIf(!faults.zstdBomb)('is read to the limit and no further: a zstd bomb (Node 22.15 and later)', async () => {
    server.routes.set('/big', faults.zstdBomb ?? faults.noAnswer);
    expect(await get('/big')).toMatchObject({ truncated: true });
  });

  it('may be empty', async () => {
    server.routes.set('/empty', faults.serve(''));
    expect((await get('/empty')).bytes.length).toBe(0);
  });
});

describe('a fault is its own error, within the limits:', () => {
  const cases: [string, string, () => void][] = [
    ['no answer', 'headers-timeout', () => server.routes.set('/f', faults.noAnswer)],
    ['a stalled body', 'body-stalled', () => server.routes.set('/f', faults.stalledBody)],
    ['a slow drip', 'timeout', () => server.routes.set('/f', faults.slowDrip)],
    ['an early close', 'early-close', () => server.routes.set('/f', faults.earlyClose)],
    ['a cut before the answer', 'early-close', () => server.routes.set('/f', faults.cutAtOnce)],
    ['a wrong length', 'wrong-length', () => server.routes.set('/f', faults.wrongLength)],
    ['no HTTP', 'not-http', () => server.routes.set('/f', faults.notHttp)],
    ['huge headers', 'headers-too-large', () => server.routes.set('/f', faults.hugeHeaders)],
    ['broken gzip', 'encoding', () => server.routes.set('/f', faults.brokenGzip)],
    [
      'an encoding not asked for',
      'encoding',
      () => server.routes.set('/f', faults.serve('xx', { 'content-encoding': 'snappy' })),
    ],
    [
      'three layers of gzip',
      'encoding',
      () => server.routes.set('/f', faults.serve('xx', { 'content-encoding': 'gzip,gzip,gzip' })),
    ],
  ];
  it.each(cases)('%s is %s', async (_, code, prepare) => {
    prepare();
    const error = await failure(get('/f'));
    expect(error.code).toBe(code);
    expect(error.message).not.toBe('');
    expect(error.hint).not.toBe('');
  });

  it('a refused connection is connection-refused', async () => {
    const other = await startFeedServer();
    await other.close();
    expect((await failure(http.get(`${other.origin}/`, { allowPrivate: true }))).code).toBe('connection-refused');
  });

  it('an unknown name is dns', async () => {
    const lost = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    const lookup = make({ resolve: (_, callback) => callback(lost, []) });
    expect((await failure(lookup.get('http://127.feeds.example/'))).code).toBe('dns');
  });

  it('the total counts over all redirects', async () => {
    for (let n = 0; n < 5; n++) {
      server.routes.set(`/slow${n}`, (request, response) => {
        setTimeout(() => faults.redirect(302, `/slow${n + 1}`)(request, response, 1), 200);
      });
    }
    expect((await failure(get('/slow0'))).code).toBe('timeout');
  });

  it('the caller may stop it at any time', async () => {
    server.routes.set('/f', faults.noAnswer);
    const stop = new AbortController();
    const work = http.get(`${server.origin}/f`, { allowPrivate: true, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('shutting down')), 50);
    await expect(work).rejects.toThrow('shutting down');
  });
});

describe('TLS', () => {
  const pem = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
  it.each([
    ['self-signed', 'tls-untrusted', false],
    ['expired', 'tls-expired', true],
    ['wrong-host', 'tls-wrong-host', true],
  ])('%s is %s', async (name, code, trusted) => {
    const secure = await startFeedServer(pem(name));
    const client = make(trusted ? { ca: pem(name).toString() } : {});
    const error = await failure(client.get(`${secure.origin}/`, { allowPrivate: true }));
    await secure.close();
    expect(error.code).toBe(code);
  });

  it('works when the certificate is trusted', async () => {
    const secure = await startFeedServer(pem('self-signed'));
    secure.routes.set('/', faults.serve('ok'));
    const client = make({ ca: pem('self-signed').toString() });
    expect((await client.get(`${secure.origin}/`, { allowPrivate: true })).status).toBe(200);
    await secure.close();
  });

  it('plain HTTP on a TLS port is tls-handshake', async () => {
    expect((await failure(http.get(`https://127.0.0.1:${server.port}/`, { allowPrivate: true }))).code).toBe(
      'tls-handshake',
    );
  });
});

describe('redirects', () => {
  it('are followed, and the permanent ones at the start are told', async () => {
    server.routes.set('/r1', faults.redirect(301, '/r2'));
    server.routes.set('/r2', faults.redirect(308, '/r3'));
    server.routes.set('/r3', faults.redirect(302, '/end'));
    server.routes.set('/end', faults.serve('ok'));
    const answer = await get('/r1');
    expect(answer.url).toBe(`${server.origin}/end`);
    expect(answer.permanentlyMovedTo).toBe(`${server.origin}/r3`);
    expect((await get('/r3')).permanentlyMovedTo).toBeNull();
  });

  it('in a circle or without end are errors', async () => {
    server.routes.set('/a', faults.redirect(301, '/b'));
    server.routes.set('/b', faults.redirect(301, '/a'));
    expect((await failure(get('/a'))).code).toBe('redirect-loop');
    server.routes.set('*', (request, response) => faults.redirect(302, `${request.url}0`)(request, response, 1));
    expect((await failure(get('/more'))).code).toBe('too-many-redirects');
    server.routes.delete('*');
  });

  it('to another site do not carry secrets along', async () => {
    const other = await startFeedServer();
    other.routes.set('/', faults.serve('ok'));
    server.routes.set('/away', faults.redirect(302, `${other.origin}/`));
    const headers = { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Auth-Token': 't', 'Accept-Language': 'sr' };
    await http.get(`${server.origin}/away`, { allowPrivate: true, headers });
    expect(server.asked.get('/away')?.authorization).toBe('Bearer x');
    const asked = other.asked.get('/') ?? {};
    await other.close();
    expect(asked['accept-language']).toBe('sr');
    expect([asked.authorization, asked.cookie, asked['x-auth-token']]).toEqual([undefined, undefined, undefined]);
  });

  it('may not leave http, nor carry credentials', async () => {
    server.routes.set('/f', faults.redirect(302, 'file:///etc/passwd'));
    expect((await failure(get('/f'))).code).toBe('bad-address');
    server.routes.set('/f', faults.redirect(302, 'http://user:pass@127.0.0.1/'));
    expect((await failure(get('/f'))).code).toBe('bad-address');
  });
});

describe('an address that people add', () => {
  it.each([
    'http://127.0.0.1/',
    'http://0177.0.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://10.1.2.3/',
    'http://169.254.169.254/latest/meta-data/',
    'http://localhost/',
  ])('is not fetched from %s', async (url) => {
    expect((await failure(http.get(url))).code).toBe('not-public');
  });

  it('is not fetched when its name leads inside', async () => {
    const client = make({ resolve: (_, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]) });
    const before = server.hits.size;
    expect((await failure(client.get(`http://127.feeds.example:${server.port}/inside`))).code).toBe('not-public');
    expect(server.hits.size).toBe(before);
  });

  // 127.0.0.1 plays the public address here, since tests reach nothing else.
  const onlyFirst = (address: string): boolean => address === '127.0.0.1';

  it('is fetched when its name leads outside, and not when DNS then changes', async () => {
    let asked = 0;
    const client = make({
      isPublic: onlyFirst,
      resolve: (_, callback) => callback(null, [{ address: ++asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]),
    });
    server.routes.set('/out', (request, response) => {
      response.setHeader('connection', 'close');
      faults.serve('ok')(request, response, 1);
    });
    const url = `http://127.feeds.example:${server.port}/out`;
    expect((await client.get(url)).status).toBe(200);
    expect((await failure(client.get(url))).code).toBe('not-public');
  });

  it('is not followed inside by a redirect', async () => {
    const client = make({
      isPublic: onlyFirst,
      resolve: (_, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    server.routes.set('/trap', faults.redirect(302, `http://127.0.0.2:${server.port}/secret`));
    expect((await failure(client.get(`http://127.feeds.example:${server.port}/trap`))).code).toBe('not-public');
    expect(server.hits.get('/secret')).toBeUndefined();
  });

  it('is not reached by one inside address among outside ones', async () => {
    const client = make({
      isPublic: onlyFirst,
      resolve: (_, callback) =>
        callback(null, [
          { address: '127.0.0.2', family: 4 },
          { address: '127.0.0.1', family: 4 },
        ]),
    });
    server.routes.set('/mixed', faults.serve('ok'));
    expect((await client.get(`http://127.feeds.example:${server.port}/mixed`)).status).toBe(200);
  });
});

describe('a proxy', () => {
  it('carries requests for other hosts, and none for loopback or those excepted', async () => {
    const proxy = await startFeedServer();
    proxy.routes.set('*', faults.serve('by proxy'));
    const proxied = make({
      proxy: { http: proxy.origin, except: '.direct.example' },
      isPublic: () => true,
      resolve: (_, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    const direct = await proxied.get(`http://127.direct.example:${server.port}/plain`);
    expect(direct.bytes.toString()).toBe('ok');
    expect((await proxied.get('http://news.example/feed')).bytes.toString()).toBe('by proxy');
    expect((await proxied.get(`${server.origin}/plain`, { allowPrivate: true })).bytes.toString()).toBe('ok');
    await proxy.close();
  });

  it('is not used to reach inside', async () => {
    const proxied = make({
      proxy: { http: server.origin },
      resolve: (_, callback) => callback(null, [{ address: '10.0.0.7', family: 4 }]),
    });
    expect((await failure(proxied.get('http://news.example/feed'))).code).toBe('not-public');
  });
});

describe('politeness', () => {
  it('no more than the allowed number of requests are in one host at a time', async () => {
    let inside = 0;
    let most = 0;
    server.routes.set('/busy', (request, response) => {
      most = Math.max(most, ++inside);
      setTimeout(() => {
        inside--;
        faults.serve('ok')(request, response, 1);
      }, 20);
    });
    const polite = make({ limits: { perHost: 2 } });
    await Promise.all(Array.from({ length: 10 }, () => polite.get(`${server.origin}/busy`, { allowPrivate: true })));
    expect(most).toBe(2);
  });
});
