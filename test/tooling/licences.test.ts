import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { licencesOf } from '../../scripts/licences.ts';

const permissive =
  /^\(?(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|OFL-1\.1|MPL-2\.0|Python-2\.0|WTFPL)\b/;

const licenceOf = (row: string) => row.split(' | ').at(-1) ?? '';

it('docs/licences.md lists what the lockfile installs', () => {
  expect(readFileSync('docs/licences.md', 'utf8')).toBe(licencesOf(readFileSync('package-lock.json', 'utf8')));
});

it('everything installed with the program has a licence that lets anybody use it', () => {
  const rows = licencesOf(readFileSync('package-lock.json', 'utf8'))
    .split('\n')
    .filter((line) => /^\| (?!package )/.test(line));
  expect(rows.length).toBeGreaterThan(20);
  // The DejaVu fonts carry the free licence of Bitstream Vera, which has no name of its own in SPDX’s list of then.
  const known = new Set(['dejavu-fonts-ttf']);
  const free = (row: string) => permissive.test(licenceOf(row)) || known.has(row.split(' ')[1] ?? '');
  expect(rows.filter((row) => !free(row))).toEqual([]);
});

it('only named packages may run install scripts', () => {
  const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    allowScripts: Record<string, boolean>;
  };
  expect(Object.keys(allowScripts)).toEqual(['better-sqlite3']);
});
