import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { SourceError, UsageError } from '../core/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../lib/http.ts';

/** A recorded stretch of time: what each address answers from each step on. */
export const ReplayScript = z.object({
  start: z.iso.datetime(),
  end: z.iso.datetime(),
  pollIntervalSeconds: z.number().positive(),
  feeds: z.array(z.url()).min(1),
  steps: z.array(
    z.object({
      step: z.number().int(),
      /** Seconds after start. */
      t: z.number().min(0),
      url: z.url(),
      status: z.number().int(),
      headers: z.record(z.string(), z.string()).default({}),
      /** Path beside the script. */
      body: z.string().nullish(),
      error: z.string().nullish(),
    }),
  ),
});
export type ReplayScript = z.infer<typeof ReplayScript>;
type Step = ReplayScript['steps'][number];

/** Reads a script; throws UsageError naming what is wrong. */
export function readReplay(file: string): ReplayScript {
  try {
    return ReplayScript.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new UsageError(`${file} is no replay script: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** Answers requests from the script as the network would have at the clock's time; conditional requests included. */
export interface ReplayHttp extends Http {
  /** The step that an address now answers from. */
  stepOf(url: string): number;
}

const redirects = new Set([301, 302, 303, 307, 308]);

export function createReplayHttp(script: ReplayScript, file: string, now: () => number): ReplayHttp {
  const start = Date.parse(script.start);

  function current(url: string): Step | undefined {
    const seconds = (now() - start) / 1000;
    return script.steps.findLast((step) => step.url === url && step.t <= seconds);
  }

  function answer(url: string, given: HttpRequest, moved: string | null): HttpResponse {
    const step = current(url);
    if (!step) throw new SourceError('unreachable', 'not-found', `${url}: nothing answers there`, 'Check the address');
    if (step.status === 0)
      throw new SourceError('unreachable', 'timeout', `${url}: no answer in time`, 'Usually passes by itself');
    const headers = Object.fromEntries(
      Object.entries(step.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const target = headers.location;
    if (redirects.has(step.status) && target !== undefined) {
      const next = new URL(target, url).href;
      return answer(next, given, step.status === 301 || step.status === 308 ? next : moved);
    }
    const same = isUnchanged(headers, given);
    const bytes = same || !step.body ? Buffer.alloc(0) : readFileSync(join(dirname(file), step.body));
    return { status: same ? 304 : step.status, headers, url, permanentlyMovedTo: moved, bytes, truncated: false };
  }

  return {
    get: (url, given = {}) => Promise.resolve().then(() => answer(url, given, null)),
    close: () => Promise.resolve(),
    stepOf: (url) => current(url)?.step ?? 0,
  };
}

function isUnchanged(headers: Readonly<Record<string, string>>, given: HttpRequest): boolean {
  const asked = Object.fromEntries(
    Object.entries(given.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const etag = asked['if-none-match'];
  if (etag !== undefined) return headers.etag !== undefined && etag === headers.etag;
  const modified = asked['if-modified-since'];
  return modified !== undefined && modified === headers['last-modified'];
}
