import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { UserError } from '../core/errors.ts';
import { type CopiedTable, tablesOf } from './copy-tables.ts';
import { searchable } from './search.ts';
import { type Db, isPostgres, type Tx, write } from './transaction.ts';

/** What was compared at the end: equal on both sides. */
export interface CopiedCount {
  table: string;
  rows: number;
  /** SHA-256 of all rows in the order of their keys. */
  digest: string;
}

export interface CopyProgress {
  table: string;
  done: number;
  total: number;
}

type Value = string | number | null;
type Row = Record<string, Value>;

const pageSize = 500;
/** SQLite takes 32,766 values in a statement, PostgreSQL 65,535. */
const mostValues = 30_000;
/** Names in `meta` by which a copy knows its target again. Not copied themselves. */
const markPrefix = 'copy.';

/**
 * Makes `to` hold what `from` holds, and checks that it does. One of the two is SQLite. Can be run again: what is equal
 * already is left alone. Throws UserError when the target holds something else, or when the two differ at the end.
 */
export async function copyDatabase(
  from: Db,
  to: Db,
  options: { id: string; progress: (progress: CopyProgress) => void },
): Promise<readonly CopiedCount[]> {
  const tables = await tablesOf(isPostgres(from) ? to : from);
  await claim(to, tables, options.id);
  for (const table of tables.toReversed()) await removeOthers(from, to, table);
  for (const table of tables) await copyTable(from, to, table, options.progress);
  const counts: CopiedCount[] = [];
  for (const table of tables) {
    const [source, target] = [await digestOf(from, table), await digestOf(to, table)];
    if (source.digest !== target.digest)
      throw new UserError(
        `${table.name} differs after the copy: ${source.rows} rows here, ${target.rows} there. Is a bot running on either? Stop it and copy again.`,
      );
    counts.push({ table: table.name, ...source });
  }
  return counts;
}

/** Rows that the configuration brings by itself, and what is noted beside them: their presence is no data of anyone. */
const brought: ReadonlySet<string> = new Set(['source', 'ledger_change', 'meta']);

/** Marks the target as a copy of this source. Throws UserError when it is anything else but empty or such a copy. */
async function claim(to: Db, tables: readonly CopiedTable[], id: string): Promise<void> {
  const marks = await to.selectFrom('meta').selectAll().where('name', 'like', `${markPrefix}%`).execute();
  const known = marks.find((mark) => mark.name === `${markPrefix}from`)?.value;
  const beat = await to.selectFrom('meta').select('value').where('name', '=', 'heartbeat').executeTakeFirst();
  const copied = marks.find((mark) => mark.name === `${markPrefix}beat`)?.value ?? '';
  if (known === id) {
    if ((beat?.value ?? '') <= copied) return;
    throw new UserError('A bot has run on the target since the last copy. Name another database, or empty that one.');
  }
  for (const table of tables) {
    if (known === undefined && brought.has(table.name)) continue;
    const { rows } = await sql`select 1 as one from ${sql.table(table.name)} limit 1`.execute(to);
    if (rows.length > 0) throw new UserError(`The target holds other data (in ${table.name}). Name an empty database.`);
  }
  await mark(to, 'from', id);
}

