import type { Readable, Writable } from 'node:stream';

/** The terminal, or what stands for it in a test. */
export interface CliIo {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean };
  env: NodeJS.ProcessEnv;
  /** Aborted by the first SIGINT or SIGTERM. */
  signal: AbortSignal;
}

/** 0 done, 1 failed, 2 usage, 78 configuration. */
export type ExitCode = 0 | 1 | 2 | 78;

const widest = 110;

/** Columns to write in. A terminal that was not told its size says 0. */
export function widthOf({ columns }: CliIo['stdout']): number {
  return Math.min(widest, columns || 100);
}

export function writeLine(stream: Writable, text: string): void {
  stream.write(`${text}\n`);
}

export function writeJson(stream: Writable, data: unknown): void {
  stream.write(`${JSON.stringify(data, null, 2)}\n`);
}
