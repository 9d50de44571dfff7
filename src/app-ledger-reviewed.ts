import type { App } from './app.ts';
import type { OutboxDraft } from './core/delivery.ts';
import type { LedgerProposal } from './core/review.ts';
import type { Story } from './core/story.ts';
import { storyMessage } from './core/story-message.ts';
import { underReviewOf } from './core/under-review.ts';
import { isoAt } from './lib/clock.ts';

/** Up to which decision posts were mended. */
const mendedKey = 'ledger.mended';
const mostListed = 500;
const dayMs = 86_400_000;

type Parts = Pick<App, 'store' | 'countries' | 'clock' | 'services'>;

/**
 * Takes “under review” out of the posts about a document when the last of its changes is decided. A kill before the
 * mark is set does it again, which adds nothing.
 */
export async function mendReviewed({ store, countries, clock, services }: Parts): Promise<void> {
  const mended = (await store.meta.get(mendedKey)) ?? '';
  const decided = await decidedByOperators(store);
  const last =
    decided
      .map(({ decidedAt }) => decidedAt ?? '')
      .toSorted()
      .at(-1) ?? '';
  if (last <= mended) return;
  const waiting = new Set((await services.review.waiting(mostListed)).map(({ instrument }) => instrument));
  const fresh = decided.filter((each) => (each.decidedAt ?? '') > mended && !waiting.has(each.instrument));
  for (const instrument of new Set(fresh.map((each) => each.instrument))) {
    const all = decided.filter((each) => each.instrument === instrument);
    for (const story of await storiesOf(all, store)) {
      const underReview = await services.review.underReviewIn(story);
      const message = storyMessage(story, { kind: 'alert', countries, underReview });
      const told = await store.outbox.told('story', story.id);
      // No revision of the story: numbers below zero, each of its own, so that none is taken for one.
      const base = { kind: 'story', subject: story.id, revision: -all.length, action: 'edit', late: false } as const;
      const notBefore = isoAt(clock.now());
      await store.outbox.enqueue(
        told.map(({ channel }): OutboxDraft => ({ ...base, channel, message, standalone: message, notBefore })),
      );
    }
  }
  await store.meta.set(mendedKey, last);
}

async function decidedByOperators({ ledger }: Parts['store']): Promise<readonly LedgerProposal[]> {
  const all = await Promise.all([ledger.proposals('approved', mostListed), ledger.proposals('rejected', mostListed)]);
  return all.flat().filter(({ proposedBy }) => proposedBy === 'reader');
}

/** The stories that said of themselves that these proposals wait. */
async function storiesOf(proposals: readonly LedgerProposal[], store: Parts['store']): Promise<readonly Story[]> {
  const found = new Map<string, Story>();
  const first = proposals.map(({ proposedAt }) => proposedAt).toSorted()[0] ?? '';
  const since = isoAt(Date.parse(first) - 30 * dayMs).slice(0, 10);
  for (const country of new Set(proposals.flatMap(({ countries }) => countries)))
    for (const story of await store.stories.latest({ country, since }, 100))
      if (story.mergedInto === null && underReviewOf(story, proposals) !== null) found.set(story.id, story);
  return [...found.values()];
}
