import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/core/errors.ts';
import { migrateSqlite, readMigrations } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { noon } from '../fakes/samples.ts';
import { ask } from '../fakes/sqlite-file.ts';

const shipped = new URL('../../migrations', import.meta.url).pathname;
/** How many migrations the program ships; the tests add their own after them. */
const known = readMigrations(shipped, 'sqlite').length;
const fileAt = (version: number, name: string) => `${String(version).padStart(4, '0')}_${name}.sql`;
const [next, second] = [known + 1, known + 2];
const now = () => Date.parse(noon);
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'borderwire-migrate-'));
  file = join(folder, 'b.db');
  await cp(shipped, join(folder, 'migrations'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const own = () => join(folder, 'migrations');
const open = () => openStore({ url: file, migrations: own(), now });
const add = (name: string, sql: string) => writeFile(join(own(), name), sql);

function tables(): string[] {
  return ask<{ name: string }>(file, "select name from sqlite_master where type = 'table'").map(({ name }) => name);
}

describe('migrations', () => {
  it('are read in order, each for its dialect, both dialects with the same numbers', () => {
    const sqlite = readMigrations(shipped, 'sqlite');
    const postgres = readMigrations(shipped, 'postgres');
    expect(sqlite.map((one) => one.version)).toEqual(sqlite.map((_, at) => at + 1));
    expect(postgres.map((one) => one.version)).toEqual(sqlite.map((one) => one.version));
    expect(sqlite.map((one) => one.name)).toContain('0002_search.sqlite.sql');
    expect(postgres.map((one) => one.name)).toContain('0002_search.postgres.sql');
  });

  it('run once, and only the missing ones later', async () => {
    await (await open()).close();
    await add(fileAt(next, 'more'), 'CREATE TABLE more (id TEXT NOT NULL PRIMARY KEY);');
    const handle = openSqlite(file);
    expect(migrateSqlite(handle, file, readMigrations(own(), 'sqlite'), now)).toEqual([fileAt(next, 'more')]);
    expect(migrateSqlite(handle, file, readMigrations(own(), 'sqlite'), now)).toEqual([]);
    handle.close();
    expect(tables()).toContain('more');
  });

  it('leave the file as it was when one fails, those before it included', async () => {
    await (await open()).close();
    const before = tables();
    await add(fileAt(next, 'good'), 'CREATE TABLE good (id TEXT NOT NULL PRIMARY KEY);');
    await add(fileAt(second, 'bad'), 'CREATE TABLE half (id TEXT); CREATE TABLE no such syntax;');
    const error = await open().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toMatch(/\d{4}_bad\.sql failed: .*syntax error.*as it was before/);
    expect(tables()).toEqual(before);
    await rm(join(own(), fileAt(second, 'bad')));
    await (await open()).close();
    expect(tables()).toContain('good');
  });

  it('refuse a database that is newer than the program, without touching it', async () => {
    await add(fileAt(next, 'more'), 'CREATE TABLE more (id TEXT NOT NULL PRIMARY KEY);');
    await (await open()).close();
    await rm(join(own(), fileAt(next, 'more')));
    await expect(open()).rejects.toThrow(
      new RegExp(`newer version \\(schema ${next}, this program knows ${known}\\).*Update the program`),
    );
    expect(tables()).toContain('more');
  });

  it('refuse a database whose migrations were others', async () => {
    await (await open()).close();
    const first = join(own(), '0001_initial.sql');
    await writeFile(first, `${await readFile(first, 'utf8')}\n-- changed afterwards\n`);
    await expect(open()).rejects.toThrow(/0001_initial\.sql is not the one that this program ships/);
  });

  it('do not mind how line ends were checked out', async () => {
    await (await open()).close();
    const first = join(own(), '0001_initial.sql');
    await writeFile(first, (await readFile(first, 'utf8')).replaceAll('\n', '\r\n'));
    await (await open()).close();
    expect(tables()).toContain('outbox');
  });

  it('miss none and double none', async () => {
    await add(fileAt(second, 'gap'), 'CREATE TABLE gap (id TEXT);');
    expect(() => readMigrations(own(), 'sqlite')).toThrow(`migration ${next} is missing or double`);
    expect(() => readMigrations(join(folder, 'nowhere'), 'sqlite')).toThrow(ConfigError);
  });
});
