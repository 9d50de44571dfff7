// In development and tests only: Node 20 hands no loader of TypeScript on to threads, so each registers its own.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData);
