import { Worker } from 'node:worker_threads';

/** Starts a reader thread, from the built program or, in development and tests, from source. */
export function startThread(memoryMb: number): Worker {
  const entry = import.meta.url.endsWith('.ts') ? './from-source.mjs' : './reader-thread.js';
  return new Worker(new URL(entry, import.meta.url), {
    // Options of the main thread are none of the reader's business; some (`--input-type`) would even stop it.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  });
}
