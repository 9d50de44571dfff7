import { isAbsolute, resolve } from 'node:path';
import { ConfigError } from '../core/errors.ts';

/** Whether an address names a PostgreSQL-compatible server. */
export function isPostgresUrl(url: string): boolean {
  return /^postgres(ql)?:\/\//i.test(url);
}

/** The address of a database as people may see it: without password and options. */
export function labelOf(url: string): string {
  if (!isPostgresUrl(url)) return url;
  const parts = /^(\w+:\/\/)(?:([^@/?:]*)(?::.*)?@)?([^?]*)/.exec(url);
  return parts ? `${parts[1]}${parts[2] ? `${parts[2]}@` : ''}${parts[3]}` : 'the database';
}

/** The file that a database address names, `:memory:` included. Throws ConfigError for other databases. */
export function fileOf(url: string): string {
  const path = url.replace(/^sqlite:(\/\/(?=\/))?/, '').replace(/^file:(\/\/(?=\/))?/, '');
  if (path === ':memory:') return path;
  if (/^[a-z][a-z0-9+.-]+:/i.test(path) || path === '') {
    const shown = url.replace(/\/\/[^@/]*@/, '//…@');
    throw new ConfigError('DATABASE_URL', `${shown} is not a file`, 'Use sqlite:PATH or postgres://USER@HOST/NAME.');
  }
  return isAbsolute(path) ? path : resolve(path);
}
