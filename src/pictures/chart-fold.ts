import { shortStage } from './chart-labels.ts';
import type { ChartEvent, ChartSpec } from './spec.ts';
import { shortDay } from './words.ts';

/** As many labels as a chart stays legible with. */
const mostLabels = 44;

type Track = ChartSpec['tracks'][number];

/** Coarser and coarser: what shares a key shares a label. */
const keys: readonly ((event: ChartEvent) => string)[] = [
  ({ id }) => id,
  ({ date, stage }) => `${date.slice(0, 7)} ${stage}`,
  ({ date }) => date.slice(0, 7),
  ({ date }) => quarterOf(date),
  ({ date }) => date.slice(0, 4),
];

/**
 * Where there are too many developments for a label each, those of one track and time share one: `May 2025: asked ×4,
 * blocked ×2`. Every development keeps its own mark.
 */
export function foldLabels(tracks: readonly Track[]): readonly Track[] {
  const folded = keys.map((key) => tracks.map((track) => ({ ...track, events: folding(track.events, key) })));
  return folded.find((each) => labelsOf(each) <= mostLabels) ?? folded.at(-1) ?? tracks;
}

function labelsOf(tracks: readonly Track[]): number {
  return tracks.reduce((sum, { events }) => sum + events.filter(({ label }) => label !== '').length, 0);
}

function folding(events: readonly ChartEvent[], key: (event: ChartEvent) => string): readonly ChartEvent[] {
  const groups = new Map<string, ChartEvent[]>();
  for (const event of events) groups.set(key(event), [...(groups.get(key(event)) ?? []), event]);
  return events.map((event) => {
    const group = groups.get(key(event)) ?? [];
    if (group.length === 1) return event;
    return { ...event, label: group[0] === event ? together(group) : '' };
  });
}

function together(group: readonly ChartEvent[]): string {
  const counts = new Map<string, number>();
  for (const { stage } of group) counts.set(stage, (counts.get(stage) ?? 0) + 1);
  const what = [...counts]
    .map(([stage, count]) => (count === 1 ? shortStage(stage) : `${shortStage(stage)} ×${count}`))
    .join(', ');
  const months = group.map(({ date }) => date.slice(0, 7));
  // Of one whose month is not known the others say more.
  const known = months.filter((month) => month.length === 7);
  const [first = '', last = ''] = [known[0] ?? months[0], known.at(-1) ?? months.at(-1)];
  return `${shortDay(first)}${first === last ? '' : ` – ${shortDay(last)}`}: ${what}`;
}

function quarterOf(date: string): string {
  return `${date.slice(0, 4)} ${Math.floor((Number(date.slice(5, 7) || '7') - 1) / 3)}`;
}
