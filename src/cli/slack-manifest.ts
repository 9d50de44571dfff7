import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command as Program } from 'commander';
import { namesOf, renameInManifest } from '../adapters/slack/manifest.ts';
import { loadConfig, packageFolder } from '../config/load.ts';
import type { CliIo } from './io.ts';
import { slackNames } from './platforms.ts';

/** `slack-manifest`: the app manifest to paste at Slack, with the command names of settings.yaml. */
export function addSlackManifest(program: Program, io: CliIo): void {
  program
    .command('slack-manifest')
    .description('Print the Slack app manifest, with the command names of settings.yaml')
    .action(() => {
      const manifest = readFileSync(join(packageFolder, 'slack-manifest.yaml'), 'utf8');
      io.stdout.write(renameInManifest(manifest, namesOf(slackNames(loadConfig(io.env)))));
    });
}
