import { createThreadPool, type ThreadPoolOptions, threadEntry } from '../../lib/thread-pool.ts';
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

export type StudioOptions = Partial<Pick<ThreadPoolOptions<never>, 'timeoutMs' | 'idleMs'>>;

/** The thread starts with the first picture: a bot that nobody asks for one does not pay for it. */
export function createStudio(options: StudioOptions = {}): Studio {
  const pool = createThreadPool<DrawJob, DrawAnswer>({
    entry: threadEntry('draw-thread', import.meta.url),
    size: 1,
    timeoutMs: 20_000,
    memoryMb: 256,
    idleMs: 120_000,
    ...options,
    error: (_trouble, _job, detail) => new Error(`The picture was not drawn: ${detail}.`),
  });
  return {
    draw: async (spec, form) => {
      const answer = await pool.run({ spec, png: form === 'png' });
      if ('fault' in answer) throw new Error(answer.fault);
      return answer;
    },
    close: () => pool.close(),
  };
}
