import Database from 'better-sqlite3';

/** On Node 24 better-sqlite3 12 may abort the process when one of these is collected (src/store/sqlite.ts): none is. */
const kept: unknown[] = [];

/** Rows of one statement on a file, past the program's own code; of a `select` without writing to it. */
export function ask<Row>(file: string, sql: string): Row[] {
  const handle = new Database(file, { readonly: /^\s*select/i.test(sql), fileMustExist: true });
  kept.push(handle);
  try {
    const statement = handle.prepare<[], Row>(sql);
    kept.push(statement);
    if (statement.reader) return statement.all();
    statement.run();
    return [];
  } finally {
    handle.close();
  }
}
