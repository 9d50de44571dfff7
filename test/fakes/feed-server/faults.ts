import zlib from 'node:zlib';
import type { Handler } from './server.ts';

const xml = { 'content-type': 'application/rss+xml; charset=utf-8' };

/** Sends a body as it is. */
export function serve(body: string | Buffer, headers: Record<string, string> = xml, status = 200): Handler {
  return (_, response) => {
    response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
  };
}

export function redirect(status: number, location: string): Handler {
  return (_, response) => {
    response.writeHead(status, { location }).end();
  };
}

/** Accepts, and never says a word. */
export const noAnswer: Handler = () => undefined;

/** Starts a body and stops. */
export const stalledBody: Handler = (_, response) => {
  response.writeHead(200, xml).write('<rss><channel>');
};

/** A byte now and then, for ever: never silent long enough to count as stalled. */
export const slowDrip: Handler = (_, response) => {
  response.writeHead(200, xml).write('<rss>');
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

/** Cuts the connection in the middle of a body. */
export const earlyClose: Handler = (request, response) => {
  response.writeHead(200, { ...xml, 'content-length': 1000 }).write('<rss><channel>', () => request.socket.destroy());
};

/** Cuts the connection before any answer. */
export const cutAtOnce: Handler = (request) => {
  request.socket.destroy();
};

/** Says more bytes than it sends, and ends in order. */
export const wrongLength: Handler = (request) => {
  request.socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n<rss></rss>');
};

export const notHttp: Handler = (request) => {
  request.socket.end('220 mail.example ESMTP ready\r\n');
};

export const hugeHeaders: Handler = (request) => {
  request.socket.end(`HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(100_000)}\r\n\r\n`);
};

const zeros = Buffer.alloc(1024 * 1024);

/** 16 MB of zeros, a few kB on the way. */
const content = Buffer.alloc(16 * zeros.length);

export const gzipBomb: Handler = serve(zlib.gzipSync(content, { level: 1 }), { ...xml, 'content-encoding': 'gzip' });
export const brotliBomb: Handler = serve(
  zlib.brotliCompressSync(content, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
  { ...xml, 'content-encoding': 'br' },
);

/** A few bytes on the way, twice over. */
export const nestedBomb: Handler = serve(zlib.gzipSync(zlib.gzipSync(content, { level: 1 })), {
  ...xml,
  'content-encoding': 'gzip, gzip',
});

const zstd: unknown = Reflect.get(zlib, 'zstdCompressSync');

/** Null where this Node has no zstd; then it is not asked for either. */
export const zstdBomb: Handler | null =
  typeof zstd === 'function'
    ? serve(Reflect.apply(zstd, zlib, [content]) as Buffer, { ...xml, 'content-encoding': 'zstd' })
    : null;

/** Endless and uncompressed. */
export const endlessBody: Handler = (_, response) => {
  response.writeHead(200, xml);
  const more = (): void => {
    while (!response.destroyed && response.write(zeros));
  };
  response.on('drain', more);
  more();
};

export const brokenGzip: Handler = serve(Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]), {
  ...xml,
  'content-encoding': 'gzip',
});

/** Says gzip, sends plain text. */
export function lyingGzip(body: string): Handler {
  return serve(body, { ...xml, 'content-encoding': 'gzip' });
}

export const challengePage: Handler = serve(
  '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>',
  { 'content-type': 'text/html' },
);

export const htmlPage: Handler = serve('<!DOCTYPE html><html><body><h1>Welcome to our new site</h1></body></html>', {
  'content-type': 'text/html',
});
