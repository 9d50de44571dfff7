import type { Worker } from 'node:worker_threads';
import type { ParsedFeed } from '../../core/article.ts';
import { SourceError } from '../../core/errors.ts';
import type { SourceConfig } from '../../core/source-ports.ts';
import { maxBytes } from '../limits.ts';
import type { ReadAnswer, ReadJob } from './messages.ts';
import { startThread } from './thread.ts';

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

export interface ParserPoolOptions {
  /** Threads at most; each starts when it is first needed. */
  size?: number;
  /** Milliseconds for one answer, from when its thread begins with it. */
  timeoutMs?: number;
  /** Megabytes of heap for one thread. */
  memoryMb?: number;
  /** After so many milliseconds without work a thread ends, and gives its memory back. */
  idleMs?: number;
}

interface Task {
  job: ReadJob;
  resolve: (feed: ParsedFeed) => void;
  reject: (error: SourceError) => void;
}

interface Thread {
  worker: Worker;
  ready: boolean;
  task: Task | null;
  timer: NodeJS.Timeout | null;
}

interface State {
  size: number;
  timeoutMs: number;
  memoryMb: number;
  idleMs: number;
  threads: Set<Thread>;
  queue: Task[];
  closed: boolean;
}

/** A thread that takes this long to start never will. */
const startMs = 60_000;

function fault(code: string, url: string, what: string): SourceError {
  return new SourceError(
    'malformed',
    code,
    `${url} ${what}`,
    'Nothing else is delayed by it. Look at the address in a browser; if it lasts, pause the source.',
  );
}

/** Takes a thread out of service; its task, if any, fails with `error`. */
async function retire(state: State, thread: Thread, error: (url: string) => SourceError): Promise<void> {
  if (!state.threads.delete(thread)) return;
  clearTimeout(thread.timer ?? undefined);
  thread.task?.reject(error(thread.task.job.url));
  thread.task = null;
  await thread.worker.terminate();
  advance(state);
}

function limit(state: State, thread: Thread, ms: number, code: string, what: string): void {
  clearTimeout(thread.timer ?? undefined);
  thread.timer = setTimeout(() => void retire(state, thread, (url) => fault(code, url, what)), ms);
}

function settle(state: State, thread: Thread, answer: ReadAnswer): void {
  const { task } = thread;
  if (task === null || task.job.id !== answer.id) return;
  clearTimeout(thread.timer ?? undefined);
  thread.task = null;
  thread.worker.unref();
  if ('feed' in answer) task.resolve(answer.feed);
  else task.reject(new SourceError(answer.fault.kind, answer.fault.code, answer.fault.message, answer.fault.hint));
  advance(state);
  if (thread.task !== null) return;
  const unwanted = (url: string): SourceError => fault('reader-failed', url, 'was not read');
  thread.timer = setTimeout(() => void retire(state, thread, unwanted), state.idleMs).unref();
}

function begin(state: State, thread: Thread): void {
  const job = thread.task?.job;
  if (job === undefined || !thread.ready) return;
  limit(state, thread, state.timeoutMs, 'too-slow', `could not be read within ${state.timeoutMs} ms`);
  thread.worker.postMessage(job, [job.bytes.buffer as ArrayBuffer]);
}

function start(state: State): Thread {
  const thread: Thread = { worker: startThread(state.memoryMb), ready: false, task: null, timer: null };
  state.threads.add(thread);
  thread.worker.unref();
  thread.worker.on('message', (message: 'ready' | ReadAnswer) => {
    if (message !== 'ready') return settle(state, thread, message);
    thread.ready = true;
    begin(state, thread);
  });
  thread.worker.on('error', (error: Error & { code?: string }) => {
    const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    const code = outOfMemory ? 'too-big' : 'reader-failed';
    const what = outOfMemory
      ? `needs more than ${state.memoryMb} MB to be read`
      : `made its reader fail: ${error.message}`;
    void retire(state, thread, (url) => fault(code, url, what));
  });
  thread.worker.on(
    'exit',
    () => void retire(state, thread, (url) => fault('reader-failed', url, 'made its reader stop')),
  );
  return thread;
}

function advance(state: State): void {
  while (state.queue.length > 0 && !state.closed) {
    const idle = [...state.threads].find((thread) => thread.task === null);
    const thread = idle ?? (state.threads.size < state.size ? start(state) : null);
    if (thread === null) return;
    thread.task = state.queue.shift() ?? null;
    // While it has work, and only then, a thread keeps the process alive.
    thread.worker.ref();
    if (!thread.ready) limit(state, thread, startMs, 'reader-failed', 'was not read: the reader did not start');
    begin(state, thread);
  }
}

async function close(state: State): Promise<void> {
  state.closed = true;
  const stopped = (url: string): SourceError => fault('reader-failed', url, 'was not read: the program is stopping');
  for (const task of state.queue.splice(0)) task.reject(stopped(task.job.url));
  await Promise.all([...state.threads].map((thread) => retire(state, thread, stopped)));
}

/**
 * Threads that read foreign bytes, so that no feed can stall anything else or take the process's memory. A reader that
 * exceeds its time or memory is ended and replaced; its source gets a SourceError.
 */
export function createParserPool(options: ParserPoolOptions = {}): ParserPool {
  const { size = 1, timeoutMs = 10_000, memoryMb = 256, idleMs = 10_000 } = options;
  const state: State = { size, timeoutMs, memoryMb, idleMs, threads: new Set(), queue: [], closed: false };
  let lastId = 0;
  return {
    read(bytes, contentType, source, url) {
      if (state.closed) return Promise.reject(fault('reader-failed', url, 'was not read: the program is stopping'));
      lastId += 1;
      // One byte over the limit tells the reader that there was more.
      // A new array: a Buffer’s own slice would share its memory, which belongs to the caller and may not be transferable.
      const copy = new Uint8Array(bytes.subarray(0, maxBytes + 1));
      const job: ReadJob = {
        id: lastId,
        format: source.format,
        bytes: copy,
        contentType,
        selector: source.selector ?? null,
        url,
      };
      return new Promise((resolve, reject) => {
        state.queue.push({ job, resolve, reject });
        advance(state);
      });
    },
    close: () => close(state),
  };
}
