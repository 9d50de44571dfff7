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

function isGzip(bytes: Buffer): boolean {
  return bytes.length >= 2 && bytes.readUInt16BE(0) === 0x1f8b;
}

/** Undoes one encoding. Servers that say gzip or deflate and send something else are believed by their first bytes. */
function decoderFor(encoding: string, head: Buffer): Transform | null {
  if (encoding === '' || encoding === 'identity' || encoding === 'none' || encoding === 'utf-8') return null;
  if (encoding === 'gzip' || encoding === 'x-gzip') return isGzip(head) ? zlib.createGunzip() : null;
  if (encoding === 'deflate') {
    return (head.readUInt8(0) & 0x0f) === 8 && head.readUInt16BE(0) % 31 === 0
      ? zlib.createInflate()
      : zlib.createInflateRaw();
  }
  if (encoding === 'br') return zlib.createBrotliDecompress();
  if (encoding === 'zstd' && typeof zstd === 'function') return Reflect.apply(zstd, zlib, []) as Transform;
  throw encodingError(`the answer is encoded as ${encoding.slice(0, 40)}, which was not asked for`);
}

/** What was read of a body, and whether there was more than the limit lets in. */
export interface Gathered {
  bytes: Buffer;
  truncated: boolean;
}

async function gather(source: AsyncIterable<Buffer>, limit: number): Promise<Gathered> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    chunks.push(chunk);
    if (size > limit) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, limit), truncated: size > limit };
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
 * Reads a body and undoes its encodings. No more than `limit` bytes after decompression: what is beyond is not read,
 * so that a bomb costs no more; `onChunk` hears of every piece that arrives. Throws SourceError `encoding`, or what the
 * connection threw.
 */
export async function readBody(
  body: Readable,
  contentEncoding: string,
  limit: number,
  options: { signal: AbortSignal; onChunk: () => void },
): Promise<Gathered> {
  const encodings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  if (encodings.length > 2) throw encodingError(`the answer is compressed ${encodings.length} times over`);
  const { head, rest } = await peek(body, options.onChunk);
  if (head.length < 2) return { bytes: head, truncated: false };
  // No document that is read here begins as gzip does: servers store feeds compressed, or compress them twice, unsaid.
  const last = encodings.pop() || (isGzip(head) ? 'gzip' : '');
  const decoder = decoderFor(last, head);
  if (!decoder && encodings.length === 0) return await gather(rest, limit);
  try {
    const first = decoder ?? new PassThrough();
    const result = await decode(rest, first, limit, options.signal);
    const inner = encodings[0] ?? (isGzip(result.bytes) ? 'gzip' : undefined);
    const second = inner === undefined || result.bytes.length < 2 ? null : decoderFor(inner, result.bytes);
    return second ? await decode([result.bytes], second, limit, options.signal) : result;
  } catch (error) {
    if (isZlibError(error)) throw encodingError('the compressed answer is broken', error);
    throw error;
  }
}

async function decode(
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
  decoder: Transform,
  limit: number,
  signal: AbortSignal,
): Promise<Gathered> {
  let result: Gathered = { bytes: Buffer.alloc(0), truncated: false };
  const collect = async (decoded: AsyncIterable<Buffer>): Promise<void> => {
    result = await gather(decoded, limit);
  };
  await pipeline(source, decoder, collect, { signal }).catch((error: unknown) => {
    // What is left unread when the limit is reached counts as cut off.
    if (!result.truncated) throw error;
  });
  return result;
}
