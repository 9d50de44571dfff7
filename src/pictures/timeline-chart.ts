import type { TimelineEvent } from '../core/ledger.ts';
import { barAfter, barWords } from './chart-bars.ts';
import { foldLabels } from './chart-fold.ts';
import { eventLabel, type LabelWords } from './chart-labels.ts';
import type { BarShade, ChartEvent, ChartSpec, Theme } from './spec.ts';
import { altOf, counted, dayInWords, shortDay } from './words.ts';

export interface ChartQuestion {
  title: string;
  /** `YYYY-MM-DD`, in Washington. */
  today: string;
  /** Date and source. */
  footer: string;
  theme: Theme;
  locale: string;
}

/** More matters than this share a track by kind. */
const mostTracks = 7;
const kindNames: Readonly<Record<TimelineEvent['kind'], string>> = {
  ban: 'Entry suspensions (travel bans)',
  removal: 'Third-country removals',
  court: 'Court cases',
  other: 'Other visa and entry measures',
};

/** A timeline as a chart: by matter or, where there are many, by kind. Developments oldest first, each there once. */
export function timelineChart(events: readonly TimelineEvent[], asked: ChartQuestion, words: LabelWords): ChartSpec {
  const byMatter = new Set(events.map(({ matter }) => matter)).size <= mostTracks;
  const groups = new Map<string, { event: TimelineEvent; index: number }[]>();
  for (const [index, event] of events.entries()) {
    const id = byMatter ? event.matter : event.kind;
    groups.set(id, [...(groups.get(id) ?? []), { event, index }]);
  }
  const tracks = [...groups].map(([id, members]) => ({
    id,
    name: byMatter ? words.matter(id, members[0]?.event) : kindNames[members[0]?.event.kind ?? 'other'],
    bars: byMatter,
    events: eventsOf(members, byMatter, words),
  }));
  const shades = new Set(byMatter ? tracks.flatMap((track) => track.events.flatMap(({ begins }) => begins ?? [])) : []);
  return {
    kind: 'chart',
    title: asked.title,
    subtitle: spanOf(events),
    notes: [],
    footer: asked.footer,
    alt: altOf([
      `Timeline chart: ${asked.title}. ${spanOf(events)}.`,
      ...(byMatter ? tracks.map(altLine) : kindLines(tracks)),
    ]),
    theme: asked.theme,
    language: asked.locale,
    today: asked.today,
    tracks: byMatter ? tracks : foldLabels(tracks),
    legend: [...shades].map((shade) => ({ shade, text: barWords[shade] })),
  };
}

function eventsOf(
  members: readonly { event: TimelineEvent; index: number }[],
  byMatter: boolean,
  words: LabelWords,
): readonly ChartEvent[] {
  let bar: BarShade | null = null;
  return members.map(({ event, index }, at) => {
    bar = barAfter(event, bar);
    const isFirst = !members.slice(0, at).some((other) => other.event.stage === event.stage);
    return {
      id: `${index}`,
      date: event.date,
      court: event.kind === 'court',
      firm: event.certainty === 'official' || event.certainty === 'confirmed',
      label: eventLabel(event, { byMatter, isFirst }, words),
      stage: event.stage,
      begins: bar,
    };
  });
}

function spanOf(events: readonly TimelineEvent[]): string {
  const told = events.map(({ date }) => date).filter((date) => /^\d{4}/.test(date));
  // `2025` says nothing beside a day of 2025.
  const dates = told.filter((date) => !told.some((other) => other.startsWith(`${date}-`)));
  const [first, last] = [dates[0], dates.at(-1)];
  const many = counted(events.length, 'development', 'developments');
  if (first === undefined || last === undefined) return many;
  return first === last ? `${many}, ${dayInWords(first)}` : `${many}, ${dayInWords(first)} to ${dayInWords(last)}`;
}

function altLine({ name, events }: ChartSpec['tracks'][number]): string {
  return `${name}: ${events.map(({ label }) => label).join('; ')}.`;
}

function kindLines(tracks: ChartSpec['tracks']): readonly string[] {
  return tracks.map(({ name, events }) => {
    const last = events.at(-1);
    return `${name}: ${counted(events.length, 'development', 'developments')}; the latest is ${last?.label || shortDay(last?.date ?? '')}.`;
  });
}
