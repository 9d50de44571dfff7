import type { SourceConfig } from '../../core/source-ports.ts';
import { federalRegister } from './federal-register/federal-register.ts';
import { feed } from './feed/feed.ts';
import type { SourceKindReader } from './kind.ts';
import { page } from './page/page.ts';

/** Every kind of source: a folder here, and a line in this list. */
export const readers: readonly SourceKindReader[] = [feed, federalRegister, page];

/** The reader of a source's format. */
export function readerOf(format: SourceConfig['format']): SourceKindReader {
  return readers.find((reader) => reader.format === format) ?? feed;
}
