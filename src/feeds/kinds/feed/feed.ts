import { parseFeed } from '../../parse.ts';
import type { SourceKindReader } from '../kind.ts';

/** RSS, Atom and JSON Feed. */
export const feed: SourceKindReader = {
  format: 'feed',
  read: (bytes, contentType, _source, url) => parseFeed(bytes, contentType, url),
};
