import { parseArgs } from 'node:util';
import { crashOrdeal } from '../test/fakes/crash/ordeal.ts';
import type { Given } from '../test/fakes/crash/servers.ts';

const usage = `npm run crash -- [--kills N] [--seed S] [--discord URL] [--slack URL] [--feeds URL,URL]
  Kills the built program (kill -9) N times at random while it polls feeds and posts to a Discord and a Slack, which
  fail at random too, and counts what those showed. Ends with: LOST n TWICE n UNKNOWN n
  --discord URL           another server instead of the fake: what DISCORD_API_URL takes; --discord-guild ID,
                          --discord-channels ID,ID
  --slack URL             likewise, what SLACK_API_URL takes; --slack-team ID, --slack-channels ID,ID
  --feeds URL,URL         feeds that grow by themselves
  --no-history            the app may not read Slack's histories: what is unknown stays so, and is listed
  --workers N             instead: N whole workers on one PostgreSQL, one killed every 5 s for --minutes M (1), with
                          --sources N (12), --channels N (20); --postgres URL names an empty database, else a server
                          is started, cut off for 30 s and crashed as well
Tokens come from DISCORD_TOKEN, SLACK_BOT_TOKEN and SLACK_APP_TOKEN. Counts come from GET /__log at each server's
origin: a list of messages, each with channel and words as posted (docs/operating.md). Without it the program's own
records are believed, and that is said.
`;

/** So many kills without one send in doubt are a run that went wrong. */
const provingKills = 100;

const text = { type: 'string' } as const;

function options() {
  try {
    return parseArgs({
      options: {
        kills: { ...text, default: '100' },
        seed: text,
        discord: text,
        'discord-guild': text,
        'discord-channels': text,
        slack: text,
        'slack-team': text,
        'slack-channels': text,
        feeds: text,
        'no-history': { type: 'boolean', default: false },
        workers: text,
        postgres: text,
        minutes: { ...text, default: '1' },
        sources: { ...text, default: '12' },
        channels: { ...text, default: '20' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

function wrong(reason: string): never {
  process.stderr.write(`${reason}\n${usage}`);
  process.exit(2);
}

function wholeNumber(name: string, given: string): number {
  const number = Number(given);
  return Number.isInteger(number) && number >= 0 ? number : wrong(`${name} takes a whole number, not “${given}”.`);
}

const list = (given: string) => given.split(',').map((one) => one.trim());

/** What was given, under its name; nothing for what was not. */
function maybe<Name extends string, Value>(name: Name, value: Value | undefined): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Partial<Record<Name, Value>>);
}

async function main(): Promise<number> {
  const values = options();
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const kills = wholeNumber('--kills', values.kills);
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1e9) : wholeNumber('--seed', values.seed);
  if (values.workers !== undefined) {
    const { crashWorkers } = await import('./crash-workers.ts');
    return crashWorkers({
      workers: wholeNumber('--workers', values.workers),
      minutes: wholeNumber('--minutes', values.minutes),
      sources: wholeNumber('--sources', values.sources),
      channels: wholeNumber('--channels', values.channels),
      seed,
      postgres: values.postgres,
    });
  }
  const tokens = ['DISCORD_TOKEN', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const given: Given = {
    env: Object.fromEntries(tokens),
    readsHistory: !values['no-history'],
    ...maybe('discord', values.discord),
    ...maybe('discordGuild', values['discord-guild']),
    ...maybe(
      'discordChannels',
      values['discord-channels'] === undefined ? undefined : list(values['discord-channels']),
    ),
    ...maybe('slack', values.slack),
    ...maybe('slackTeam', values['slack-team']),
    ...maybe('slackChannels', values['slack-channels'] === undefined ? undefined : list(values['slack-channels'])),
    ...maybe('feeds', values.feeds === undefined ? undefined : list(values.feeds)),
  };
  process.stdout.write(`seed ${seed} (again: npm run crash -- --kills ${kills} --seed ${seed})\n`);
  const report = await crashOrdeal(kills, seed, given, (line) => void process.stdout.write(`${line}\n`));
  for (const one of report.lost) process.stdout.write(`lost: ${one}\n`);
  for (const one of report.twice) process.stdout.write(`twice: ${one}\n`);
  for (const one of report.unknown) process.stdout.write(`unknown: ${one}\n`);
  for (const one of report.unseen)
    process.stdout.write(
      `${one} serves no /__log: its messages were not counted; the program's own records are believed\n`,
    );
  process.stdout.write(
    `plan ${report.plan}: ${report.killed} killed, ${report.published} developments published, ${report.owed} first posts owed, ` +
      `${report.ambiguous} sends truly ambiguous\n`,
  );
  const proves = report.ambiguous > 0 && report.owed > 0;
  if (!proves) process.stdout.write('no send was ambiguous, so this run proves little: let it kill more often\n');
  if (report.killed < kills) process.stdout.write(`only ${report.killed} of ${kills} kills met a living program\n`);
  if (report.unsettled > 0) process.stdout.write(`${report.unsettled} deliveries were left unsettled\n`);
  const { lost, twice, unknown, unsettled } = report;
  process.stdout.write(`LOST ${lost.length} TWICE ${twice.length} UNKNOWN ${unknown.length}\n`);
  const whole = lost.length + twice.length + unsettled === 0 && unknown.length <= report.ambiguous;
  return whole && report.killed === kills && (proves || kills < provingKills) ? 0 : 1;
}

process.exitCode = await main();
