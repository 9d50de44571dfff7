import { sql } from 'kysely';
import type { Db } from './transaction.ts';

/** A table as it is copied: what it is found by, what it holds, and what must be there before it. */
export interface CopiedTable {
  name: string;
  key: readonly string[];
  columns: readonly string[];
  needs: readonly string[];
}

/** What is not copied: what migrations note, and who holds what at the moment. */
const leftOut: ReadonlySet<string> = new Set(['schema_migration', 'held']);
/** Found by something else than the number that each database gives by itself. */
const ownKeys: Readonly<Record<string, string>> = { story_document: 'story_id' };

interface ColumnRow {
  name: string;
  pk: number;
}

/** The tables of a SQLite database, each after those that it refers to. */
export async function tablesOf(db: Db): Promise<readonly CopiedTable[]> {
  const found = await sql<{ name: string }>`
    select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'story_search%'
    order by name`.execute(db);
  const tables: CopiedTable[] = [];
  for (const { name } of found.rows) if (!leftOut.has(name)) tables.push(await tableOf(db, name));
  return inOrder(tables);
}

async function tableOf(db: Db, name: string): Promise<CopiedTable> {
  const columns = (await sql<ColumnRow>`select name, pk from pragma_table_info(${name}) order by cid`.execute(db)).rows;
  const needs = await sql<{ table: string }>`select "table" from pragma_foreign_key_list(${name})`.execute(db);
  const own = ownKeys[name];
  const keys = columns.filter((column) => column.pk > 0).sort((a, b) => a.pk - b.pk);
  return {
    name,
    key: own === undefined ? keys.map((column) => column.name) : [own],
    columns: columns.map((column) => column.name).filter((column) => own === undefined || column !== 'id'),
    needs: needs.rows.map((row) => row.table).filter((other) => other !== name),
  };
}

function inOrder(tables: readonly CopiedTable[]): readonly CopiedTable[] {
  const done: CopiedTable[] = [];
  let rest = tables;
  while (rest.length > 0) {
    const free = rest.filter((one) => one.needs.every((need) => done.some((other) => other.name === need)));
    if (free.length === 0) throw new Error('tables refer to each other in a circle');
    done.push(...free);
    rest = rest.filter((one) => !free.includes(one));
  }
  return done;
}
