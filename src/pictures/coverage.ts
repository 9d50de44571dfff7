import type { Story } from '../core/story.ts';
import type { SparklineSpec, Theme } from './spec.ts';
import { altOf, counted, dayInWords } from './words.ts';

const dayMs = 86_400_000;
/** More days than this are not told apart on a phone: the first ones are then left out, and the title says so. */
const mostDays = 60;

/**
 * Coverage of a story day by day: its articles, and the originators that they go back to. Null where there
 * is nothing to compare: fewer than two articles with a date.
 */
export function coverage(story: Story, { theme, locale }: { theme: Theme; locale: string }): SparklineSpec | null {
  const dated = story.members
    .filter((member) => member.dated !== 'arrival')
    .map(({ published, reading }) => ({
      day: published.slice(0, 10),
      names: reading.originators.map(({ name }) => name),
    }));
  if (dated.length < 2) return null;
  const all = daysBetween(dated.map(({ day }) => day).toSorted());
  const days = all.slice(-mostDays).map((day) => ({
    day,
    articles: dated.filter((each) => each.day === day).length,
    originators: new Set(dated.filter((each) => each.day === day).flatMap(({ names }) => names)).size,
  }));
  const told = counted(dated.length, 'article', 'articles');
  const originators = counted(story.originators.length, 'originator', 'originators');
  const busiest = days.reduce((most, each) => (each.articles > most.articles ? each : most));
  const [first = '', last = ''] = [all[0], all.at(-1)];
  const span = first === last ? `on ${dayInWords(first)}` : `from ${dayInWords(first)} to ${dayInWords(last)}`;
  return {
    kind: 'sparkline',
    title: 'Coverage a day',
    subtitle: `${told}, ${originators}, ${span}`,
    notes: all.length > mostDays ? [`The last ${mostDays} of ${all.length} days.`] : [],
    footer: story.headline,
    alt: altOf([
      `Bar chart: coverage of this story, ${span}: ${told}, ${originators}.`,
      `Most on ${dayInWords(busiest.day)}: ${busiest.articles}.`,
    ]),
    theme,
    language: locale,
    days,
  };
}

function daysBetween(sorted: readonly string[]): readonly string[] {
  const [first, last] = [Date.parse(sorted[0] ?? ''), Date.parse(sorted.at(-1) ?? '')];
  if (Number.isNaN(first) || Number.isNaN(last)) return sorted;
  return Array.from({ length: Math.round((last - first) / dayMs) + 1 }, (_, index) =>
    new Date(first + index * dayMs).toISOString().slice(0, 10),
  );
}
