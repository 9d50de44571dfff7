import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel } from '../../../src/core/subscription.ts';
import { seeded } from '../../../src/lib/random.ts';
import { openStore } from '../../../src/store/open.ts';
import { startFakeDiscord, token } from '../discord/server.ts';
import { channelData, guildData, ids } from '../discord/world.ts';
import { ask } from '../postgres.ts';
import { subscription } from '../samples.ts';
import { startFakeSlack } from '../slack/server.ts';
import { install } from './program.ts';
import { development, developments, noise, openPublisher } from './publisher.ts';

export interface WorkersOptions {
  /** An empty PostgreSQL database. */
  url: string;
  /** What the workers are told of it, as through a proxy; the same when absent. */
  workerUrl?: string;
  workers: number;
  sources: number;
  /** One in ten on Slack, which takes three hundred messages a minute in a workspace; the others on Discord. */
  channels: number;
  seconds: number;
  killEverySeconds: number;
  publishEverySeconds: number;
  seed: number;
  /** Sources are due whenever something was published, for a run that is shorter than their minute. */
  hurry?: boolean;
  /** Called when all is up, and again and again until the time is over; for further troubles. */
  trouble?: (secondsLeft: number) => Promise<void>;
  say?: (line: string) => void;
}

export interface WorkersReport {
  killed: number;
  alerts: number;
  /** Alerts of which no story was made, and channels that miss one without anybody knowing. */
  lost: string[];
  twice: { discord: string[]; slack: string[] };
  unknown: number;
  /** How many processes made stories, one after the other; and the longest that nobody held that turn, in seconds. */
  clusterers: number;
  longestWithoutClusterer: number;
  /** The longest that a source was not asked, in seconds. */
  longestUnasked: number;
  left: Readonly<Record<string, number>>;
}

/** Discord's ids are numbers that tell their time; these are taken from where the fake has none of its own. */
const discordChannel = (n: number) => `${950_000_000_000_000_000n + BigInt(n)}`;

function channelsOf(count: number): Channel[] {
  return Array.from({ length: count }, (_, n) =>
    n % 10 !== 0
      ? { platform: 'discord', workspace: ids.guild, id: discordChannel(n) }
      : { platform: 'slack', workspace: 'T1', id: `C${n}` },
  );
}

