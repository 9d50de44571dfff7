import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchRow } from './row.ts';

/* The built program, as it is shipped but with no source to ask: how soon it is ready, and what it holds when idle. */

const starts = 5;
/** The first round loads what reads articles; ten idle seconds later the threads that read feeds have ended. */
const restMs = 15_000;

interface Start {
  readyMs: number;
  process: ChildProcess;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function start(args: readonly string[], folder: string, sign: string): Promise<Start> {
  const began = performance.now();
  const env = {
    PATH: process.env.PATH,
    BORDERWIRE_DATA: folder,
    LOG_LEVEL: 'silent',
    HTTP_PROXY: 'http://127.0.0.1:9',
  };
  const child = spawn(process.execPath, args, {
    env: { ...env, HTTPS_PROXY: 'http://127.0.0.1:9' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes(sign)) resolve({ readyMs: performance.now() - began, process: child });
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code ?? 'a signal'} before it was ready: ${text}`)));
  });
}

function residentMegabytes(pid: number | undefined): number {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return Number.NaN;
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1]) / 1024;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
}

async function run(): Promise<BenchRow[]> {
  if (!existsSync('dist/main.js'))
    return [{ figure: 'start: run npm run build first', ours: '-', baseline: '-', ratio: '-' }];
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
  try {
    const bare: number[] = [];
    const ready: number[] = [];
    let megabytes = Number.NaN;
    for (let n = 0; n < starts; n++) {
      const node = await start(['-e', 'console.log("ready"); setInterval(() => {}, 1000)'], folder, 'ready');
      bare.push(node.readyMs);
      await stop(node.process);
      const ours = await start(['dist/main.js', 'run'], folder, 'Borderwire is ready');
      ready.push(ours.readyMs);
      if (n === starts - 1) {
        await new Promise((resolve) => setTimeout(resolve, restMs));
        megabytes = residentMegabytes(ours.process.pid);
      }
      await stop(ours.process);
    }
    return [
      {
        figure: `start to ready (median of ${starts}, slowest ${Math.max(...ready).toFixed(0)} ms)`,
        ours: `${median(ready).toFixed(0)} ms`,
        baseline: `node alone: ${median(bare).toFixed(0)} ms`,
        ratio: 'reach 2000 ms',
      },
      {
        figure: `resident ${restMs / 1000} s after it was ready, first round done`,
        ours: `${megabytes.toFixed(0)} MB`,
        baseline: '-',
        ratio: 'reach 150 MB',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const bench: Bench = { name: 'start', run };
