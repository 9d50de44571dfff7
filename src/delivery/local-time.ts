/** A moment as clocks on a wall show it somewhere. Weekday: 0 is Sunday. */
export interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** What the wall clock shows at `ms`. Throws RangeError for a time zone that does not exist. */
export function localTime(ms: number, timeZone: string): LocalTime {
  // `3/2/2026, 07:05:09`: parsing it is several times faster than asking for its parts.
  const numbers = formatOf(timeZone).format(ms).match(/\d+/g) ?? [];
  const [month = 1, day = 1, year = 0, hour = 0, minute = 0, second = 0] = numbers.map(Number);
  return { year, month, day, hour, minute, second, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

function offsetAt(ms: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = localTime(ms, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1_000) * 1_000;
}

/**
 * The moment at which a wall clock shows this date and time (days over a month's end count on). A time that the
 * change to summer time leaves out is taken as the moment of the change; one that comes twice, as the first.
 */
export function momentOf(year: number, month: number, day: number, minutes: number, timeZone: string): number {
  const wall = Date.UTC(year, month - 1, day, 0, minutes);
  const before = offsetAt(wall - 86_400_000, timeZone);
  const after = offsetAt(wall + 86_400_000, timeZone);
  const candidates = [...new Set([wall - before, wall - after])].sort((a, b) => a - b);
  const exact = candidates.find((moment) => moment + offsetAt(moment, timeZone) === wall);
  if (exact !== undefined) return exact;
  return firstAfterGap(candidates[0] ?? wall, candidates.at(-1) ?? wall, timeZone);
}

/** The moment between two at which the offset changes, to the second. */
function firstAfterGap(from: number, to: number, timeZone: string): number {
  let low = from;
  let high = to;
  const old = offsetAt(low, timeZone);
  if (offsetAt(high, timeZone) === old) return high;
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000;
    if (offsetAt(middle, timeZone) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** `HH:MM` as minutes of the day, or null when it is no time. */
export function minutesOf(time: string): number | null {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}
