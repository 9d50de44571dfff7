import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { createLedgerRounds } from '../../src/app-ledger-rounds.ts';
import { consoleAsker } from '../../src/cli/app-session.ts';
import { StoriesAnswer } from '../../src/core/answers/story.ts';
import type { OutboxRow } from '../../src/core/delivery.ts';
import { openTestApp } from '../fakes/app.ts';
import { serve } from '../fakes/feed-server/faults.ts';
import { type FeedServer, startFeedServer } from '../fakes/feed-server/server.ts';
import { source } from '../fakes/samples.ts';

let server: FeedServer;
let app: App;
const title = 'Limiting the Entry of Nationals of Fiji to Protect the United States';

/** The White House's page of a proclamation, signed today, as an item of a feed. */
function feed(items: readonly string[]): string {
  return `<rss version="2.0"><channel><title>Presidential Actions</title><link>https://www.whitehouse.gov/</link>${items.join('')}</channel></rss>`;
}

function item(link: string, name: string, html: string): string {
  const date = new Date(Date.now() - 600_000).toUTCString();
  return `<item><guid>${link}</guid><title>${name}</title><link>${link}</link><pubDate>${date}</pubDate><description><![CDATA[${html}]]></description></item>`;
}

const calm = item('https://www.whitehouse.gov/a/', 'Honoring a Day of Remembrance', '<p>A day to remember.</p>');
const proclamation = item(
  'https://www.whitehouse.gov/presidential-actions/limiting-entry-fiji/',
  title,
  `<p>By the authority vested in me as President of the United States, including sections 212(f) and 215(a) of the Immigration and Nationality Act, I hereby proclaim as follows:</p>
<p>Section 1. Suspension. The entry into the United States of nationals of Fiji as immigrants and nonimmigrants is hereby suspended.</p>
<p>Sec. 2. Effective Date. This proclamation is effective at 12:01 a.m. eastern time on January 15, 2030.</p>`,
);

beforeAll(async () => {
  server = await startFeedServer();
  const primary = source('wh', {
    url: `${server.origin}/feed`,
    allowPrivate: true,
    kind: 'primary',
    publisher: 'White House',
  });
  app = await openTestApp({ memory: true, sources: [primary], holdBackMs: 0, editPauseMs: 0 });
  await app.dispatcher.line('/subscribe updates:edit', consoleAsker);
}, 60_000);
afterAll(async () => {
  await app.close();
  await server.close();
});

async function round(document: string): Promise<void> {
  server.routes.set('/feed', serve(document));
  await (await app.feeds()).poller.pollAll();
  await (await app.ingest()).drain();
  await createLedgerRounds(app).run(0);
}

async function waitingRows(): Promise<readonly OutboxRow[]> {
  return (await app.store.outbox.list('pending', 50)).filter(({ kind }) => kind === 'story');
}

async function storyJson() {
  const reply = await app.dispatcher.line('/latest', consoleAsker);
  return StoriesAnswer.parse(reply.data).stories.find(({ headline }) => /Fiji/.test(headline));
}

/** Sends what waits, as a platform that takes everything. */
async function deliver(): Promise<readonly OutboxRow[]> {
  const now = new Date(Date.now() + 3_600_000).toISOString();
  const rows = await app.store.outbox.lease('test', now, '2099-01-01T00:00:00.000Z', 10);
  for (const { id } of rows) {
    await app.store.outbox.begin(id, 'test', now);
    await app.store.outbox.settle(id, { kind: 'sent', messageId: `m-${id}` }, now, { state: 'sent', owner: 'test' });
  }
  return rows;
}

describe('a proclamation that a primary source publishes', () => {
  it('is told at once as official and under review, in the message and in JSON; the post loses it when decided', async () => {
    await round(feed([calm]));
    await round(feed([proclamation, calm]));
    const [alert] = await waitingRows();
    expect(alert).toMatchObject({ action: 'post' });
    expect(alert?.message.tone).toBe('official');
    expect(JSON.stringify(alert?.message)).toMatch(/under review.*Fiji.*ban-status/);
    const waiting = await storyJson();
    expect(waiting).toMatchObject({ certainty: 'official', underReview: { changes: 1, countries: ['FJ'] } });
    const told = await app.dispatcher.line(`/story ${waiting?.id ?? ''}`, consoleAsker);
    expect(JSON.stringify(told.message.blocks)).toContain('under review');
    await deliver();

    const [proposal] = await app.services.review.waiting(9);
    await app.dispatcher.line(`/review approve:${proposal?.id ?? ''} reason:read`, consoleAsker);
    expect((await storyJson())?.underReview).toBeNull();
    const after = await app.dispatcher.line(`/story ${waiting?.id ?? ''}`, consoleAsker);
    expect(JSON.stringify(after.message.blocks)).not.toContain('under review');

    await createLedgerRounds(app).run(0);
    const edits = (await waitingRows()).filter(({ action }) => action === 'edit');
    expect(edits).toMatchObject([{ subject: waiting?.id }]);
    expect(JSON.stringify(edits[0]?.message)).not.toContain('under review');
    await createLedgerRounds(app).run(0);
    expect((await waitingRows()).filter(({ action }) => action === 'edit')).toHaveLength(1);
  }, 60_000);
});
