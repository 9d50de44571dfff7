import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../sqlite-file.ts';

/** Where one installation of the built program lives. */
export interface Installation {
  folder: string;
  database: string;
}

export interface Running {
  process: ChildProcess;
  /** Resolves with its last output read; null when it was killed. */
  ended: Promise<number | null>;
}

/** A config folder that watches `urls` every second, tells at once, and has no settings beyond that. */
export function install(folder: string, urls: readonly string[]): Installation {
  const config = join(folder, 'config');
  mkdirSync(config, { recursive: true });
  const sources = urls.map(
    (url, at) =>
      `  - { id: s${at}, name: Outlet ${at}, publisher: Outlet ${at}, url: '${url}', kind: news, language: en, every: 1, allowPrivate: true, note: loopback }\n`,
  );
  writeFileSync(join(config, 'sources.yaml'), `sources:\n${sources.join('')}`);
  writeFileSync(
    join(config, 'settings.yaml'),
    'poll: { cron: "* * * * * *" }\nstories: { holdBackSeconds: 0 }\ndelivery: { editPauseSeconds: 0, burstPerHour: 0 }\n',
  );
  return { folder, database: join(folder, 'data', 'borderwire.sqlite') };
}

export type ProgramCommand = 'run' | 'poll' | `run --roles ${string}`;

/** Starts `borderwire run` or `poll`; what it says goes to `onOutput` as it comes. */
export function startProgram(
  { folder }: Installation,
  command: ProgramCommand,
  onOutput: (text: string) => void,
  more: Readonly<Record<string, string>> = {},
): Running {
  const env = {
    PATH: process.env.PATH,
    BORDERWIRE_CONFIG: join(folder, 'config'),
    BORDERWIRE_DATA: join(folder, 'data'),
    LOG_LEVEL: 'warn',
    ...more,
  };
  const child = spawn(process.execPath, ['dist/main.js', ...command.split(' ')], {
    env,
    stdio: ['ignore', 'pipe', env.LOG_LEVEL === 'silent' ? 'ignore' : 'inherit'],
  });
  child.stdout.setEncoding('utf8').on('data', onOutput);
  // `close` comes after the last of its output, `exit` may come before.
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  return { process: child, ended };
}

/** Lets the next round ask every source: its own times, and the lease of one that died, would make a test wait for minutes. */
export function makeDue({ database }: Installation): void {
  ask(database, 'update source set next_poll_at = null, lease_owner = null, lease_until = null');
}

/** What is stored, read past the program's own code. */
export function stored({ database }: Installation): {
  entryTitles: string[];
  articlesOfEntries: string[];
  unread: number;
  outbox: { state: string; message: string }[];
} {
  const entries = ask<{ title: string }>(database, "select json_extract(item, '$.title') as title from entry");
  const articles = ask<{ id: string }>(database, 'select entry_id as id from article where entry_id is not null');
  return {
    entryTitles: entries.map(({ title }) => title),
    articlesOfEntries: articles.map(({ id }) => id),
    unread: ask(database, 'select id from entry where unread = 1').length,
    outbox: ask(database, 'select state, message from outbox'),
  };
}
