import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createThreadPool, type ThreadPool, type ThreadPoolOptions } from '../../src/lib/thread-pool.ts';

const pools: ThreadPool<string, number>[] = [];
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});

function newPool(more: Partial<ThreadPoolOptions<string>> = {}): ThreadPool<string, number> {
  const pool = createThreadPool<string, number>({
    entry: new URL('../fakes/echo-thread.ts', import.meta.url),
    size: 1,
    timeoutMs: 20_000,
    memoryMb: 64,
    idleMs: 20_000,
    error: (trouble, job, detail) => new Error(`${trouble} ${job}: ${detail}`),
    ...more,
  });
  pools.push(pool);
  return pool;
}

describe('a pool of threads', () => {
  it('does one job after the other in the thread that is there', async () => {
    const pool = newPool();
    const [first, second] = await Promise.all([pool.run('one'), pool.run('two')]);
    expect(second).toBe(first);
  });

  it('does jobs side by side, in as many threads as it may have', async () => {
    const pool = newPool({ size: 2 });
    const used = await Promise.all(['one', 'two', 'three', 'four'].map((job) => pool.run(job)));
    expect(new Set(used).size).toBe(2);
  });

  it('ends a thread that has nothing to do, and starts another when there is', async () => {
    const pool = newPool({ idleMs: 50 });
    const first = await pool.run('one');
    await sleep(300);
    expect(await pool.run('two')).not.toBe(first);
  });

  it.each([
    ['throw', 'failed throw: thrown in the thread'],
    ['exit', 'failed exit: the thread stopped'],
  ])('tells of a thread that fails (%s), and does the next job in a new one', async (job, told) => {
    const pool = newPool();
    const first = await pool.run('one');
    const [failed, next] = await Promise.allSettled([pool.run(job), pool.run('two')]);
    expect(failed).toMatchObject({ reason: { message: told } });
    expect(next).toMatchObject({ status: 'fulfilled' });
    expect(next).not.toMatchObject({ value: first });
  });

  it('gives up a job that takes too long, and does the next', async () => {
    const pool = newPool({ timeoutMs: 1_500 });
    const [slow, next] = await Promise.allSettled([pool.run('hang'), pool.run('one')]);
    expect(slow).toMatchObject({ reason: { message: 'too-slow hang: not done within 1500 ms' } });
    expect(next).toMatchObject({ status: 'fulfilled' });
  });

  it('lets what is under way and what waits fail when it is closed, and takes nothing more', async () => {
    const pool = newPool();
    const waiting = Promise.allSettled([pool.run('hang'), pool.run('one')]);
    await pool.close();
    for (const each of await waiting)
      expect(each).toMatchObject({ reason: { message: expect.stringMatching(/^stopping/) as string } });
    await expect(pool.run('late')).rejects.toThrow('stopping late');
  });
});
