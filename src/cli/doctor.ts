import { mkdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command as Program } from 'commander';
import type { App } from '../app.ts';
import type { Config } from '../config/load.ts';
import { ConfigError } from '../core/errors.ts';
import { freeBytes, leastFreeBytes } from '../lib/disk.ts';
import { withApp } from './app-session.ts';
import { type CliIo, writeJson, writeLine } from './io.ts';
import type { Outcome } from './program.ts';

interface Check {
  name: string;
  ok: boolean;
  told: string;
}

/** `doctor`: what is wrong with this installation, and what to do about it. */
export function addDoctor(program: Program, io: CliIo, outcome: Outcome): void {
  program
    .command('doctor')
    .description('Check configuration, data folder, disk, database, clock, ledger and sources; say what to do')
    .option('--json', 'as data')
    .action((options: { json?: boolean }) =>
      withApp(io, async (app) => {
        const platforms = await askPlatforms(app);
        const checks = [
          { name: 'configuration', ok: true, told: 'every file and variable can be read' },
          await checkFolder(app.config),
          await checkDisk(app.config),
          await checkDatabase(app),
          checkClock(app, platforms),
          checkLedger(app),
          await checkSources(app),
          await checkChannels(app),
          ...(platforms.length > 0 ? platforms.map(({ name, ok, told }) => ({ name, ok, told })) : [noTokens]),
        ];
        if (options.json) writeJson(io.stdout, { version: 1, checks });
        else
          for (const check of checks)
            writeLine(io.stdout, `${check.ok ? 'ok  ' : 'FAIL'} ${check.name}: ${check.told}`);
        outcome.code = checks.every((check) => check.ok) ? 0 : 1;
      }),
    );
}

async function checkFolder(config: Config): Promise<Check> {
  const probe = join(config.dataFolder, '.doctor');
  try {
    await mkdir(config.dataFolder, { recursive: true });
    await writeFile(probe, '');
    await unlink(probe);
    return { name: 'data folder', ok: true, told: `${config.dataFolder} can be written` };
  } catch (error) {
    throw new ConfigError(
      'BORDERWIRE_DATA',
      `${config.dataFolder} cannot be written`,
      'Give the user that runs Borderwire the right to write there',
      {
        cause: error,
      },
    );
  }
}

async function checkDisk(config: Config): Promise<Check> {
  const free = await freeBytes(config.dataFolder);
  const megabytes = Math.round(free / 1024 / 1024);
  const ok = free > leastFreeBytes;
  return { name: 'disk', ok, told: `${megabytes} MB free${ok ? '' : '; make room before the database cannot grow'}` };
}

async function checkDatabase(app: App): Promise<Check> {
  const problem = (await app.store.check()) ?? app.begunAnew;
  return { name: 'database', ok: problem === null, told: problem ?? 'open, migrated and whole' };
}

/** More would be no delay of the network any more, in milliseconds. */
const clockOffMs = 60_000;

/** A clock far off breaks TLS, quiet hours and what counts as today. Platforms tell the time; the ledger's dates one set back. */
function checkClock(app: App, platforms: readonly Platform[]): Check {
  const name = 'clock';
  const now = app.clock.now();
  const told = new Date(now).toISOString();
  if (told.slice(0, 10) < app.ledger.lastVerified)
    return {
      name,
      ok: false,
      told: `${told} is before the ledger’s last check (${app.ledger.lastVerified}); set the machine’s clock`,
    };
  for (const platform of platforms) {
    const offMs = platform.clock === null ? 0 : platform.askedAt - Date.parse(platform.clock);
    if (Math.abs(offMs) <= clockOffMs) continue;
    const minutes = Math.round(Math.abs(offMs) / 60_000);
    const side = offMs > 0 ? 'ahead of' : 'behind';
    return { name, ok: false, told: `${told} is ${minutes} min ${side} ${platform.name}’s; set the machine’s clock` };
  }
  return { name, ok: true, told };
}

/** Where the last delivery was refused, for want of a permission or of the channel. */
async function checkChannels({ store }: App): Promise<Check> {
  const standing = await store.notices.standing(mostNotices);
  const paused = standing.filter(({ kind }) => kind === 'channel-paused').map(({ text }) => text);
  const channels = new Set((await store.subscriptions.active()).map(({ channel }) => JSON.stringify(channel)));
  const told = `${channels.size} subscribed${paused.length > 0 ? `; ${paused.join(' ')}` : ''}`;
  return { name: 'channels', ok: paused.length === 0, told };
}

const mostNotices = 100;

function checkLedger(app: App): Check {
  const problems = app.ledgerProblems();
  const first = problems[0];
  return {
    name: 'ledger',
    ok: first === undefined,
    told: first ?? `every row holds together; data ends ${app.ledger.dataEnds}`,
  };
}

async function checkSources(app: App): Promise<Check> {
  const sources = (await app.store.sources.list()).filter((source) => source.config.enabled);
  const failing = sources.filter((source) => source.state.error !== null);
  const unread = sources.filter(({ state }) => state.error === null && state.lastSuccessAt === null).length;
  const told = [
    `${sources.length} watched, ${failing.length} failing${failing.length > 0 ? '; borderwire sources says why' : ''}`,
    ...(unread > 0 ? [`${unread} not read yet: borderwire sources check tries them`] : []),
  ].join('; ');
  return { name: 'sources', ok: sources.length > 0 && failing.length < sources.length, told };
}

interface Platform extends Check {
  /** What time it says it is, as in HTTP; null when it was not asked. */
  clock: string | null;
  /** By this machine's clock, in milliseconds. */
  askedAt: number;
}

const noTokens: Check = { name: 'platforms', ok: true, told: 'no tokens: the console is used' };

/** Each token is shown to its platform, which is asked whose it is. */
async function askPlatforms({ clock, config: { environment } }: App): Promise<readonly Platform[]> {
  const { DISCORD_TOKEN, DISCORD_API_URL, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL } = environment;
  const platforms: Platform[] = [];
  if (DISCORD_TOKEN !== undefined) {
    const { checkDiscord } = await import('../adapters/discord/check.ts');
    const asked = { token: DISCORD_TOKEN, ...(DISCORD_API_URL === undefined ? {} : { apiUrl: DISCORD_API_URL }) };
    platforms.push({ name: 'Discord', ...(await checkDiscord(asked)), askedAt: clock.now() });
  }
  if (SLACK_BOT_TOKEN !== undefined) {
    const { checkSlack } = await import('../adapters/slack/check.ts');
    const asked = { token: SLACK_BOT_TOKEN, ...(SLACK_API_URL === undefined ? {} : { apiUrl: SLACK_API_URL }) };
    platforms.push({
      name: 'Slack',
      ...(await checkSlack({ ...asked, appToken: SLACK_APP_TOKEN })),
      askedAt: clock.now(),
    });
  }
  return platforms;
}
