import { Worker } from 'node:worker_threads';
import type { PictureSpec } from '../spec.ts';
import type { DrawAnswer, DrawJob } from './messages.ts';

export interface Drawing {
  svg: string;
  /** Null where only SVG was asked for. */
  png: Uint8Array | null;
}

/** Draws in a thread of its own, one picture after the other. */
export interface Studio {
  /** Rejects when the picture cannot be drawn, or not within the time; the thread is then replaced. */
  draw(spec: PictureSpec, form: 'svg' | 'png'): Promise<Drawing>;
  close(): Promise<void>;
}

export interface StudioOptions {
  /** Milliseconds for one picture, the thread's start included. */
  timeoutMs?: number;
  /** After so long without work the thread ends, and gives its memory back. */
  idleMs?: number;
}

interface Task {
  job: DrawJob;
  resolve: (drawing: Drawing) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

interface State {
  worker: Worker | null;
  tasks: Map<number, Task>;
  idle: NodeJS.Timeout | undefined;
  idleMs: number;
}

/** The thread starts with the first picture: a bot that nobody asks for one does not pay for it. */
export function createStudio({ timeoutMs = 20_000, idleMs = 120_000 }: StudioOptions = {}): Studio {
  const state: State = { worker: null, tasks: new Map(), idle: undefined, idleMs };
  let lastId = 0;
  return {
    draw: (spec, form) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        const job: DrawJob = { id: lastId, spec, png: form === 'png' };
        const tooSlow = (): void => stop(state, new Error(`The picture was not drawn within ${timeoutMs} ms.`));
        state.tasks.set(job.id, { job, resolve, reject, timer: setTimeout(tooSlow, timeoutMs) });
        clearTimeout(state.idle);
        state.worker ??= start(state);
        // While it has work, and only then, the thread keeps the process alive.
        state.worker.ref();
        state.worker.postMessage(job);
      }),
    close: async () => {
      const { worker } = state;
      stop(state, new Error('The program is stopping.'));
      await worker?.terminate();
    },
  };
}

function start(state: State): Worker {
  const entry = import.meta.url.endsWith('.ts') ? './from-source.mjs' : './draw-thread.js';
  const worker = new Worker(new URL(entry, import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  const failed = (error: Error): void => {
    if (state.worker === worker) stop(state, error);
  };
  worker.on('message', (answer: DrawAnswer) => settle(state, answer));
  worker.on('error', failed);
  worker.on('exit', () => failed(new Error('The thread that draws has stopped.')));
  return worker;
}

function settle(state: State, answer: DrawAnswer): void {
  const task = state.tasks.get(answer.id);
  if (!task) return;
  state.tasks.delete(answer.id);
  clearTimeout(task.timer);
  if ('fault' in answer) task.reject(new Error(answer.fault));
  else task.resolve({ svg: answer.svg, png: answer.png });
  if (state.tasks.size > 0) return;
  state.worker?.unref();
  state.idle = setTimeout(() => stop(state, new Error('idle')), state.idleMs);
  state.idle.unref();
}

/** Ends the thread; what it still had to draw fails. The next picture starts another. */
function stop(state: State, error: Error): void {
  const { worker } = state;
  state.worker = null;
  clearTimeout(state.idle);
  void worker?.terminate();
  for (const task of state.tasks.values()) {
    clearTimeout(task.timer);
    task.reject(error);
  }
  state.tasks.clear();
}
