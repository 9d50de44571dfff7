import type { Command as Program } from 'commander';
import { dateOf } from '../commands/arguments.ts';
import { UsageError } from '../core/errors.ts';
import { dayInWashington } from '../lib/clock.ts';
import { withApp } from './app-session.ts';
import type { CliIo } from './io.ts';
import { lookOf, type PictureOptions, writePicture } from './picture-file.ts';

const topics = ['travel-ban', 'third-country-removal'] as const;

interface MapOptions extends PictureOptions {
  on?: string;
  since?: string;
  topic: string;
}

/** `borderwire map --out map.png [--on DATE] [--since DATE] [--topic TOPIC]`. */
export function addMap(program: Program, io: CliIo): void {
  program
    .command('map')
    .summary('A world map of entry suspensions, of what changed, or of deportation deals')
    .description(
      'Draw a world map: entry suspensions on a day, what changed since another, or deportation deals by stage',
    )
    .requiredOption('--out <file>', 'where to: a .png or .svg file')
    .option('--on <date>', 'the day shown, such as 2026-01-02 (default: today in Washington)')
    .option('--since <date>', 'show what changed from this earlier day')
    .option('--topic <topic>', topics.join(' or '), 'travel-ban')
    .option('--theme <theme>', 'light or dark', 'light')
    .option('--locale <language>', 'names of countries in this language, such as ar', 'en')
    .action(async (options: MapOptions) => {
      const { look, form } = lookOf(options);
      const topic = topics.find((each) => each === options.topic);
      if (!topic) throw new UsageError(`--topic ${options.topic}: there are ${topics.join(' and ')}.`);
      if (topic !== 'travel-ban' && options.since !== undefined)
        throw new UsageError(
          '--since compares entry suspensions only: leave it out with --topic third-country-removal.',
        );
      await withApp(io, async (app) => {
        const today = dayInWashington(app.clock.now());
        const on = oneDay('on', options.on, today) ?? today;
        const since = oneDay('since', options.since, today);
        if (since !== undefined && since >= on)
          throw new UsageError(`--since names the earlier day of the two: ${since} is not before ${on}.`);
        const spec = topic === 'travel-ban' ? app.pictures.bans(on, since, look) : app.pictures.deals(on, look);
        await writePicture(app, io, spec, { out: options.out, form });
      });
    });
}

function oneDay(name: string, text: string | undefined, today: string): string | undefined {
  const span = dateOf({ [name]: text }, name, today);
  if (span && span.from !== span.to) throw new UsageError(`--${name} ${text}: name one day, such as ${span.from}.`);
  return span?.from;
}
