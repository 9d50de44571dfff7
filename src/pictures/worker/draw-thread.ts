import { parentPort } from 'node:worker_threads';
import { draw } from '../draw.ts';
import { pngOf } from '../raster.ts';
import type { DrawAnswer, DrawJob } from './messages.ts';

// The entry of a worker thread: one picture at a time, each answered once.

function answer({ id, spec, png }: DrawJob): DrawAnswer {
  try {
    const svg = draw(spec);
    return { id, svg, png: png ? pngOf(svg) : null };
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (job: DrawJob) => parentPort?.postMessage(answer(job)));
