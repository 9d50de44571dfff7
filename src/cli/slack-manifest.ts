import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError, type Command as Program } from 'commander';
import { type ExtraName, extras } from '../adapters/slack/extras.ts';
import { manifestFor, namesOf } from '../adapters/slack/manifest.ts';
import { loadConfig, packageFolder } from '../config/load.ts';
import type { CliIo } from './io.ts';
import { slackNames } from './slack.ts';

const names = Object.keys(extras) as ExtraName[];

/** `slack-manifest`: the app manifest to paste at Slack, as settings.yaml and the environment have it. */
export function addSlackManifest(program: Program, io: CliIo): void {
  program
    .command('slack-manifest')
    .description('Print the Slack app manifest: command names, extras and address as in settings.yaml')
    .option('--with <extras>', `ask for more: ${names.join(', ')}`, readExtras)
    .option('--http', 'requests over HTTP to slack.publicUrl, instead of Socket Mode')
    .action((options: { with?: readonly ExtraName[]; http?: boolean }) => {
      const config = loadConfig(io.env);
      const { slack } = config.settings;
      const { SLACK_CLIENT_ID, SLACK_SIGNING_SECRET, SLACK_APP_TOKEN } = config.environment;
      const manifest = readFileSync(join(packageFolder, 'slack-manifest.yaml'), 'utf8');
      io.stdout.write(
        manifestFor(manifest, {
          names: namesOf(slackNames(config)),
          extras: [...new Set([...slack.extras, ...(options.with ?? [])])],
          publicUrl: slack.publicUrl,
          http: options.http ?? (SLACK_SIGNING_SECRET !== undefined && SLACK_APP_TOKEN === undefined),
          oauth: SLACK_CLIENT_ID !== undefined,
        }),
      );
    });
}

function readExtras(text: string): readonly ExtraName[] {
  return text.split(',').map((word) => {
    const name = names.find((known) => known === word.trim());
    if (!name) throw new InvalidArgumentError(`“${word.trim()}” is no extra. Choose from ${names.join(', ')}.`);
    return name;
  });
}
