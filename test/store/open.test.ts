import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SqliteError } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, StoreError } from '../../src/core/errors.ts';
import { fileOf, labelOf } from '../../src/store/address.ts';
import { openStore } from '../../src/store/open.ts';
import { kyselyOver, openSqlite } from '../../src/store/sqlite.ts';
import { asOpenError, asStoreError } from '../../src/store/sqlite-errors.ts';
import { draft, noon } from '../fakes/samples.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;
const now = () => Date.parse(noon);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'borderwire-open-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (url: string) => openStore({ url, migrations, now });

/** Another process that raises fifty notices; answers how many were new. */
async function raiseInChild(file: string): Promise<number> {
  const child = new URL('raise-notices.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', child, file, migrations]);
  return Number(stdout);
}

describe('the address of a database', () => {
  it('is a path, with or without sqlite: before it', () => {
    expect(fileOf(':memory:')).toBe(':memory:');
    expect(fileOf('sqlite::memory:')).toBe(':memory:');
    expect(fileOf('sqlite:/data/b.db')).toBe('/data/b.db');
    expect(fileOf('sqlite:///data/b.db')).toBe('/data/b.db');
    expect(fileOf('file:/data/b.db')).toBe('/data/b.db');
    expect(fileOf('b.db')).toBe(join(process.cwd(), 'b.db'));
  });

  it('of another kind is refused without telling its password', () => {
    expect(() => fileOf('mysql://user:secret@host/db')).toThrow(ConfigError);
    expect(() => fileOf('mysql://user:secret@host/db')).toThrow(/^(?!.*secret).*sqlite:PATH/);
  });

  it('is shown without its password and options', () => {
    expect(labelOf('postgres://user:se:cr/et@host:5433/db?sslmode=require&password=x')).toBe(
      'postgres://user@host:5433/db',
    );
    expect(labelOf('postgres://u:p@ss@:x/z')).not.toContain('ss');
    expect(labelOf('postgresql://host/db')).toBe('postgresql://host/db');
    expect(labelOf('postgres:///db?host=/run')).toBe('postgres:///db');
    expect(labelOf('sqlite:b.db')).toBe('sqlite:b.db');
  });
});

describe('opening a database', () => {
  it('makes the folder and the file, and finds everything again', async () => {
    const url = `sqlite:${join(folder, 'a', 'b', 'c.db')}`;
    const first = await open(url);
    await first.outbox.enqueue([draft()]);
    await first.close();
    const second = await open(url);
    expect((await second.outbox.counts()).pending).toBe(1);
    await second.close();
  });

  it('keeps a commit on the disk before it answers, and writes ahead', () => {
    const handle = openSqlite(join(folder, 'b.db'));
    expect(handle.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(handle.pragma('synchronous', { simple: true })).toBe(2);
    expect(handle.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(handle.pragma('busy_timeout', { simple: true })).toBe(5_000);
    handle.close();
  });

  it('refuses a file that is no database, and leaves it as it was', async () => {
    const file = join(folder, 'notes.txt');
    const text = 'These are notes, not a database. '.repeat(50);
    await writeFile(file, text);
    const error = await open(file).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toContain(file);
    expect(String(error)).toContain('not a database');
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('names the folder that is a file', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(open(join(folder, 'file', 'b.db'))).rejects.toThrow(ConfigError);
  });

  it('names what this user may not write, and the remedy', () => {
    const denied = Object.assign(new Error('denied'), { code: 'EACCES' });
    expect(String(asOpenError(denied, '/data/b.db'))).toMatch(
      /\/data\/b\.db: this user may not write here.*BORDERWIRE_DATA/,
    );
    const readOnly = new SqliteError('attempt to write a readonly database', 'SQLITE_READONLY');
    expect(String(asOpenError(readOnly, '/data/b.db'))).toMatch(/b\.db: the database cannot be written.*Make the file/);
    const bug = new TypeError('x');
    expect(asOpenError(bug, '/data/b.db')).toBe(bug);
  });

  it.skipIf(process.getuid?.() === 0)(
    'cannot open what this user may not write (not as root, whom nothing stops)',
    async () => {
      const file = join(folder, 'b.db');
      await (await open(file)).close();
      await chmod(file, 0o400);
      await expect(open(file)).rejects.toThrow(/may not write here/);
    },
  );
});

describe('a database in trouble', () => {
  it('tells a full disk apart, keeps what was committed, and goes on when there is space', async () => {
    const handle = openSqlite(join(folder, 'b.db'));
    handle.exec('create table meta (name text primary key, value text)');
    const db = kyselyOver(handle, 'b.db');
    await db.insertInto('meta').values({ name: 'before', value: 'kept' }).execute();
    handle.pragma(`max_page_count = ${Number(handle.pragma('page_count', { simple: true })) + 2}`);
    const big = db.insertInto('meta').values({ name: 'big', value: 'x'.repeat(100_000) });
    const error = await big.execute().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ kind: 'full', message: expect.stringContaining('b.db: the disk is full') });
    handle.pragma('max_page_count = 100000');
    await big.execute();
    expect(await db.selectFrom('meta').select('name').execute()).toHaveLength(2);
    await db.destroy();
  });

  it('leaves errors that are nobody’s disk alone', () => {
    const handle = openSqlite(':memory:');
    const wrong = (() => {
      try {
        return handle.prepare('select nothing from nowhere');
      } catch (error) {
        return error;
      }
    })();
    expect(asStoreError(wrong, 'b.db')).toBe(wrong);
    handle.close();
  });

  it('waits for another process’s write instead of failing', async () => {
    const file = join(folder, 'b.db');
    await (await open(file)).close();
    const raised = await Promise.all([raiseInChild(file), raiseInChild(file)]);
    expect(raised[0] + raised[1]).toBe(50);
  });
});
