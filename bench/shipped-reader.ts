import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadCountries } from '../src/config/countries.ts';
import { createReader, type Reader } from '../src/stories/read.ts';
import { loadReaderData } from '../src/stories/reader-data.ts';

const config = fileURLToPath(new URL('../config', import.meta.url));

/** The reader of articles with the data that the program ships. */
export function shippedReader(): Reader {
  const path = `${config}/countries.yaml`;
  return createReader({ countries: loadCountries(readFileSync(path, 'utf8'), path), data: loadReaderData(config) });
}
