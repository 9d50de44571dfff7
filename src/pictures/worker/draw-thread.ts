import { parentPort } from 'node:worker_threads';
import { draw } from '../draw.ts';
import { pngOf } from '../raster.ts';
import type { DrawAnswer, DrawJob } from './messages.ts';

// The entry of a worker thread: one picture at a time, each answered once.

function answer({ spec, png }: DrawJob): DrawAnswer {
  try {
    const svg = draw(spec);
    return { svg, png: png ? pngOf(svg) : null };
  } catch (error) {
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (job: DrawJob) => parentPort?.postMessage(answer(job)));
parentPort?.postMessage('ready');