async function mark(to: Db, name: string, value: string): Promise<void> {
  const row = { name: `${markPrefix}${name}`, value };
  await to
    .insertInto('meta')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

function references(names: readonly string[]) {
  return sql.join(names.map((name) => sql.ref(name)));
}

/** The rows after a key, at most `limit`, in the order of their keys. */
async function page(db: Db | Tx, table: CopiedTable, after: Row | null, limit: number): Promise<Row[]> {
  const own = table.name === 'meta' ? sql`name not like ${`${markPrefix}%`}` : sql`1 = 1`;
  const behind = after === null ? sql`1 = 1` : sql`(${references(table.key)}) > (${keyOf(table, after)})`;
  const rows = await sql<Row>`select ${references(table.columns)} from ${sql.table(table.name)}
    where ${own} and ${behind} order by ${references(table.key)} limit ${limit}`.execute(db);
  return rows.rows.map((row) => alike(table, row));
}

function keyOf(table: CopiedTable, row: Row) {
  return sql.join(table.key.map((name) => row[name] ?? null));
}

/** A row as it is on both engines: words for search alone, and no zero characters, which PostgreSQL does not store. */
function alike(table: CopiedTable, row: Row): Row {
  const same: Row = {};
  for (const name of table.columns) {
    const value = row[name] ?? null;
    if (typeof value !== 'string') same[name] = value;
    else if (table.name === 'story_document' && name !== 'story_id') same[name] = searchable(value);
    else same[name] = value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
  }
  return same;
}

function text(rows: readonly Row[]): string {
  return JSON.stringify(rows.map((row) => Object.values(row)));
}

/** Those of `rows` that `db` holds under the same key, by that key. */
async function counterparts(db: Db | Tx, table: CopiedTable, rows: readonly Row[]): Promise<ReadonlyMap<string, Row>> {
  const keys = sql.join(rows.map((row) => sql`(${keyOf(table, row)})`));
  const found = await sql<Row>`select ${references(table.columns)} from ${sql.table(table.name)}
    where (${references(table.key)}) in (${isPostgres(db) ? keys : sql`values ${keys}`})`.execute(db);
  return new Map(found.rows.map((row) => [nameOf(table, row), alike(table, row)]));
}

function nameOf(table: CopiedTable, row: Row): string {
  return JSON.stringify(table.key.map((name) => row[name]));
}

/** Takes out of the target what the source does not hold (any more). */
async function removeOthers(from: Db, to: Db, table: CopiedTable): Promise<void> {
  for (let after: Row | null = null; ; ) {
    const rows: Row[] = await page(to, table, after, pageSize);
    if (rows.length === 0) return;
    const kept = await counterparts(from, table, rows);
    for (const row of rows.filter((one) => !kept.has(nameOf(table, one))))
      await sql`delete from ${sql.table(table.name)} where (${references(table.key)}) = (${keyOf(table, row)})`.execute(
        to,
      );
    after = rows.at(-1) ?? null;
  }
}

async function copyTable(
  from: Db,
  to: Db,
  table: CopiedTable,
  progress: (progress: CopyProgress) => void,
): Promise<void> {
  const counted = await sql<{ total: number }>`select count(*) as total from ${sql.table(table.name)}`.execute(from);
  const total = counted.rows[0]?.total ?? 0;
  const size = Math.max(1, Math.min(pageSize, Math.floor(mostValues / table.columns.length)));
  for (let after: Row | null = null, done = 0; ; ) {
    const rows: Row[] = await page(from, table, after, size);
    if (rows.length === 0) return;
    const there = await counterparts(to, table, rows);
    const missing = rows.filter((row) => text([row]) !== text([there.get(nameOf(table, row)) ?? {}]));
    if (missing.length > 0) await write(to, (tx) => put(tx, table, missing), 'locking');
    if (table.name === 'meta') await noteBeat(to, rows);
    done += rows.length;
    progress({ table: table.name, done, total });
    after = rows.at(-1) ?? null;
  }
}

/** The source's last sign of life: a later one in the target is a bot's that ran there. */
async function noteBeat(to: Db, rows: readonly Row[]): Promise<void> {
  const beat = rows.find((row) => row.name === 'heartbeat')?.value;
  if (typeof beat === 'string') await mark(to, 'beat', beat);
}

async function put(tx: Tx, table: CopiedTable, rows: readonly Row[]): Promise<void> {
  const values = sql.join(rows.map((row) => sql`(${sql.join(table.columns.map((name) => row[name] ?? null))})`));
  const others = table.columns.filter((name) => !table.key.includes(name));
  const renewed = sql.join(others.map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`));
  const action = others.length === 0 ? sql`nothing` : sql`update set ${renewed}`;
  await sql`insert into ${sql.table(table.name)} (${references(table.columns)}) values ${values}
    on conflict (${references(table.key)}) do ${action}`.execute(tx);
}

async function digestOf(db: Db, table: CopiedTable): Promise<{ rows: number; digest: string }> {
  const hash = createHash('sha256');
  let count = 0;
  for (let after: Row | null = null; ; ) {
    const rows: Row[] = await page(db, table, after, pageSize);
    if (rows.length === 0) return { rows: count, digest: hash.digest('hex') };
    for (const row of rows) hash.update(text([row]));
    count += rows.length;
    after = rows.at(-1) ?? null;
  }
}
