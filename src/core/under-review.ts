import type { CountryCode } from './country.ts';
import type { LedgerProposal } from './review.ts';
import type { Story } from './story.ts';

/** What a story's primary document would change in the ledger, and nobody has approved yet. */
export interface UnderReview {
  /** How many changes wait. */
  changes: number;
  countries: readonly CountryCode[];
}

/**
 * The changes that wait because of a primary document in this story: those read from the very document, and those on
 * its countries that another publication of it (the Federal Register's of the White House's) was read for first.
 */
export function underReviewOf(story: Story, waiting: readonly LedgerProposal[]): UnderReview | null {
  const documents = story.members.filter(({ sourceKind }) => sourceKind === 'primary');
  if (documents.length === 0) return null;
  const addresses = new Set(documents.map(({ url }) => url));
  const banned = new Set(story.countries.banned);
  const mine = waiting.filter(
    ({ proposedBy, source, countries }) =>
      proposedBy === 'reader' &&
      ((source.url !== null && addresses.has(source.url)) || countries.some((code) => banned.has(code))),
  );
  if (mine.length === 0) return null;
  return { changes: mine.length, countries: [...new Set(mine.flatMap(({ countries }) => countries))] };
}
