import { createDiscordAdapter } from '../../src/adapters/discord/adapter.ts';
import { createSlackAdapter } from '../../src/adapters/slack/adapter.ts';
import type { App } from '../../src/app.ts';
import { createLedgerRounds } from '../../src/app-ledger-rounds.ts';
import type { SourceConfig } from '../../src/core/source-ports.ts';
import { createDeliverer } from '../../src/delivery/deliver.ts';
import { silentLog } from '../../src/lib/log.ts';
import { commandData, type Given } from '../adapters/discord/asking.ts';
import { optionsFor, until } from '../adapters/slack/opened.ts';
import { openTestApp } from './app.ts';
import { type FakeDiscord, startFakeDiscord, token } from './discord/server.ts';
import { ids } from './discord/world.ts';
import { serve } from './feed-server/faults.ts';
import { startFeedServer } from './feed-server/server.ts';
import { source } from './samples.ts';
import { slashCommand } from './slack/payloads.ts';
import { type FakeSlack, startFakeSlack } from './slack/server.ts';

/** A message as it stands in a channel of either platform: all of its words, and what it answers. */
export interface Standing {
  channel: string;
  words: string;
  edits: number;
  answer: boolean;
}

/** The whole program between feeds on loopback and fakes of both platforms. */
export interface BothChats {
  app: App;
  discord: FakeDiscord;
  slack: FakeSlack;
  /** What a source's feed holds from now on: items, newest first. */
  publish(sourceId: string, items: readonly string[]): void;
  /** One round of everything: poll, stories, the ledger's news, and all that is due goes out. */
  round(): Promise<void>;
  /** A line as people type it on Slack; answers what they see. */
  onSlack(line: string, user?: string, channel?: string): Promise<string>;
  /** What stands in the channels of both, oldest first on each; what the set-up said is left out. */
  standing(): readonly Standing[];
  close(): Promise<void>;
}

/** What each channel subscribes to. */
export interface Follows {
  discord: Readonly<Record<string, Given>>;
  slack: Readonly<Record<string, string>>;
}

/** Three of each platform that follow everything: told further by answers, by edits alone, by new messages. */
export const everything: Follows = {
  discord: {
    [ids.text]: { updates: 'thread' },
    '920000000000000011': { updates: 'edit' },
    '920000000000000012': { updates: 'new' },
  },
  slack: { C1: 'updates:thread', C2: 'updates:edit', C3: 'updates:new' },
};

export function item(link: string, title: string, html: string, at = Date.now() - 600_000): string {
  const date = new Date(at).toUTCString();
  return `<item><guid isPermaLink="false">${link}</guid><title>${title}</title><link>${link}</link><pubDate>${date}</pubDate><description><![CDATA[${html}]]></description></item>`;
}

function feed(items: readonly string[]): string {
  return `<rss version="2.0"><channel><title>A feed</title><link>https://a.example/</link>${items.join('')}</channel></rss>`;
}

/** A source each, by id; `UOP` and Discord's manager are operators. */
export async function openBothChats(
  sources: Readonly<Record<string, Partial<SourceConfig>>>,
  follows: Follows = everything,
): Promise<BothChats> {
  const feeds = await startFeedServer();
  const configs = Object.entries(sources).map(([id, more]) =>
    source(id, { url: `${feeds.origin}/${id}`, allowPrivate: true, publisher: `Outlet ${id}`, ...more }),
  );
  for (const { id } of configs) feeds.routes.set(`/${id}`, serve(feed([])));
  const app = await openTestApp({ memory: true, sources: configs, holdBackMs: 0, editPauseMs: 0 });
  const discord = await startFakeDiscord({ channelLimit: 1_000, channels: Object.keys(follows.discord) });
  const slack = await startFakeSlack();
  const { dispatcher: runner, phrases, store, clock, random, owner } = app;
  const adapters = [
    createDiscordAdapter({
      token,
      apiUrl: discord.url,
      operators: [ids.manager],
      runner,
      phrases,
      meta: store.meta,
      kept: store.kept,
      log: silentLog,
      now: Date.now,
    }),
    createSlackAdapter(optionsFor(slack, { runner, phrases, timeoutMs: 20_000 })),
  ];
  for (const adapter of adapters) await adapter.start();
  const rules = { burstPerHour: 0, editPauseMs: 0 };
  const deliverer = createDeliverer({ store, adapters, clock, random, owner, log: silentLog, rules });
  const ledger = createLedgerRounds(app);
  let before = { discord: 0, slack: 0 };

  async function onSlack(line: string, user = 'UOP', channel = 'C1'): Promise<string> {
    const { shown } = slack.responses;
    const seen = shown.length;
    slack.sockets.deliver('slash_commands', {
      ...slashCommand(slack, '/borderwire', line, user),
      channel_id: channel,
    });
    await until(() => shown.length > seen);
    return JSON.stringify(shown.at(-1));
  }

  for (const [channel, given] of Object.entries(follows.discord))
    await discord.ask(2, { data: commandData('subscribe', given) }, { channel }).answered;
  for (const [channel, words] of Object.entries(follows.slack)) await onSlack(`subscribe ${words}`, 'UOP', channel);
  before = { discord: discord.messages.all.length, slack: slack.messages.length };

  return {
    app,
    discord,
    slack,
    onSlack,
    publish: (sourceId, items) => void feeds.routes.set(`/${sourceId}`, serve(feed(items))),
    round: async () => {
      await (await app.feeds()).poller.pollAll();
      await (await app.ingest()).drain();
      await ledger.run(0);
      // What has to wait for a platform's pace is not left for the next round; what quiet hours hold is.
      for (let waits = true; waits; ) {
        await deliverer.drain();
        const next = await store.outbox.nextAt();
        waits = next !== null && Date.parse(next) < clock.now() + 120_000;
        if (waits) await clock.sleep(100);
      }
    },
    standing: () => [
      ...discord.messages.all
        .slice(before.discord)
        .filter(({ body }) => body['flags'] !== 64)
        .map(({ channel, body, edits }) => ({
          channel,
          words: JSON.stringify([body['content'], body['embeds']]),
          edits,
          answer: discord.messages.threads.has(channel),
        })),
      ...slack.messages.slice(before.slack).map(({ channel, text, blocks, edits, threadTs }) => ({
        channel,
        words: `${text} ${JSON.stringify(blocks)}`,
        edits,
        answer: threadTs !== null,
      })),
    ],
    close: async () => {
      for (const adapter of adapters) await adapter.stop();
      await discord.close();
      await slack.close();
      await feeds.close();
      await app.close();
    },
  };
}
