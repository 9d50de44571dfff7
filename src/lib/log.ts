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
  // What a platform's library hangs on its errors: the message as sent, and to whom.
  '*.requestBody',
  '*.original',
  '*.config',
];

/** What looks like a secret, wherever in a line: an error's words and addresses are written by others. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/\bx(?:ox[a-z]|app)-[\w-]{4,}/g, '[hidden]'],
  [/\b[\w-]{23,30}\.[\w-]{6,7}\.[\w-]{27,}/g, '[hidden]'],
  [/(\/(?:webhooks|interactions)\/\d+\/)[\w.-]{20,}/g, '$1[hidden]'],
  [/(\bhooks\.slack\.com\/)[\w/]+/g, '$1[hidden]'],
  [/(\w:\/\/[^\s:@/"]*:)[^\s@"]+@/g, '$1[hidden]@'],
  [/([?&][\w-]*(?:token|secret|key|signature|password)=)[^&\s"\\]+/gi, '$1[hidden]'],
  [/\b(Bearer|Bot) [\w.~+/=-]{16,}/g, '$1 [hidden]'],
];

function withoutSecrets(line: string): string {
  return secrets.reduce((text, [secret, instead]) => text.replace(secret, instead), line);
}

/**
 * JSON lines on `destination`, or words when `pretty`. Levels are pino's, `silent` included.
 * Logs go to standard error, so that what a person reads on standard output stays clean.
 */
export function createLog(options: { level: string; pretty: boolean; destination: NodeJS.WritableStream }): Log {
  const settings: pino.LoggerOptions = {
    level: options.level,
    base: null,
    redact: { paths: redact, censor: '[hidden]' },
    hooks: { streamWrite: withoutSecrets },
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
