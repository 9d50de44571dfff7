import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCluster } from '../postgres.ts';
import { openTcpProxy } from '../tcp-proxy.ts';

export interface TroubledServer {
  url: string;
  /** The same database behind a network that fails. */
  workerUrl: string;
  /** Fails once when a third of the time is left, and restarts when a sixth is; call it again and again. */
  trouble: (secondsLeft: number) => Promise<void>;
  /** What was done, in words. */
  done: string[];
  close(): Promise<void>;
}

/** A PostgreSQL server that keeps commits through a crash, is cut off for `cutSeconds` and then restarted as after a crash. */
export async function startTroubledServer(seconds: number, cutSeconds: number): Promise<TroubledServer> {
  const parent = mkdtempSync(join(tmpdir(), 'borderwire-troubled-'));
  const cluster = await startCluster(parent, process.pid, ['synchronous_commit=on']);
  const proxy = await openTcpProxy(cluster.port);
  const done: string[] = [];
  const plans = [
    {
      at: seconds / 3,
      work: async () => {
        proxy.silence();
        await sleep(cutSeconds * 500);
        proxy.cut();
        await sleep(cutSeconds * 500);
        proxy.mend();
        done.push(`network cut for ${cutSeconds} s`);
      },
    },
    {
      at: seconds / 6,
      work: async () => {
        await cluster.stop('immediate');
        await sleep(2_000);
        await cluster.start();
        done.push('database crashed and restarted');
      },
    },
  ];
  return {
    url: cluster.url('postgres'),
    workerUrl: `postgres://borderwire@127.0.0.1:${proxy.port}/postgres`,
    done,
    trouble: async (left) => {
      if (left <= (plans[0]?.at ?? Number.NEGATIVE_INFINITY)) await plans.shift()?.work();
    },
    close: async () => {
      await proxy.close();
      await cluster.stop('immediate');
    },
  };
}
