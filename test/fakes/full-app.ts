import type { App, AppOptions } from '../../src/app.ts';
import { createSteppedClock } from '../../src/lib/stepped-clock.ts';
import { draftOf, fijiRow } from '../contract/store-ledger.ts';
import { openTestApp } from './app.ts';
import { article, draft, member, reading, story } from './samples.ts';

/** The day of every answer; the shipped record knows of it. */
export const today = '2026-11-22';

/** The whole program, in memory, with something for every command to tell: more of it than one message holds. */
export async function openFullApp(options: AppOptions = {}): Promise<App> {
  const clock = createSteppedClock(Date.parse(`${today}T12:00:00Z`));
  const app = await openTestApp({ memory: true, clock, ...options });
  for (let at = 0; at < 45; at += 1) {
    const id = `s${at}`;
    const members = Array.from({ length: at === 0 ? 60 : 1 }, (_, n) => member(`${id}-a${n}`));
    const told = story(id, { members, date: `2026-11-${String(20 - (at % 9)).padStart(2, '0')}` });
    await app.store.stories.commitIngest({
      entryId: null,
      entryVersion: 1,
      article: article(`${id}-a0`),
      reading: reading(),
      stories: [told],
      outbox: [draft({ subject: id, notBefore: `${today}T12:00:00.000Z` })],
    });
  }
  const rows = Array.from({ length: 25 }, (_, at) => ({
    ...fijiRow,
    id: `proclamation-11111/FJ/2027-${String(at + 1).padStart(2, '0')}`,
    effective: `2027-03-${String(at + 1).padStart(2, '0')}`,
  }));
  await app.services.review.propose(rows.map((row) => draftOf(row)));
  await app.services.review.report('ban-status LA', 'Zagreb 1999');
  await app.store.notices.raise({
    kind: 'delivery-dead',
    subject: 'n1',
    text: 'Zagreb 2000',
    at: `${today}T11:00:00.000Z`,
  });
  return app;
}
