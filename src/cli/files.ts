import { readFileSync } from 'node:fs';
import { UsageError } from '../core/errors.ts';

/** A text file, or standard input for `-`. Throws UsageError naming the file. */
export function readTextFile(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
