import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { CliIo } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/program.ts';

/** Runs one command line in this process, on a data folder of its own unless one is given. */
export async function runLine(
  argv: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io: CliIo = {
    stdin: new PassThrough(),
    stdout,
    stderr,
    env: { BORDERWIRE_DATA: mkdtempSync(join(tmpdir(), 'bw-line-')), LOG_LEVEL: 'silent', ...env },
    signal: new AbortController().signal,
  };
  const code = await runCli(argv, io, 'test');
  const text = (stream: PassThrough): string => String((stream.read() as Buffer | null) ?? '');
  return { code, out: text(stdout), err: text(stderr) };
}
