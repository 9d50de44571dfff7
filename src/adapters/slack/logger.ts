import { LogLevel } from '@slack/bolt';
import type { Log } from '../../core/ports.ts';

/** Bolt’s logger on ours, so that nothing goes to standard output; what it tells below a warning is left out. */
export function boltLogger(log: Log) {
  const words = (parts: readonly unknown[]): string =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts: unknown[]) => log.warn({ bolt: words(parts) }, 'Slack client warns'),
    error: (...parts: unknown[]) => log.error({ bolt: words(parts) }, 'Slack client failed'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
