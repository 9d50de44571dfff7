import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Channel } from '../../../src/core/subscription.ts';
import { openStore } from '../../../src/store/open.ts';
import { subscription } from '../samples.ts';
import { compare, countOf, doubtsIn, owedIn, sendingIn, unfinishedIn, unknownIn, unpolledIn } from './outcome.ts';
import { type Life, planOf } from './plan.ts';
import { type Installation, install, makeDue, type Running, startProgram, stored } from './program.ts';
import { development, developments, noise } from './publisher.ts';
import { type Given, openServers, type Servers } from './servers.ts';
import { readLog } from './shown.ts';

const migrations = fileURLToPath(new URL('../../../migrations', import.meta.url));

export interface CrashReport {
  killed: number;
  /** Developments that were published, and first posts that were owed for them. */
  published: number;
  owed: number;
  /** `PLATFORM CHANNEL: HEADLINE`, by what the platforms themselves showed. */
  lost: string[];
  twice: string[];
  /** Those that the program lists as unknown. */
  unknown: readonly string[];
  /**
   * Sends of which nobody could learn what became of them: answers that were lost, and kills in the middle; by the
   * program's own records when one of the platforms is somebody else's, whose faults nobody tells us.
   */
  ambiguous: number;
  /** Of the plan that was followed: the same for the same kills and seed. */
  plan: string;
  /** Deliveries that were left neither sent nor unknown. */
  unsettled: number;
  /** Platforms that keep no log to count from: then the program's own records are believed. */
  unseen: string[];
}

/** A program that was not killed by then is killed all the same: since it was started, and since it first asked anybody. */
const longestStartMs = 60_000;
const longestLifeMs = 5_000;
const settleWithinMs = 240_000;

/** One subscription to everything in each channel. */
export async function subscribe({ database }: Installation, { discord, slack }: Servers): Promise<void> {
  const store = await openStore({ url: database, migrations, now: Date.now });
  const channels: Channel[] = [
    ...discord.channels.map((id) => ({ platform: 'discord' as const, workspace: discord.workspace, id })),
    ...slack.channels.map((id) => ({ platform: 'slack' as const, workspace: slack.workspace, id })),
  ];
  for (const channel of channels)
    await store.subscriptions.add(subscription(`crash-${channel.platform}-${channel.id}`, { channel }));
  await store.close();
}

/** Lets the program live until the moment that is planned, then kills it as power does. True when it was alive still. */
async function killSomewhere(running: Running, servers: Servers, life: Life): Promise<boolean> {
  const kill = () => running.process.kill('SIGKILL');
  const timers = [setTimeout(kill, life.startMs ?? longestStartMs)];
  let count = 0;
  let asked = false;
  servers.onMoment = (asking) => {
    if (life.startMs !== null) return;
    if (!asked) timers.push(setTimeout(kill, longestLifeMs));
    asked = true;
    if (life.asking !== 'anything' && asking !== life.asking) return;
    if (++count !== life.nth) return;
    if (life.delayMs === 0) kill();
    else timers.push(setTimeout(kill, life.delayMs));
  };
  // Nothing tells when other people's servers are asked.
  if (servers.publisher === null) timers.push(setTimeout(kill, life.blindMs));
  const code = await running.ended;
  for (const timer of timers) clearTimeout(timer);
  servers.onMoment = () => {};
  return code === null;
}

/** Without kills and faults until nothing is left to do, then stopped as an operator stops it. */
async function settle(start: () => Running, place: Installation, owed: number): Promise<void> {
  const since = new Date().toISOString();
  const running = start();
  const end = Date.now() + settleWithinMs;
  let quiet = 0;
  let nextDue = Date.now() + 10_000;
  while (Date.now() < end && quiet < 6) {
    await sleep(500);
    const untold = Math.max(0, owed - owedIn(place.database).length);
    const open = unfinishedIn(place.database) + untold + unpolledIn(place.database, since);
    // A source whose last poll was cut off or went wrong would be asked again after minutes only.
    if (untold > 0 && Date.now() > nextDue) {
      makeDue(place);
      nextDue = Date.now() + 10_000;
    }
    // An unknown one is looked for until it is old enough to be believed absent.
    quiet =
      open === 0 && (countOf(place.database, 'unknown') === 0 || Date.now() > end - settleWithinMs + 75_000)
        ? quiet + 1
        : 0;
  }
  running.process.kill('SIGTERM');
  await running.ended;
}

/**
 * Runs the built program on feeds, a Discord and a Slack; kills it `kills` times at moments drawn from `seed`, starts it
 * again each time, lets it finish, and compares what it owed with what the platforms showed.
 */
export async function crashOrdeal(
  kills: number,
  seed: number,
  given: Given = {},
  say: (line: string) => void = () => {},
): Promise<CrashReport> {
  const folder = await mkdtemp(join(tmpdir(), 'borderwire-crash-'));
  const plan = planOf(kills, seed, Math.min(1, developments / kills));
  const servers = await openServers(given, plan.chance);
  const place = install(folder, servers.feeds);
  const env = { ...servers.env, DISCORD_API_URL: servers.discord.apiUrl, SLACK_API_URL: servers.slack.apiUrl };
  const start = (command: 'run' | 'poll' = 'run') =>
    startProgram(place, command, () => {}, command === 'run' ? { ...env, LOG_LEVEL: 'silent' } : env);
  const { publisher } = servers;
  try {
    servers.faulty = false;
    if (publisher) for (const feed of servers.feeds.keys()) publisher.publish(feed, noise(feed));
    if ((await start('poll').ended) !== 0) throw new Error('the first poll failed: see above');
    await subscribe(place, servers);
    servers.faulty = true;
    let killed = 0;
    let published = 0;
    const sending = new Set<string>();
    for (const [at, life] of plan.lives.entries()) {
      if (killed === kills) break;
      if (publisher && published < developments && life.publishes)
        publisher.publish(at % servers.feeds.length, development(published++));
      makeDue(place);
      if (await killSomewhere(start(), servers, life)) killed++;
      for (const id of sendingIn(place.database)) sending.add(`${at} ${id}`);
      if (at % 25 === 24) say(`${killed} of ${kills} killed, ${published} developments published`);
    }
    servers.faulty = false;
    makeDue(place);
    const places = [...servers.discord.channels, ...servers.slack.channels];
    await settle(start, place, publisher ? published * places.length : 0);
    const shown = { discord: await readLog(servers.discord.apiUrl), slack: await readLog(servers.slack.apiUrl) };
    const owed = owedIn(place.database);
    const { lost, twice } = compare(owed, shown);
    const ours = given.discord === undefined && given.slack === undefined;
    const untold = published * places.length - owed.length;
    if (publisher && untold > 0) {
      const titles = new Set(stored(place).entryTitles);
      const unread = publisher.published.filter(({ title }) => !titles.has(title)).map(({ title }) => title);
      lost.push(`${untold} first posts were never owed; not stored: ${unread.join('; ') || 'none'}`);
    }
    return {
      killed,
      plan: plan.digest,
      published,
      owed: owed.length,
      lost,
      twice,
      unknown: unknownIn(place.database),
      ambiguous: ours ? servers.ambiguous() + sending.size : doubtsIn(place.database),
      unsettled: unfinishedIn(place.database) + countOf(place.database, 'dead'),
      unseen: Object.entries(shown).flatMap(([platform, log]) => (log === null ? [platform] : [])),
    };
  } finally {
    await servers.close();
    await rm(folder, { recursive: true });
  }
}
