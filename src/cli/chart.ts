import type { Command as Program } from 'commander';
import { matterKinds } from '../app-pictures.ts';
import { certainCountry, dateOf } from '../commands/arguments.ts';
import type { Countries } from '../core/country.ts';
import { UsageError, UserError } from '../core/errors.ts';
import type { TimelineEvent } from '../core/ledger.ts';
import { topics } from '../core/reading.ts';
import { dayInWashington } from '../lib/clock.ts';
import { consoleAsker, withApp } from './app-session.ts';
import type { CliIo } from './io.ts';
import { lookOf, type PictureOptions, writePicture } from './picture-file.ts';

interface ChartOptions extends PictureOptions {
  country?: string;
  matter?: string;
  topic?: string;
  since?: string;
  until?: string;
}

/** `borderwire chart --out chart.png [--country C] [--matter M]`: the timeline, drawn. */
export function addChart(program: Program, io: CliIo): void {
  program
    .command('chart')
    .summary('A timeline as a chart: by country, by matter, or all of it')
    .description('Draw a timeline: developments on a time axis, by country, by matter, or all of them')
    .requiredOption('--out <file>', 'where to: a .png or .svg file')
    .option('--country <country>', 'a country')
    .option('--matter <matter>', 'a matter, such as removals/RW, ban/LA or court/dvd-v-dhs, or a court case')
    .option('--topic <topic>', 'one topic')
    .option('--since <date>', 'first day')
    .option('--until <date>', 'last day')
    .option('--theme <theme>', 'light or dark', 'light')
    .option('--locale <language>', 'names of countries in this language, such as ar', 'en')
    .action(async (options: ChartOptions) => {
      const { look, form } = lookOf(options);
      const { country, matter, topic, since, until } = options;
      if (topic !== undefined && !topics.some((each) => each === topic))
        throw new UsageError(`--topic ${topic}: there are ${topics.join(', ')}.`);
      await withApp(io, async (app) => {
        const today = dayInWashington(app.clock.now());
        // As options are written, so that a mistake names the option.
        const given = { country, topic, since, until };
        dateOf(given, 'since', today);
        dateOf(given, 'until', today);
        const place = country === undefined ? undefined : certainCountry(country, app.countries);
        const subject = subjectOf(matter, app.countries);
        const reply = await app.dispatcher.call(
          'timeline',
          { ...given, ...subject, country: country ?? subject.country },
          consoleAsker,
        );
        if (reply.exitCode !== 0) throw new UserError(reply.message.plain);
        const all = (reply.data as { events: readonly TimelineEvent[] }).events;
        const events =
          matter === undefined || subject.case !== undefined ? all : all.filter((each) => each.matter === matter);
        if (events.length === 0)
          throw new UsageError(
            `Nothing is known for ${[place?.name, matter, topic].filter(Boolean).join(', ') || 'these days'}: borderwire timeline shows what is.`,
          );
        const title = place ? `${place.name}: timeline` : titleOf(matter, events, app.countries);
        await writePicture(app, io, app.pictures.timeline(events, title, look), { out: options.out, form });
      });
    });
}

/** `court/dvd-v-dhs` and names of cases are asked as cases, `ban/LA` as Laos: told of all countries, a ban is one step. */
function subjectOf(matter: string | undefined, countries: Countries): { case?: string; country?: string } {
  if (matter === undefined) return {};
  const [kind, name] = matter.split('/');
  if (name === undefined || kind === 'court') return { case: name ?? matter };
  return countries.all.some(({ code }) => code === name) ? { country: name } : {};
}

function titleOf(matter: string | undefined, events: readonly TimelineEvent[], countries: Countries): string {
  if (matter === undefined) return 'Timeline';
  const { country } = subjectOf(matter, countries);
  if (country === undefined) return events[0]?.title.split(/, |: /)[0] ?? matter;
  const [kind = ''] = matter.split('/');
  return `${countries.name(country)}: ${matterKinds[kind] ?? kind}`;
}
