import type { ParsedFeed } from '../../core/article.ts';
import { SourceError } from '../../core/errors.ts';
import type { SourceConfig } from '../../core/source-ports.ts';
import { createThreadPool, type ThreadPoolOptions, type ThreadTrouble, threadEntry } from '../../lib/thread-pool.ts';
import { maxBytes } from '../limits.ts';
import type { ReadAnswer, ReadJob } from './messages.ts';

export interface ParserPool {
  /**
   * Reads a source's answer as its `format` says, in a thread of its own.
   * @param bytes after decompression; copied, so the caller may go on using them
   * @param url the address that answered
   * @throws SourceError as the reader tells, or `malformed` with code `too-slow`, `too-big` or `reader-failed`
   */
  read(
    bytes: Uint8Array,
    contentType: string | null,
    source: Pick<SourceConfig, 'format' | 'selector'>,
    url: string,
  ): Promise<ParsedFeed>;
  /** Ends the threads; what is still being read fails. */
  close(): Promise<void>;
}

export type ParserPoolOptions = Partial<Pick<ThreadPoolOptions<never>, 'size' | 'timeoutMs' | 'memoryMb' | 'idleMs'>>;

function fault(code: string, url: string, what: string): SourceError {
  return new SourceError(
    'malformed',
    code,
    `${url} ${what}`,
    'Nothing else is delayed by it. Look at the address in a browser; if it lasts, pause the source',
  );
}

const said: Readonly<Record<ThreadTrouble, { code: string; what: (detail: string) => string }>> = {
  'too-slow': { code: 'too-slow', what: (detail) => `could not be read: ${detail}` },
  'too-big': { code: 'too-big', what: (detail) => `could not be read: it takes ${detail}` },
  failed: { code: 'reader-failed', what: (detail) => `made its reader fail: ${detail}` },
  stopping: { code: 'reader-failed', what: () => 'was not read: the program is stopping' },
};

/**
 * Threads that read foreign bytes, so that no feed can stall anything else or take the process's memory. A reader that
 * exceeds its time or memory is ended and replaced; its source gets a SourceError.
 */
export function createParserPool(options: ParserPoolOptions = {}): ParserPool {
  const pool = createThreadPool<ReadJob, ReadAnswer>({
    entry: threadEntry('reader-thread', import.meta.url),
    size: 1,
    timeoutMs: 10_000,
    memoryMb: 256,
    idleMs: 10_000,
    ...options,
    error: (trouble, { url }, detail) => fault(said[trouble].code, url, said[trouble].what(detail)),
  });
  return {
    async read(bytes, contentType, { format, selector = null }, url) {
      // One byte over the limit tells the reader that there was more.
      // A new array: a Buffer’s own slice would share its memory, which belongs to the caller and may not be transferable.
      const copy = new Uint8Array(bytes.subarray(0, maxBytes + 1));
      const answer = await pool.run({ format, bytes: copy, contentType, selector, url }, [copy.buffer]);
      if ('feed' in answer) return answer.feed;
      const { kind, code, message, hint } = answer.fault;
      throw new SourceError(kind, code, message, hint);
    },
    close: () => pool.close(),
  };
}
