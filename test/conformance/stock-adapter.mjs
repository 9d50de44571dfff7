import { Buffer } from 'node:buffer';
import Parser from 'rss-parser';

/** rss-parser as it comes, for comparison. */
export async function parse(bytes) {
  const feed = await new Parser().parseString(Buffer.from(bytes).toString('utf8'));
  return { title: feed.title, link: feed.link, items: feed.items };
}
