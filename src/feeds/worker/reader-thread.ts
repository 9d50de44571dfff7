import { parentPort } from 'node:worker_threads';
import { SourceError } from '../../core/errors.ts';
import { readerOf } from '../kinds/index.ts';
import type { ReadAnswer, ReadJob } from './messages.ts';

// The entry of a worker thread: one job at a time, each answered once.

async function answer(job: ReadJob): Promise<ReadAnswer> {
  const source = job.selector === null ? {} : { selector: job.selector };
  try {
    const feed = await readerOf(job.format).read(job.bytes, job.contentType, source, job.url);
    return { feed };
  } catch (error) {
    if (error instanceof SourceError) {
      return { fault: { kind: error.kind, code: error.code, message: error.message, hint: error.hint } };
    }
    const message = `${job.url} answered with something that the reader failed on: ${String(error)}`;
    const hint = 'This is a fault of the program: please report it with the address';
    return { fault: { kind: 'malformed', code: 'reader-failed', message, hint } };
  }
}

parentPort?.on('message', (job: ReadJob) => {
  void answer(job).then((message) => parentPort?.postMessage(message, []));
});
parentPort?.postMessage('ready', []);
