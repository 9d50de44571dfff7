import { parseFeed } from '../../src/feeds/parse.ts';

/** What the harness calls. Run with `node --import tsx`. */
export async function parse(bytes, contentType, url) {
  return parseFeed(bytes, contentType ?? null, url);
}
