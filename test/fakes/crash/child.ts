import { createConsoleAdapter } from '../../../src/adapters/console/adapter.ts';
import type { Capabilities, ChatAdapter, OutboxDraft, OutboxRow, SendOutcome } from '../../../src/core/delivery.ts';
import type { StoredEntry } from '../../../src/core/ports.ts';
import type { Channel, Platform } from '../../../src/core/subscription.ts';
import { createDeliverer } from '../../../src/delivery/deliver.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { isOwnerDead } from '../../../src/lib/process-alive.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { openStore } from '../../../src/store/open.ts';
import { article, entry, message, reading, source, sourceState, story } from '../samples.ts';

// The program in small: polls a feed that grows, makes a story of each entry, delivers to three platforms, and ends
// when all is said. It is killed at any moment and started again.
const [file = '', journal = '', server = '', total = '0', migrations = ''] = process.argv.slice(2);
const now = () => new Date().toISOString();

async function outcomeOf(row: OutboxRow): Promise<SendOutcome> {
  const body = JSON.stringify({ platform: row.channel.platform, rowId: row.id, title: row.message.title });
  let response: Response;
  try {
    response = await fetch(`${server}/send`, { method: 'POST', body, signal: AbortSignal.timeout(2_000) });
  } catch (error) {
    return { kind: 'unknown', reason: String(error) };
  }
  if (response.status === 429) return { kind: 'rate-limited', retryAt: now(), scope: 'channel' };
  if (response.status !== 200) return { kind: 'unknown', reason: `status ${response.status}` };
  return { kind: 'sent', messageId: await response.text() };
}

function remote(platform: Platform, idempotencyWindowMs: number): ChatAdapter {
  const pace = { channel: { count: 1_000, perMs: 1_000 }, global: { count: 1_000, perMs: 1_000 } };
  const capabilities: Capabilities = {
    edits: true,
    threads: true,
    idempotencyWindowMs,
    history: false,
    maxMessageCharacters: 4_000,
    pace,
  };
  return { platform, capabilities, start: async () => {}, stop: async () => {}, send: outcomeOf };
}

function draftsOf(name: string): OutboxDraft[] {
  const place = Number(name.slice(1)) % 3;
  const channels: Channel[] = [
    { platform: 'discord', workspace: 'w', id: `d${place}` },
    { platform: 'slack', workspace: 'w', id: `s${place}` },
    { platform: 'console', workspace: 'console', id: 'console' },
  ];
  return channels.map((channel) => ({
    channel,
    kind: 'story',
    subject: `story-${name}`,
    revision: 1,
    action: 'post',
    message: message(`Title ${name}.`),
    notBefore: now(),
    late: false,
  }));
}

const owner = `${process.pid}-child`;
const store = await openStore({ url: file, migrations, now: Date.now });
const adapters = [
  remote('discord', 600_000),
  remote('slack', 0),
  createConsoleAdapter({ output: process.stdout, journal, log: silentLog }),
];
const deliverer = createDeliverer({
  store,
  adapters,
  clock: systemClock,
  random: createRandom(Date.now),
  log: silentLog,
  owner,
  everyMs: 5,
});

async function ingest(read: StoredEntry): Promise<void> {
  const name = read.item.title ?? '';
  await store.stories.commitIngest({
    entryId: read.id,
    entryVersion: read.version,
    article: article(`article-${name}`),
    reading: reading(),
    stories: [story(`story-${name}`)],
    outbox: draftsOf(name),
  });
}

async function work(): Promise<void> {
  await store.endLeases((other) => isOwnerDead(other, owner), now());
  await store.sources.sync([source('a')]);
  await fetch(`${server}/ready`);
  const stop = new AbortController();
  const running = deliverer.run(stop.signal);
  for (;;) {
    const shown = Math.min(Number(total), Number((await store.meta.get('shown')) ?? 0) + 2);
    const entries = Array.from({ length: shown }, (_, n) => entry(`e${n}`));
    await store.sources.recordPoll({ state: sourceState('a'), entries, seenAt: now(), silent: false });
    await store.meta.set('shown', `${shown}`);
    for (const read of await store.stories.unreadEntries(10)) await ingest(read);
    const { pending, retry, leased } = await store.outbox.counts();
    if (shown === Number(total) && pending + retry + leased === 0) break;
    await systemClock.sleep(5);
  }
  stop.abort();
  await running;
  await store.close();
}

await work();
