import { widthOf } from './fonts.ts';
import { shortDay } from './words.ts';

const dayMs = 86_400_000;

/** From days to pixels. Long stretches in which nothing happened are drawn short, and marked as broken. */
export interface TimeScale {
  /** Of a ledger date; one of less precision stands in the middle of what it may mean. */
  x(date: string): number;
  /** Where the axis is broken. */
  breaks: readonly number[];
  ticks: readonly { x: number; text: string }[];
}

/** Days since 1970; null where the date is not known. */
export function dayNumber(date: string): number | null {
  if (!/^\d{4}/.test(date)) return null;
  const [year = '', month, day] = date.split('-');
  const iso = `${year}-${month ?? '07'}-${day ?? (month === undefined ? '01' : '15')}`;
  const time = Date.parse(iso);
  return Number.isNaN(time) ? null : time / dayMs;
}

/** A gap of more than twice this part of the whole is drawn as no longer than this part, */
const longestGap = 0.08;
/** unless it is shorter than this, in days. */
const leastBroken = 300;

/** @param dates those to be shown, today among them; dates that are not known are at the axis's left end */
export function timeScale(dates: readonly string[], left: number, right: number, tickSize: number): TimeScale {
  const known = [...new Set(dates.flatMap((date) => dayNumber(date) ?? []))].toSorted((a, b) => a - b);
  const undated = dates.some((date) => dayNumber(date) === null);
  const stops = stopsOf(known.length === 0 ? [0] : known);
  const start = undated ? left + 130 : left;
  const drawnDays = stops.at(-1)?.drawn ?? 1;
  const position = (day: number): number => start + (drawnOf(stops, day) / drawnDays) * (right - start);
  const breaks = stops.flatMap((stop, index) => {
    const before = stops[index - 1];
    return stop.broken && before ? [(position(before.day) + position(stop.day)) / 2] : [];
  });
  const isBroken = (day: number): boolean =>
    stops.some((stop, index) => stop.broken && day < stop.day && day > (stops[index - 1]?.day ?? 0));
  const ticks = ticksOf(stops, (day) => position(day), isBroken).filter(({ x }) => x >= start && x <= right);
  return {
    x: (date) => {
      const day = dayNumber(date);
      return day === null ? left + 40 : position(day);
    },
    breaks,
    ticks: withoutOverlaps([...(undated ? [{ x: left + 40, text: 'no date' }] : []), ...ticks], tickSize, right),
  };
}

interface Stop {
  day: number;
  /** Days from the first one as they are drawn. */
  drawn: number;
  /** The stretch before it is drawn short. */
  broken: boolean;
}

function stopsOf(days: readonly number[]): readonly Stop[] {
  const [first = 0, last = first] = [days[0], days.at(-1)];
  const most = Math.max(1, (last - first) * longestGap);
  const pad = Math.max(0.6, Math.min(last - first, most * 12) * 0.02);
  const stops: Stop[] = [{ day: first - pad, drawn: 0, broken: false }];
  for (const day of days) {
    const before = stops.at(-1) ?? { day, drawn: 0 };
    const gap = day - before.day;
    const broken = gap > 2 * most && gap > leastBroken;
    stops.push({ day, drawn: before.drawn + (broken ? most : gap), broken });
  }
  const end = stops.at(-1) ?? { day: last, drawn: 1 };
  stops.push({ day: end.day + pad, drawn: end.drawn + pad, broken: false });
  return stops;
}

function drawnOf(stops: readonly Stop[], day: number): number {
  const index = Math.max(
    1,
    stops.findIndex((stop) => stop.day >= day),
  );
  const [before, after] = [stops[index - 1], stops[index] ?? stops.at(-1)];
  if (!before || !after || after.day === before.day) return after?.drawn ?? 0;
  const part = Math.min(1, Math.max(0, (day - before.day) / (after.day - before.day)));
  return before.drawn + part * (after.drawn - before.drawn);
}

function ticksOf(
  stops: readonly Stop[],
  position: (day: number) => number,
  isBroken: (day: number) => boolean,
): readonly { x: number; text: string }[] {
  const [first, last] = [stops[0]?.day ?? 0, stops.at(-1)?.day ?? 1];
  const shown = stops.at(-1)?.drawn ?? 1;
  const dates =
    shown > 100 ? monthStarts(first, last, shown > 900 ? 6 : shown > 330 ? 3 : 1) : daysBetween(first, last, shown);
  return dates
    .map((date) => ({ date, day: dayNumber(date) ?? 0 }))
    .filter(({ day }) => !isBroken(day))
    .map(({ date, day }) => ({ x: position(day), text: shown > 100 ? shortDay(date.slice(0, 7)) : shortDay(date) }));
}

function monthStarts(first: number, last: number, every: number): readonly string[] {
  const dates: string[] = [];
  const begin = new Date(first * dayMs);
  for (let month = begin.getUTCMonth() - (begin.getUTCMonth() % every); ; month += every) {
    const time = Date.UTC(begin.getUTCFullYear(), month, 1);
    if (time / dayMs > last) return dates;
    if (time / dayMs >= first) dates.push(new Date(time).toISOString().slice(0, 10));
  }
}

function daysBetween(first: number, last: number, shown: number): readonly string[] {
  const step = Math.max(1, Math.round(shown / 6));
  const dates: string[] = [];
  for (let day = Math.ceil(first); day <= last; day += step)
    dates.push(new Date(day * dayMs).toISOString().slice(0, 10));
  return dates;
}

/** Ticks whose words would touch the last one's are left out; all words stand centred under their ticks. */
function withoutOverlaps(
  ticks: readonly { x: number; text: string }[],
  size: number,
  right: number,
): readonly { x: number; text: string }[] {
  const kept: { x: number; text: string }[] = [];
  let edge = -14;
  for (const tick of ticks) {
    const half = widthOf(tick.text, size) / 2;
    if (tick.x - half < edge + 24 || tick.x + half > right + 44) continue;
    kept.push(tick);
    edge = tick.x + half;
  }
  return kept;
}
