import { existsSync, readFileSync } from 'node:fs';
import { loadCountries } from '../../src/config/countries.ts';
import { type LedgerFiles, ledgerFileNames, readLedger } from '../../src/config/ledger.ts';
import { createLedger } from '../../src/ledger/ledger.ts';

function read(name: string): string {
  return readFileSync(new URL(`../../config/${name}`, import.meta.url), 'utf8');
}

export const countries = loadCountries(read('countries.yaml'), 'config/countries.yaml');

/** The shipped files, one of them changed by `change`, if given. */
export function ledgerFiles(change?: { key: keyof LedgerFiles; from: string | RegExp; to: string }): LedgerFiles {
  const file = (key: keyof LedgerFiles) => {
    const name = ledgerFileNames[key];
    const text = read(`ledger/${name}`);
    const changed = change?.key === key ? text.replace(change.from, change.to) : text;
    if (change?.key === key && changed === text)
      throw new Error(`nothing to change in ${name}: ${String(change.from)}`);
    return { file: `config/ledger/${name}`, text: changed };
  };
  return {
    entryBans: file('entryBans'),
    exceptions: file('exceptions'),
    removals: file('removals'),
    courts: file('courts'),
  };
}

export const data = readLedger(ledgerFiles());
export const ledger = createLedger(data, countries);

/** A file of the shared folder beside the repository, or null where it is absent. */
export function shared(path: string): string | null {
  const url = new URL(`../../../shared/${path}`, import.meta.url);
  return existsSync(url) ? readFileSync(url, 'utf8') : null;
}

/** Rows of a CSV (RFC 4180) by header. */
export function csvRows(text: string): readonly Readonly<Record<string, string>>[] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ',' || letter === '\n') {
      rows.at(-1)?.push(cell.replace(/\r$/, ''));
      cell = '';
      if (letter === '\n') rows.push([]);
    } else cell += letter;
  }
  const [header = [], ...body] = rows.filter((row) => row.length > 1);
  return body.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])));
}
