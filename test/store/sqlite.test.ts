import { describe, expect, it } from 'vitest';
import { kyselyOver, openSqlite, prepare } from '../../src/store/sqlite.ts';

describe('statements', () => {
  it('are prepared once for their text and kept, so that none is ever collected', () => {
    const handle = openSqlite(':memory:');
    const first = prepare(handle, 'SELECT 1 AS one');
    expect(prepare(handle, 'SELECT 1 AS one')).toBe(first);
    expect(prepare(handle, 'SELECT 2 AS two')).not.toBe(first);
    const other = openSqlite(':memory:');
    expect(prepare(other, 'SELECT 1 AS one')).not.toBe(first);
    expect(first.get()).toEqual({ one: 1 });
    handle.close();
    other.close();
  });

  it('come over a handle that keeps commits, links and other writers’ turns', () => {
    const handle = openSqlite(':memory:');
    expect(prepare(handle, 'PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
    expect(prepare(handle, 'PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(prepare(handle, 'PRAGMA busy_timeout').get()).toEqual({ timeout: 5000 });
    handle.close();
  });
});

describe('a full disk', () => {
  it('in the middle of a transaction is told as what it is, and leaves the rest as it was', async () => {
    const handle = openSqlite(':memory:');
    handle.exec('CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)');
    handle.pragma('max_page_count = 4');
    const database = kyselyOver(handle, 'x.sqlite');
    const write = database.transaction().execute(async (within) => {
      await within
        .insertInto('meta')
        .values({ name: 'a', value: 'x'.repeat(100_000) })
        .execute();
    });
    await expect(write).rejects.toThrow(/x\.sqlite: the disk is full/);
    expect(await database.selectFrom('meta').selectAll().execute()).toEqual([]);
    await database.destroy();
  });
});
