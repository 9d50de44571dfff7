import { parentPort, threadId } from 'node:worker_threads';

// A thread that answers with its number, or does what the job says.
parentPort?.on('message', (job: string) => {
  if (job === 'throw') throw new Error('thrown in the thread');
  if (job === 'exit') process.exit(3);
  if (job !== 'hang') parentPort?.postMessage(threadId);
});
parentPort?.postMessage('ready');
