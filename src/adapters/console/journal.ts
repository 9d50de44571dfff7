import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** `begun`: the writing began, and nobody knows whether it came to its end. */
export type Shown = 'no' | 'begun' | 'yes';

/**
 * What the console has shown, by row. A terminal cannot be asked, so the console writes down each row before and after
 * it shows it. When the program is killed, only a row between its two lines (one call of `write`) is in doubt. Lines
 * are handed to the system at once, which keeps them when the process is killed; a power cut takes the terminal with it.
 */
export interface Journal {
  shown(rowId: string): Shown;
  begin(rowId: string): void;
  end(rowId: string): void;
}

const keptRows = 10_000;

function readRows(path: string): Map<string, Shown> {
  const rows = new Map<string, Shown>();
  if (!existsSync(path)) return rows;
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const [mark, rowId] = line.split(' ');
    // A line that was cut off is neither mark, nor a whole id.
    if (rowId === undefined || rowId === '' || (mark !== 'begin' && mark !== 'end')) continue;
    rows.set(rowId, mark === 'end' ? 'yes' : 'begun');
  }
  return rows;
}

/** Old rows were settled long ago: the file starts again with the newest. */
function shorten(path: string, rows: Map<string, Shown>): void {
  if (rows.size <= keptRows * 2) return;
  for (const rowId of [...rows.keys()].slice(0, rows.size - keptRows)) rows.delete(rowId);
  const lines = [...rows].map(([rowId, shown]) => `${shown === 'yes' ? 'end' : 'begin'} ${rowId}\n`);
  writeFileSync(`${path}.new`, lines.join(''));
  renameSync(`${path}.new`, path);
}

/** Opens the journal at `path`, made when absent; null keeps it in memory. Throws when the file cannot be read. */
export function openJournal(path: string | null): Journal {
  const rows = path === null ? new Map<string, Shown>() : readRows(path);
  if (path !== null) shorten(path, rows);
  // A kill may have left half a line.
  if (path !== null && rows.size > 0) appendFileSync(path, '\n');
  const note = (mark: 'begin' | 'end', rowId: string) => {
    if (path !== null) appendFileSync(path, `${mark} ${rowId}\n`);
    rows.set(rowId, mark === 'end' ? 'yes' : 'begun');
  };
  return {
    shown: (rowId) => rows.get(rowId) ?? 'no',
    begin: (rowId) => note('begin', rowId),
    end: (rowId) => note('end', rowId),
  };
}
