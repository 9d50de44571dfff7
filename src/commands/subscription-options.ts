import type { Arguments, CommandOption } from '../core/command.ts';
import { UserError } from '../core/errors.ts';
import { banStages, certainties, courtStages, removalStages, type Stage, topics } from '../core/reading.ts';
import { type CountryRole, type QuietHours, quietHolds, type Subscription } from '../core/subscription.ts';
import { certainCountry, listOf, textOf } from './arguments.ts';
import type { Services } from './services.ts';

const stages: readonly Stage[] = [...new Set<Stage>([...banStages, ...removalStages, ...courtStages])];
const roles: readonly CountryRole[] = ['banned', 'receiving', 'nationality'];
const updateStyles = ['edit', 'thread', 'new'] as const;
const digests = ['immediate', 'hourly', 'daily', 'weekly'] as const;
/** Takes a choice of a list back: everything again. */
export const everything = 'all';
const asChoices = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** What can be chosen of a subscription, by `/subscribe` and, later, by `/subscriptions change`. */
export const subscriptionOptions: readonly CommandOption[] = [
  {
    name: 'country',
    summary: 'only these countries, comma-separated',
    type: 'country',
    many: true,
    positional: true,
  },
  {
    name: 'roles',
    summary: 'only where a country plays this part: banned, receiving, or the nationality of those removed',
    type: 'choice',
    many: true,
    choices: asChoices(roles),
  },
  { name: 'topic', summary: 'only these topics', type: 'choice', many: true, choices: asChoices(topics) },
  { name: 'certainty', summary: 'least certainty', type: 'choice', choices: asChoices(certainties) },
  { name: 'stages', summary: 'only these stages', type: 'choice', many: true, choices: asChoices(stages) },
  { name: 'languages', summary: 'only outlets in these languages (en, es, …)', type: 'text', many: true },
  {
    name: 'sources',
    summary: 'only these outlets or kinds of source (Reuters, official, …)',
    type: 'text',
    many: true,
  },
  { name: 'digest', summary: 'immediate, hourly, daily or weekly', type: 'choice', choices: asChoices(digests) },
  { name: 'at', summary: 'local time of a daily or weekly digest, such as 08:30', type: 'text' },
  { name: 'quiet', summary: 'quiet hours, such as 22:00-07:00', type: 'text' },
  {
    name: 'hold',
    summary: 'what quiet hours hold back',
    type: 'choice',
    choices: asChoices(quietHolds),
  },
  { name: 'zone', summary: 'time zone, such as Europe/Belgrade', type: 'text' },
  {
    name: 'updates',
    summary: 'how changes are told: edit, thread or new',
    type: 'choice',
    choices: asChoices(updateStyles),
  },
  {
    name: 'reminders',
    summary: 'on: told 7 days and 1 day before something takes effect, ends, is argued or falls due for review',
    type: 'choice',
    choices: asChoices(['on', 'off']),
  },
];

/** A subscription with what was chosen in these words; what is left out stays. Throws UserError for what cannot be read. */
export function withChoices(base: Subscription, args: Arguments, services: Services): Subscription {
  const given = (name: string): boolean => args[name] !== undefined;
  const picked = <T extends string>(name: string, all: readonly T[], now: readonly T[]): readonly T[] =>
    given(name) ? all.filter((each) => listOf(args, name).includes(each)) : now;
  const zone = given('zone') ? zoneOf(textOf(args, 'zone') ?? '') : base.timeZone;
  const { reminders: _, roles: before = [], ...rest } = base;
  const reminders = given('reminders') ? textOf(args, 'reminders') === 'on' : base.reminders === true;
  const parts = picked('roles', roles, before);
  return {
    ...rest,
    ...(parts.length > 0 ? { roles: parts } : {}),
    topics: picked('topic', topics, base.topics),
    countries: given('country') ? countriesOf(args, services) : base.countries,
    minimumCertainty: certainties.find((known) => known === textOf(args, 'certainty')) ?? base.minimumCertainty,
    stages: picked('stages', stages, base.stages),
    languages: given('languages') ? languagesOf(args) : base.languages,
    sources: given('sources')
      ? listOf(args, 'sources').filter((name) => name.toLowerCase() !== everything)
      : base.sources,
    ...digestOf(base, args),
    timeZone: zone,
    quietHours: quietHoursOf(base.quietHours, args, zone),
    updates: updateStyles.find((known) => known === textOf(args, 'updates')) ?? base.updates,
    ...(reminders ? { reminders } : {}),
  };
}

const afterFlag = /(?<=\p{RI}{2}|:flag-[a-z]{2}:)\s+/iu;
const and = /\s+(?:and|or|y|et|e|&)\s+/i;

function countriesOf(args: Arguments, { countries }: Services): readonly string[] {
  const names = listOf(args, 'country')
    .filter((name) => name.toLowerCase() !== everything)
    .flatMap((name) => name.split(afterFlag))
    // Trinidad and Tobago is one.
    .flatMap((name) => (countries.resolve(name).kind === 'unknown' ? name.split(and) : [name]));
  return [...new Set(names.map((name) => certainCountry(name, countries).code))];
}

function languagesOf(args: Arguments): readonly string[] {
  return listOf(args, 'languages')
    .map((language) => language.toLowerCase())
    .filter((language) => language !== everything);
}

function digestOf(base: Subscription, args: Arguments): Pick<Subscription, 'digest' | 'digestAt'> {
  const digest = digests.find((known) => known === textOf(args, 'digest')) ?? base.digest;
  const dated = digest === 'daily' || digest === 'weekly';
  return { digest, digestAt: dated ? timeOf(textOf(args, 'at') ?? base.digestAt ?? '08:00') : null };
}

function quietHoursOf(base: QuietHours | null, args: Arguments, timeZone: string): QuietHours | null {
  const text = textOf(args, 'quiet');
  const hours = text === undefined ? base : hoursOf(text);
  const hold = quietHolds.find((known) => known === textOf(args, 'hold'));
  if (hold && !hours) throw new UserError('There are no quiet hours to hold anything back. Try quiet:22:00-07:00.');
  return hours && { start: hours.start, end: hours.end, timeZone, hold: hold ?? base?.hold ?? 'all' };
}

function hoursOf(text: string): Pick<QuietHours, 'start' | 'end'> | null {
  if (/^(?:off|none)$/i.test(text.trim())) return null;
  const match = /^(\d[\d:apm ]*?)\s*(?:-|–|to)\s*(\d.*)$/i.exec(text.trim());
  if (!match) throw new UserError(`“${text}” are no quiet hours that I can read. Try 22:00-07:00.`);
  return { start: timeOf(match[1] ?? ''), end: timeOf(match[2] ?? '') };
}

function timeOf(text: string): string {
  const match = /^(\d{1,2})(?::(\d{2}))?\s*(am|pm)?$/i.exec(text.trim());
  const [said, minute, half] = [Number(match?.[1]), Number(match?.[2] ?? 0), match?.[3]?.toLowerCase()];
  const hour = half === undefined ? said : (said % 12) + (half === 'pm' ? 12 : 0);
  if (!match || hour > 23 || minute > 59 || (half !== undefined && (said < 1 || said > 12)))
    throw new UserError(`“${text}” is no time of day. Try 08:30.`);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** A time zone's own name, by it or by its city alone. Throws UserError when there is none such. */
export function zoneOf(text: string): string {
  const city = text.trim().replaceAll(/\s+/g, '_').toLowerCase();
  const name =
    Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase().endsWith(`/${city}`)) ?? text.trim();
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw new UserError(`“${text}” is no time zone. Try one such as America/New_York or Europe/Belgrade.`);
  }
}
