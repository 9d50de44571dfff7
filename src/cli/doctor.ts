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
        const checks = [
          { name: 'configuration', ok: true, told: 'every file and variable can be read' },
          await checkFolder(app.config),
          await checkDisk(app.config),
          await checkDatabase(app),
          checkClock(app),
          checkLedger(app),
          await checkSources(app),
          ...(await checkTokens(app.config)),
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

/** A clock far off breaks TLS, quiet hours and what counts as today. The ledger's own dates tell a clock set back. */
function checkClock(app: App): Check {
  const now = new Date(app.clock.now()).toISOString();
  const ok = now.slice(0, 10) >= app.ledger.lastVerified;
  return {
    name: 'clock',
    ok,
    told: ok ? now : `${now} is before the ledger’s last check (${app.ledger.lastVerified}); set the machine’s clock`,
  };
}

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

/** Each token is shown to its platform, which is asked whose it is. */
async function checkTokens({ environment }: Config): Promise<readonly Check[]> {
  const { DISCORD_TOKEN, DISCORD_API_URL, SLACK_BOT_TOKEN, SLACK_API_URL } = environment;
  const checks: Check[] = [];
  if (DISCORD_TOKEN !== undefined) {
    const { checkDiscord } = await import('../adapters/discord/check.ts');
    const asked = { token: DISCORD_TOKEN, ...(DISCORD_API_URL === undefined ? {} : { apiUrl: DISCORD_API_URL }) };
    checks.push({ name: 'Discord', ...(await checkDiscord(asked)) });
  }
  if (SLACK_BOT_TOKEN !== undefined) {
    const { checkSlack } = await import('../adapters/slack/check.ts');
    const asked = { token: SLACK_BOT_TOKEN, ...(SLACK_API_URL === undefined ? {} : { apiUrl: SLACK_API_URL }) };
    checks.push({ name: 'Slack', ...(await checkSlack(asked)) });
  }
  return checks.length > 0 ? checks : [{ name: 'platforms', ok: true, told: 'no tokens: the console is used' }];
}
