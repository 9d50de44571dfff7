import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const run = promisify(execFile);
const driver = createRequire(import.meta.url).resolve('better-sqlite3');

/** A large file takes minutes: nobody's command waits for it, for it is read by a process of its own. */
const look = `
  const [driver, file] = process.argv.slice(1);
  const database = new (require(driver))(file, { readonly: true, fileMustExist: true });
  process.stdout.write(database.pragma('integrity_check(5)').map((row) => row.integrity_check).join('; '));
`;

/** Reads a SQLite file from end to end while others use it. Null when it is whole, else what is wrong with it. */
export async function integrityOf(file: string): Promise<string | null> {
  let found: string;
  try {
    found = (await run(process.execPath, ['--input-type=commonjs', '-e', look, driver, file])).stdout;
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    found = /Error: (.+)/.exec(told)?.[1] ?? told;
  }
  return found === 'ok' ? null : found;
}
