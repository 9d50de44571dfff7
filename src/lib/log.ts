import pino from 'pino';
import type { Log } from '../core/ports.ts';

/** Paths that never reach a log line, whatever is logged. */
const redact = [
  'token',
  '*.token',
  'secret',
  '*.secret',
  'authorization',
  '*.authorization',
  '*.headers.authorization',
  'userId',
  '*.userId',
];

/**
 * JSON lines on `destination`, or words when `pretty`. Levels are pino's, `silent` included.
 * Logs go to standard error, so that what a person reads on standard output stays clean.
 */
export function createLog(options: { level: string; pretty: boolean; destination: NodeJS.WritableStream }): Log {
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: null,
    redact: { paths: redact, censor: '[hidden]' },
  };
  if (!options.pretty) return pino({ ...settings, timestamp: pino.stdTimeFunctions.isoTime }, options.destination);
  return pino({
    ...settings,
    transport: {
      target: 'pino-pretty',
      options: { destination: 2, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' },
    },
  });
}

/** Says nothing. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLog,
};
