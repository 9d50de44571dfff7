import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMigrations } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import { ask } from '../fakes/sqlite-file.ts';

const fixtures = new URL('../fixtures/databases/', import.meta.url).pathname;
const migrations = new URL('../../migrations', import.meta.url).pathname;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bw-upgrade-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Tables and their columns in order of name: columns that came later stand last in an older file. */
function schemaOf(file: string): Record<string, unknown> {
  const tables = ask<{ name: string }>(file, `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`);
  const indexes = ask(file, `SELECT name, sql FROM sqlite_master WHERE type <> 'table' ORDER BY name`);
  const columns = tables.map(({ name: table }) => {
    const found = ask<{ name: string; type: string; notnull: number }>(file, `PRAGMA table_info(${table})`);
    return [table, found.map(({ name, type, notnull }) => `${name} ${type} ${notnull}`).toSorted()];
  });
  const keys = ask(file, 'PRAGMA foreign_key_check');
  return { ...Object.fromEntries(columns), indexes, keys };
}

describe('a database of an earlier version', () => {
  it.each(readdirSync(fixtures))('%s is brought up to date, with all that was in it', async (name) => {
    const old = join(folder, 'old.sqlite');
    writeFileSync(old, gunzipSync(readFileSync(join(fixtures, name))));
    const upgraded = await openStore({ url: `sqlite:${old}`, migrations, now: Date.now });
    expect(await upgraded.check()).toBeNull();
    const [story] = await upgraded.stories.latest({ country: 'RW' }, 9);
    expect(story).toMatchObject({ stage: 'agreed', countries: { receiving: ['RW'] } });
    expect(await upgraded.history.article(story?.members[0]?.articleId ?? '')).toMatchObject({ storyId: story?.id });
    expect(await upgraded.subscriptions.active()).toHaveLength(1);
    expect(await upgraded.sources.list()).toHaveLength(5);
    expect(await upgraded.notices.untold(9)).toEqual([]);
    // Before 0002 there was nothing to search with.
    expect(await upgraded.stories.search('rwanda', 9)).toHaveLength(name < '0002' ? 0 : 1);
    await upgraded.close();

    const fresh = join(folder, 'fresh.sqlite');
    await (await openStore({ url: `sqlite:${fresh}`, migrations, now: Date.now })).close();
    expect(schemaOf(old)).toEqual(schemaOf(fresh));
  });

  it('has one for each version that was before this one; 7 and 8 came together with 9', () => {
    const versions = readMigrations(migrations, 'sqlite').map(({ version }) => version);
    const stored = versions.slice(0, -1).filter((version) => version !== 7 && version !== 8);
    const names = stored.map((version) => `${String(version).padStart(4, '0')}.sqlite.gz`);
    expect(readdirSync(fixtures).toSorted()).toEqual(names);
  });
});