/** Processes that are killed and started again. */
function createFleet(count: number, env: Record<string, string>, chance: () => number) {
  const running: ChildProcess[] = [];
  const ended: Promise<unknown>[] = [];
  let killed = 0;
  const start = (place: number) => {
    const child = spawn(process.execPath, ['dist/main.js', 'run'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    running[place] = child;
    ended[place] = new Promise((resolve) => child.on('close', resolve));
  };
  for (let place = 0; place < count; place++) start(place);
  return {
    killed: () => killed,
    /** One by chance, or every other time the one with this process id. */
    killOne: async (wanted: number) => {
      const favoured = killed % 2 === 0 ? running.findIndex((child) => child.pid === wanted) : -1;
      const place = favoured >= 0 ? favoured : Math.floor(chance() * count);
      if (running[place]?.kill('SIGKILL') === true) killed++;
      await ended[place];
      start(place);
    },
    stop: async () => {
      for (const child of running) child.kill('SIGTERM');
      await Promise.all(ended);
    },
  };
}

async function counted(url: string, table: string, where = '1 = 1'): Promise<number> {
  const [row] = await ask<{ count: string }>(url, `select count(*) from ${table} where ${where}`);
  return Number(row?.count ?? 0);
}

async function makeDue(url: string, where = '1 = 1'): Promise<void> {
  await ask(url, `update source set next_poll_at = null where next_poll_at is not null and ${where}`).catch(() => []);
}

async function until(what: string, seconds: number, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await sleep(500);
  }
}

/** Messages by channel and what they say; those that came more than once. */
function repeats(said: readonly { channel: string; text: string }[]): { once: Map<string, number>; twice: string[] } {
  const seen = new Set<string>();
  const once = new Map<string, number>();
  const twice: string[] = [];
  for (const { channel, text } of said) {
    const name = `${channel}: ${text}`;
    if (seen.has(name)) twice.push(name);
    else once.set(channel, (once.get(channel) ?? 0) + 1);
    seen.add(name);
  }
  return { once, twice };
}

/**
 * Several whole programs on one PostgreSQL database, killed by chance while feeds publish and platforms listen. What is
 * shown is compared with what was published.
 */
export async function workersOrdeal(options: WorkersOptions): Promise<WorkersReport> {
  const { url, seconds, say = () => {} } = options;
  const chance = seeded(options.seed);
  const folder = await mkdtemp(join(tmpdir(), 'borderwire-workers-'));
  const channels = channelsOf(options.channels);
  const listening = channels.filter((one) => one.platform === 'discord').map((one) => one.id);
  const guild = guildData({ channels: listening.map((id) => channelData(id, 0)) });
  const discord = await startFakeDiscord({ guilds: () => [guild], channels: listening });
  const slack = await startFakeSlack();
  const publisher = await openPublisher(options.sources);
  install(folder, publisher.urls);
  const settings =
    'poll: { cron: "*/2 * * * * *" }\nstories: { holdBackSeconds: 0 }\ndelivery: { editPauseSeconds: 0 }\n';
  await writeFile(join(folder, 'config', 'settings.yaml'), settings);
  const env = {
    PATH: process.env['PATH'] ?? '',
    BORDERWIRE_CONFIG: join(folder, 'config'),
    BORDERWIRE_DATA: join(folder, 'data'),
    DATABASE_URL: options.workerUrl ?? url,
    DISCORD_TOKEN: token,
    DISCORD_API_URL: discord.url,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    LOG_LEVEL: 'fatal',
  };
  const store = await openStore({ url, migrations: 'migrations', now: Date.now });
  for (const channel of channels) await store.subscriptions.add(subscription(channel.id, { channel }));
  for (let feed = 0; feed < options.sources; feed++) publisher.publish(feed, noise(feed));
  const fleet = createFleet(options.workers, env, chance);
  const over = new AbortController();
  try {
    await until('every source polled once', 120 + options.sources / 10, async () => {
      // One that could not be read while everything starts at once would come back after a quarter of an hour.
      await makeDue(url, 'first_polled_at is null');
      return (await counted(url, 'source', 'first_polled_at is not null')) === options.sources;
    });
    say(`all ${options.sources} sources polled once; killing begins`);
    const asked = new Map<number, number>();
    let longestUnasked = 0;
    const began = Date.now();
    publisher.onAsked = (feed) => {
      longestUnasked = Math.max(longestUnasked, Date.now() - (asked.get(feed) ?? began));
      asked.set(feed, Date.now());
    };
    const network = { troubled: false };
    const watched = watchClusterer(url, over.signal, network);
    let alerts = 0;
    let [nextKill, nextAlert] = [began + options.killEverySeconds * 1000, began];
    while (Date.now() < began + seconds * 1000) {
      if (Date.now() >= nextAlert && alerts < developments) {
        publisher.publish(Math.floor(chance() * options.sources), development(alerts++));
        publisher.publish(Math.floor(chance() * options.sources), noise(options.sources + alerts));
        nextAlert += options.publishEverySeconds * 1000;
        if (options.hurry) await makeDue(url);
      }
      if (Date.now() >= nextKill) {
        await fleet.killOne(Number(/\/(\d+)-/.exec(await clustererOf(url))?.[1] ?? 0));
        nextKill = Date.now() + options.killEverySeconds * 1000;
      }
      network.troubled = true;
      await options.trouble?.((began + seconds * 1000 - Date.now()) / 1000);
      network.troubled = false;
      await sleep(100);
    }
    say(`${fleet.killed()} killed, ${alerts} alerts published; waiting until all is told`);
    await until('all told', 180 + options.channels / 10, async () => {
      if (options.hurry) await makeDue(url);
      // In the order of their way: what leaves one count is in the next by then.
      if ((await counted(url, 'entry')) < publisher.published.length) return false;
      if ((await counted(url, 'entry', 'unread = 1')) > 0) return false;
      return (await counted(url, 'outbox', `state in ('pending', 'retry', 'leased')`)) === 0;
    }).catch((error: unknown) => say(String(error)));
    over.abort();
    const clusterers = await watched;
    await fleet.stop();
    const toldOnDiscord = repeats(
      discord.messages.all.map(({ channel, body }) => ({ channel, text: JSON.stringify({ ...body, nonce: null }) })),
    );
    const toldOnSlack = repeats(slack.messages.map(({ channel, text }) => ({ channel, text })));
    const unknown = await store.outbox.list('unknown', 1_000_000);
    const open = await ask<{ channel: string }>(
      url,
      `select channel from outbox where waiting = 1 or state = 'leased'`,
    );
    const stillOwed = (id: string) => open.filter((row) => row.channel === id).length;
    const lost: string[] = [];
    const stories = await counted(url, 'story');
    if (stories !== alerts) lost.push(`${alerts} developments made ${stories} stories`);
    for (const { id } of channels) {
      const told = (toldOnDiscord.once.get(id) ?? 0) + (toldOnSlack.once.get(id) ?? 0);
      const unsure = unknown.filter((row) => row.channel.id === id).length;
      if (told + unsure + stillOwed(id) < alerts) lost.push(`${id}: ${told} of ${alerts}, ${unsure} unknown`);
    }
    return {
      killed: fleet.killed(),
      alerts,
      lost,
      twice: { discord: toldOnDiscord.twice, slack: toldOnSlack.twice },
      unknown: unknown.length,
      ...clusterers,
      longestUnasked: Math.max(longestUnasked, ...[...asked.values()].map((at) => Date.now() - at)) / 1000,
      left: await store.outbox.counts(),
    };
  } finally {
    over.abort();
    await fleet.stop();
    await store.close();
    for (const part of [publisher, discord, slack]) await part.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function clustererOf(url: string): Promise<string> {
  const now = new Date().toISOString();
  const text = `select owner from held where name = 'clusterer' and until > $1`;
  const [row] = await ask<{ owner: string }>(url, text, [now]).catch(() => []);
  return row?.owner ?? '';
}

/** Who makes stories, looked up again and again; how long nobody did is counted while the database can be reached. */
async function watchClusterer(url: string, signal: AbortSignal, network: { troubled: boolean }) {
  const owners = new Set<string>();
  let [last, longest] = [Date.now(), 0];
  while (!signal.aborted) {
    const owner = await clustererOf(url);
    if (network.troubled) last = Date.now();
    if (owner !== '') {
      owners.add(owner);
      longest = Math.max(longest, Date.now() - last);
      last = Date.now();
    }
    await sleep(200);
  }
  return { clusterers: owners.size, longestWithoutClusterer: longest / 1000 };
}
