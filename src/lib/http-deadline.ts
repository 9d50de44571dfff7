import { SourceError } from '../core/errors.ts';
import { later } from './http-errors.ts';

export type StepCode = 'headers-timeout' | 'body-stalled';

const messages: Readonly<Record<StepCode | 'timeout', string>> = {
  'headers-timeout': 'no answer',
  'body-stalled': 'the answer began and then stalled',
  timeout: 'the answer was not whole in time',
};

/** The limits of one request: one for all of it, one for the step it is at. */
export interface Deadline {
  signal: AbortSignal;
  /** Ends the request with `timeout` after `ms`. */
  total(ms: number): void;
  /** Ends the request with `code` after `ms`, unless the next step begins before. */
  step(code: StepCode, ms: number): void;
  clear(): void;
}

/** undici's own limits are coarse (a second and more) and know no total; these are exact. */
export function createDeadline(url: string, outer?: AbortSignal): Deadline {
  const controller = new AbortController();
  let whole: NodeJS.Timeout | undefined;
  let stage: NodeJS.Timeout | undefined;
  const stop = (): void => controller.abort(outer?.reason);
  const after = (code: StepCode | 'timeout', ms: number): NodeJS.Timeout =>
    setTimeout(
      () =>
        controller.abort(
          new SourceError('unreachable', code, `${url}: ${messages[code]} (${Math.round(ms) / 1000} s)`, later),
        ),
      Math.max(0, ms),
    );
  outer?.addEventListener('abort', stop, { once: true });
  if (outer?.aborted) stop();
  return {
    signal: controller.signal,
    total(ms) {
      whole = after('timeout', ms);
    },
    step(code, ms) {
      clearTimeout(stage);
      stage = after(code, ms);
    },
    clear() {
      clearTimeout(whole);
      clearTimeout(stage);
      outer?.removeEventListener('abort', stop);
    },
  };
}
