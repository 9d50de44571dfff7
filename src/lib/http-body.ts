import { PassThrough, type Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import { SourceError } from '../core/errors.ts';

/** Node 22.15 and later. */
const zstd: unknown = Reflect.get(zlib, 'createZstdDecompress');

/** What this Node can undo, as `Accept-Encoding` says it. */
export const acceptedEncodings = ['gzip', 'deflate', 'br', ...(typeof zstd === 'function' ? ['zstd'] : [])].join(', ');

function encodingError(message: string, cause?: unknown): SourceError {
  const hint = 'The server compresses its answer wrongly; if it stays, report it to the site';
  return new SourceError('malformed', 'encoding', message, hint, { cause });
}

function tooLarge(limit: number): SourceError {
  return new SourceError(
    'malformed',
    'too-large',
    `the answer is larger than ${limit} bytes after decompression`,
    'Find a smaller feed of the site: a section, or fewer items a page',
  );
}

/** Undoes one encoding. Servers that say gzip or deflate and send something else are believed by their first bytes. */
function decoderFor(encoding: string, head: Buffer): Transform | null {
  if (encoding === '' || encoding === 'identity' || encoding === 'none' || encoding === 'utf-8') return null;
  if (encoding === 'gzip' || encoding === 'x-gzip') {
    return head.readUInt16BE(0) === 0x1f8b ? zlib.createGunzip() : null;
  }
  if (encoding === 'deflate') {
    return (head.readUInt8(0) & 0x0f) === 8 && head.readUInt16BE(0) % 31 === 0
      ? zlib.createInflate()
      : zlib.createInflateRaw();
  }
  if (encoding === 'br') return zlib.createBrotliDecompress();
  if (encoding === 'zstd' && typeof zstd === 'function') return Reflect.apply(zstd, zlib, []) as Transform;
  throw encodingError(`the answer is encoded as ${encoding.slice(0, 40)}, which was not asked for`);
}

/** Gathers at most `limit` bytes; past it throws, or stops when `cut`. */
async function gather(source: AsyncIterable<Buffer>, limit: number, cut: boolean): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > limit && !cut) throw tooLarge(limit);
    chunks.push(chunk);
    if (size >= limit && cut) break;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}

/** The first chunk of at least two bytes, put back in front. */
async function peek(body: Readable, onChunk: () => void): Promise<{ head: Buffer; rest: AsyncIterable<Buffer> }> {
  const chunks = (body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done) break;
    onChunk();
    head = Buffer.concat([head, next.value]);
  }
  async function* rest(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
      onChunk();
      yield next.value;
    }
  }
  return { head, rest: rest() };
}

function isZlibError(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' && /^(Z_|ERR_(_ERROR|BROTLI|ZSTD|PADDING|UNKNOWN)|ZSTD_|ERR__)/.test(code);
}

/**
 * Reads a body to its end and undoes its encodings, counting bytes after decompression, so that a bomb costs no more
 * than `limit`; `onChunk` hears of every piece that arrives. Throws SourceError `too-large` (unless `cut`), `encoding`, or what the connection threw.
 */
export async function readBody(
  body: Readable,
  contentEncoding: string,
  limit: number,
  options: { cut: boolean; signal: AbortSignal; onChunk: () => void },
): Promise<Buffer> {
  const encodings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  if (encodings.length > 2) throw encodingError(`the answer is compressed ${encodings.length} times over`);
  const { head, rest } = await peek(body, options.onChunk);
  if (head.length < 2) return head;
  const last = encodings.pop() ?? '';
  const decoder = decoderFor(last, head);
  if (!decoder && encodings.length === 0) return await gather(rest, limit, options.cut);
  try {
    const first = decoder ?? new PassThrough();
    const result = await decode(rest, first, limit, options);
    const inner = encodings[0];
    const second = inner === undefined || result.length < 2 ? null : decoderFor(inner, result);
    return second ? await decode([result], second, limit, options) : result;
  } catch (error) {
    if (isZlibError(error)) throw encodingError('the compressed answer is broken', error);
    throw error;
  }
}

async function decode(
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
  decoder: Transform,
  limit: number,
  options: { cut: boolean; signal: AbortSignal },
): Promise<Buffer> {
  let result: Buffer = Buffer.alloc(0);
  const collect = async (decoded: AsyncIterable<Buffer>): Promise<void> => {
    result = await gather(decoded, limit, options.cut);
  };
  await pipeline(source, decoder, collect, { signal: options.signal });
  return result;
}
