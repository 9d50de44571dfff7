import type { Article } from '../core/article.ts';
import type { Countries } from '../core/country.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import type { ProposalDraft } from '../core/review.ts';
import { dayInWashington } from '../lib/clock.ts';
import { draftsOf } from './proposals.ts';
import { flagDocument } from './read/flag.ts';
import { readPrimaryDocument } from './read/read.ts';

/** Of an article's text, how much its opening is. */
const openingLength = 2000;
/** A document that orders something says so in these words, whatever its title. */
const orders = /\bhereby\b/;

/** The day in Washington; a midnight stands for a day that was told without an hour. */
function dayOf(publishedAt: string): string {
  return /T00:00:00(?:\.0+)?Z$/.test(publishedAt) ? publishedAt.slice(0, 10) : dayInWashington(Date.parse(publishedAt));
}

/**
 * What an article of a primary source proposes to the record: nothing when it is no instrument, or the record holds
 * its rows already. Never throws for what a text holds.
 */
export function draftsFromArticle(
  article: Pick<Article, 'title' | 'text' | 'url' | 'publisher' | 'publishedAt'>,
  data: LedgerData,
  countries: Countries,
  today: string,
): readonly ProposalDraft[] {
  const { title, text, url, publisher, publishedAt } = article;
  if (!orders.test(text) && flagDocument(title, text.slice(0, openingLength)) === null) return [];
  const front = `---\ntitle: ${title.replace(/\s+/g, ' ')}\ndate: ${dayOf(publishedAt)}\n---\n`;
  const reading = readPrimaryDocument(`${front}${text}`, countries, data);
  return draftsOf(reading, data, { source: { title, publisher, url }, today });
}
