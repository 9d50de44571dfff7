import type { CountryCode } from './country.ts';
import type { TimelineEvent } from './ledger.ts';
import type { StoryOutline } from './story.ts';

const nearDays = 3;

function kindOf(matter: string): string {
  return matter.split('/')[0] ?? matter;
}

/** The matters that a story is about: those of its main one's kind. The others it only mentions. */
export function ownMatters({ matters }: Pick<StoryOutline, 'matters'>): StoryOutline['matters'] {
  return matters.filter(({ id }) => kindOf(id) === kindOf(matters[0]?.id ?? ''));
}

/** Whether a story's development concerns a country; a list of bans retold beside a removal does not. */
export function concerns(story: Pick<StoryOutline, 'matters' | 'countries'>, code: CountryCode): boolean {
  const { receiving, nationality, banned } = story.countries;
  const isRetold = kindOf(story.matters[0]?.id ?? '') === 'removals';
  return (
    receiving.includes(code) ||
    nationality.includes(code) ||
    (!isRetold && banned.includes(code)) ||
    ownMatters(story).some(({ countries }) => countries.includes(code))
  );
}

/**
 * Ledger steps and stories in one order, oldest first, days not known before all. A story that tells the same step of the same matter
 * (same stage, within three days) becomes the step's link instead of a second line.
 */
export function mergeTimeline(
  steps: readonly TimelineEvent[],
  stories: readonly StoryOutline[],
): readonly TimelineEvent[] {
  const events = steps.map((step) => ({ ...step }));
  const bySteps = new Map<string, TimelineEvent[]>();
  for (const event of events) {
    const same = bySteps.get(stepKey(event));
    if (same) same.push(event);
    else bySteps.set(stepKey(event), [event]);
  }
  const told: TimelineEvent[] = [];
  for (const story of stories) {
    const [main] = story.matters;
    const twins = [...new Set(ownMatters(story).map(({ id, stage }) => stepKey({ matter: id, stage })))]
      .flatMap((key) => bySteps.get(key) ?? [])
      .filter((event) => event.story === null && isNear(event.date, story.date));
    for (const twin of twins) twin.story = story.id;
    if (twins.length === 0 && main) told.push(eventOf(story, main.id));
  }
  return [...events, ...told].sort((a, b) =>
    a.date === b.date ? a.matter.localeCompare(b.matter) : sortedBy(a.date) < sortedBy(b.date) ? -1 : 1,
  );
}

function stepKey({ matter, stage }: { matter: string; stage: string | null }): string {
  return `${matter} ${stage ?? ''}`;
}

/** What happened on a day not known comes first, and never as the newest. */
function sortedBy(date: string): string {
  return date === 'unknown' ? '' : date;
}

function eventOf(story: StoryOutline, matter: string): TimelineEvent {
  const member = story.members[0];
  return {
    date: story.date,
    matter,
    kind: matter.startsWith('ban/')
      ? 'ban'
      : matter.startsWith('removals/')
        ? 'removal'
        : matter.startsWith('court/')
          ? 'court'
          : 'other',
    stage: story.stage ?? 'reported',
    certainty: story.certainty,
    countries: [...new Set(ownMatters(story).flatMap((each) => each.countries))],
    title: story.headline,
    source: { title: member?.publisher ?? 'source', url: member?.url ?? null },
    story: story.id,
  };
}

function isNear(a: string, b: string): boolean {
  if (a.length < 10 || b.length < 10) return b.startsWith(a) || a.startsWith(b);
  return Math.abs(Date.parse(a) - Date.parse(b)) <= nearDays * 86_400_000;
}

const columns = [
  'date',
  'matter',
  'kind',
  'stage',
  'certainty',
  'countries',
  'title',
  'source',
  'url',
  'story',
] as const;

/** RFC 4180, one development a row; cells that a spreadsheet would run as formulas are kept as text. */
export function timelineCsv(events: readonly TimelineEvent[]): string {
  const rows = events.map((event) =>
    [
      event.date,
      event.matter,
      event.kind,
      event.stage,
      event.certainty,
      event.countries.join(' '),
      event.title,
      event.source.title,
      event.source.url ?? '',
      event.story ?? '',
    ]
      .map(cell)
      .join(','),
  );
  return `${[columns.join(','), ...rows].join('\r\n')}\r\n`;
}

function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
