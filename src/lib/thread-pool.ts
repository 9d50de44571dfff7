import { Worker } from 'node:worker_threads';

/** Why a job failed in its thread. */
export type ThreadTrouble = 'too-slow' | 'too-big' | 'failed' | 'stopping';

export interface ThreadPoolOptions<Job> {
  /** The module that runs in the thread: it says `ready` once, then answers each job with one message. */
  entry: URL;
  /** Threads at most; each starts when it is first needed. */
  size: number;
  /** Milliseconds for one job, from when its thread begins with it. */
  timeoutMs: number;
  /** Megabytes of heap for one thread. */
  memoryMb: number;
  /** After so many milliseconds without work a thread ends, and gives its memory back. */
  idleMs: number;
  /** What a job that failed rejects with. */
  error(trouble: ThreadTrouble, job: Job, detail: string): Error;
}

/** Threads that do what must not stall or sink the program: one job at a time each, and a new thread for one that fails. */
export interface ThreadPool<Job, Answer> {
  /** `transfer`: buffers of the job that move to the thread. Rejects with `error`'s. */
  run(job: Job, transfer?: readonly ArrayBuffer[]): Promise<Answer>;
  /** Ends the threads; what is under way or waits fails. */
  close(): Promise<void>;
}

interface Task<Job, Answer> {
  job: Job;
  transfer: readonly ArrayBuffer[];
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

interface Thread<Job, Answer> {
  worker: Worker;
  ready: boolean;
  task: Task<Job, Answer> | null;
  timer: NodeJS.Timeout | undefined;
}

/** A thread that takes this long to start never will. */
const startMs = 60_000;

export function createThreadPool<Job, Answer>(options: ThreadPoolOptions<Job>): ThreadPool<Job, Answer> {
  const threads = new Set<Thread<Job, Answer>>();
  const queue: Task<Job, Answer>[] = [];
  let closed = false;

  /** Takes a thread out of service; its job, if any, fails. */
  async function retire(thread: Thread<Job, Answer>, trouble: ThreadTrouble, detail: string): Promise<void> {
    if (!threads.delete(thread)) return;
    clearTimeout(thread.timer);
    const { task } = thread;
    thread.task = null;
    task?.reject(options.error(trouble, task.job, detail));
    await thread.worker.terminate();
    advance();
  }

  function limit(thread: Thread<Job, Answer>, ms: number, trouble: ThreadTrouble, detail: string): void {
    clearTimeout(thread.timer);
    thread.timer = setTimeout(() => void retire(thread, trouble, detail), ms);
  }

  function begin(thread: Thread<Job, Answer>): void {
    const { task } = thread;
    if (task === null || !thread.ready) return;
    limit(thread, options.timeoutMs, 'too-slow', `not done within ${options.timeoutMs} ms`);
    thread.worker.postMessage(task.job, [...task.transfer]);
  }

  function settle(thread: Thread<Job, Answer>, answer: Answer): void {
    const { task } = thread;
    clearTimeout(thread.timer);
    thread.task = null;
    thread.worker.unref();
    task?.resolve(answer);
    advance();
    if (thread.task !== null) return;
    limit(thread, options.idleMs, 'stopping', 'idle');
    thread.timer?.unref();
  }

  function start(): Thread<Job, Answer> {
    const thread: Thread<Job, Answer> = { worker: startThread(options), ready: false, task: null, timer: undefined };
    threads.add(thread);
    thread.worker.on('message', (message: 'ready' | Answer) => {
      if (message !== 'ready') return settle(thread, message);
      thread.ready = true;
      begin(thread);
    });
    thread.worker.on('error', (error: Error & { code?: string }) => {
      const tooBig = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      void retire(thread, tooBig ? 'too-big' : 'failed', tooBig ? `over ${options.memoryMb} MB` : error.message);
    });
    thread.worker.on('exit', () => void retire(thread, 'failed', 'the thread stopped'));
    return thread;
  }

  function advance(): void {
    // Once closed there is no queue, and nothing can join it.
    while (queue.length > 0) {
      const idle = [...threads].find((thread) => thread.task === null);
      const thread = idle ?? (threads.size < options.size ? start() : null);
      if (thread === null) return;
      thread.task = queue.shift() ?? null;
      // While it has work, and only then, a thread keeps the process alive.
      thread.worker.ref();
      if (!thread.ready) limit(thread, startMs, 'failed', 'the thread did not start');
      begin(thread);
    }
  }

  return {
    run: (job, transfer = []) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(options.error('stopping', job, 'the program is stopping'));
        queue.push({ job, transfer, resolve, reject });
        advance();
      }),
    close: async () => {
      closed = true;
      for (const { job, reject } of queue.splice(0)) reject(options.error('stopping', job, 'the program is stopping'));
      await Promise.all([...threads].map((thread) => retire(thread, 'stopping', 'the program is stopping')));
    },
  };
}

/** From the built program or, in development and tests, from source. */
function startThread({ entry, memoryMb }: Pick<ThreadPoolOptions<never>, 'entry' | 'memoryMb'>): Worker {
  const fromSource = entry.pathname.endsWith('.ts');
  return new Worker(fromSource ? new URL('./thread-from-source.mjs', import.meta.url) : entry, {
    workerData: entry.href,
    // Options of the main thread are none of the thread's business; some (`--input-type`) would even stop it.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
}

/** The address of a thread's module beside the one whose `import.meta.url` this is, built or not. */
export function threadEntry(name: string, from: string): URL {
  return new URL(`./${name}${from.endsWith('.ts') ? '.ts' : '.js'}`, from);
}
