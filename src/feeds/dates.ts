import { months, zones } from './date-names.ts';

/** A date longer than this is none; it also bounds the patterns below. */
const longest = 120;

interface Parts {
  year: number;
  /** 0 = January. */
  month: number;
  day: number;
  hour?: number;
  minute?: number;
  second?: number;
  /** Minutes east of UTC. */
  offset?: number;
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return text.length === 3 ? 1900 + year : year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function instant(parts: Parts): string | null {
  const { year, month, day, hour = 0, minute = 0, second = 0, offset = 0 } = parts;
  if (year < 1 || year > 9999 || month < 0 || month > 11 || day < 1 || day > 31) return null;
  if (hour > 24 || minute > 59 || second > 60.999 || Math.abs(offset) > 99 * 60) return null;
  const date = new Date(0);
  // A day that its month lacks (31 June) means its last day, not one in the next month.
  const last = new Date(Date.UTC(2000 + (year % 400), month + 1, 0)).getUTCDate();
  date.setUTCFullYear(year, month, Math.min(day, last));
  date.setUTCHours(hour, minute - offset, Math.min(second, 59.999), (second % 1) * 1000);
  const time = date.getTime();
  return Number.isFinite(time) && date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999
    ? date.toISOString()
    : null;
}

/** `+02:00`, `-0500`, `+2`, `Z`, `EST`, `GMT+1`; nothing and what is unknown are UTC. */
function offsetOf(zone: string): number {
  const numeric = /([+\-\u2212])\s*(\d{1,2})(?::?\s*-?(\d{2}))?(?!\d)/.exec(zone);
  if (numeric !== null) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return numeric[1] === '+' ? minutes : -minutes;
  }
  const name = /[a-z]+/i.exec(zone)?.[0].toLowerCase() ?? '';
  return zones.get(name) ?? 0;
}

/** `10:14:55.5 pm +0200` and what may follow a date. */
function timeOf(rest: string): Pick<Parts, 'hour' | 'minute' | 'second' | 'offset'> {
  const found =
    /^\D{0,12}?(\d{1,2})\s*[:.h]\s*(\d{1,2})(?:\s*[:.]\s*(\d{1,2}(?:[.,]\d+)?))?\s*([ap]\.?m\b\.?)?/i.exec(rest) ??
    /^[\s,t@]*(?:at\s*)?(\d{1,2})()()\s*([ap]\.?m\b\.?)/i.exec(rest);
  if (found === null) return { offset: /^\s*(?:$|\d)/.test(rest) ? 0 : offsetOf(rest) };
  const half = found[4]?.[0]?.toLowerCase();
  const clock = Number(found[1]);
  const hour = half === 'p' && clock < 12 ? clock + 12 : half === 'a' && clock === 12 ? 0 : clock;
  return {
    hour,
    minute: Number(found[2] || 0),
    second: Number((found[3] || '0').replace(',', '.')),
    offset: offsetOf(rest.slice(found[0].length)),
  };
}

/** The fourth of January is always in the first week, which begins on a Monday. */
function weekDate(year: number, week: number, weekday: number, rest: string): string | null {
  if (week < 1 || week > 53) return null;
  const fourth = new Date(Date.UTC(year, 0, 4));
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7);
  const day = new Date(Date.UTC(year, 0, monday + (week - 1) * 7 + weekday - 1));
  return instant({ year: day.getUTCFullYear(), month: day.getUTCMonth(), day: day.getUTCDate(), ...timeOf(rest) });
}

/** `2004-01-02T03:04:05.6+07:00`, `2004-01`, `2004`, `20040102T030405Z`, `2004-002`, `2004-W02-5`, `04-01-02`. */
function iso(text: string): string | null {
  const week = /^(\d{4})-?W(\d{2})-?([1-7])?(?!\d)(.*)$/is.exec(text);
  if (week !== null) return weekDate(Number(week[1]), Number(week[2]), Number(week[3] ?? 1), week[4] ?? '');
  const ordinal = /^(\d{4})-?(\d{3})(?!\d)(.*)$/s.exec(text);
  if (ordinal !== null) {
    const day = new Date(Date.UTC(Number(ordinal[1]), 0, Number(ordinal[2])));
    return instant({
      year: Number(ordinal[1]),
      month: day.getUTCMonth(),
      day: day.getUTCDate(),
      ...timeOf(ordinal[3] ?? ''),
    });
  }
  const compact = /^(\d{4})(\d{2})(\d{2})(?:[t\s]?(\d{2})(\d{2})(\d{2})?(\D.*)?)?$/is.exec(text);
  if (compact !== null) {
    const [, year, month, day, hour = '0', minute = '0', second = '0', zone = ''] = compact;
    return instant({
      year: Number(year),
      month: Number(month) - 1,
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      offset: offsetOf(zone),
    });
  }
  const dashed =
    /^(\d{4}|\d{2}(?=-\d{2}-\d{2}(?!\d)))(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?=$|[\sT,+Z-])(.*)$/is.exec(text);
  if (dashed === null) return null;
  const [, year = '', month = '1', day = '1', rest = ''] = dashed;
  return instant({ year: fullYear(year), month: Number(month) - 1, day: Number(day), ...timeOf(rest) });
}

/** `Thu, 01 Jan 2004 19:48:21 GMT`, `1 janvier 2004`, `01-Jan-04`. */
function dayFirst(text: string): string | null {
  const found =
    /(?:^|[^\d:])(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s-]+(?:de\s+|of\s+)?(\p{L}+)\.?,?[\s-]+(?:de\s+)?(\d{4}|\d{2,3})(?![\d:])(.*)$/su.exec(
      text,
    );
  const month = months.get(found?.[2]?.toLowerCase() ?? '');
  if (found === null || month === undefined) return null;
  return instant({ year: fullYear(found[3] ?? ''), month, day: Number(found[1]), ...timeOf(found[4] ?? '') });
}

/** `January 1, 2004 7:48 PM EST`, `Thu Jan  1 19:48:21 2004`, `Jan 1 19:48:21 EST 2004`. */
function monthFirst(text: string): string | null {
  const found = /(\p{L}{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\d:])(.*)$/su.exec(text);
  const month = months.get(found?.[1]?.toLowerCase() ?? '');
  if (found === null || month === undefined) return null;
  const rest = found[3] ?? '';
  const year = /(?:^|[\s,])(\d{4})(?![\d:])/.exec(rest);
  if (year === null) return null;
  // The year may stand before or after the time.
  const time = rest.slice(0, year.index) + ' ' + rest.slice(year.index + year[0].length);
  return instant({ year: Number(year[1]), month, day: Number(found[2]), ...timeOf(time) });
}

/** `01/02/2004 3:04 PM` (month first, as in the US, unless that cannot be), `31.12.2004`. */
function slashed(text: string): string | null {
  const found = /(?:^|\s)(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)(.*)$/s.exec(text);
  if (found === null) return null;
  const [, a = '', mark, b = '', year = '', rest = ''] = found;
  const dayLeads = mark === '.' || Number(a) > 12;
  const [day, month] = dayLeads ? [a, b] : [b, a];
  return instant({ year: fullYear(year), month: Number(month) - 1, day: Number(day), ...timeOf(rest) });
}

/** `2004년 05월 28일 오후 11:31:15`, `2004年1月2日 10:00`. */
function eastern(text: string): string | null {
  const found =
    /(\d{4})\s*[년年]\s*(\d{1,2})\s*[월月]\s*(\d{1,2})\s*[일日]?\s*(오전|오후|上午|下午|午前|午後)?(.*)$/s.exec(text);
  if (found === null) return null;
  const half = found[4] === undefined ? '' : /오후|下午|午後/.test(found[4]) ? ' pm' : ' am';
  const clock = /^\D*(\d{1,2}:\d{2}(?::\d{2})?)(.*)$/s.exec(found[5] ?? '');
  const local = { year: Number(found[1]), month: Number(found[2]) - 1, day: Number(found[3]) };
  return instant({ ...local, ...timeOf(clock === null ? '' : `${clock[1]}${half}${clock[2]}`) });
}

/** Seconds or milliseconds since 1970. */
function epoch(text: string): string | null {
  if (!/^\d{9,10}(\.\d+)?$|^\d{12,13}$/.test(text)) return null;
  const value = Number(text);
  return new Date(value > 1e11 ? value : value * 1000).toISOString();
}

/** What programs write where a date was never set. */
const unset = new Set(['1970-01-01T00:00:00.000Z', '0001-01-01T00:00:00.000Z']);

const shapes = [epoch, iso, dayFirst, monthFirst, eastern, slashed];

/**
 * A feed's date as ISO 8601 UTC, or null. Reads what RFC 822, W3C-DTF, asctime, the US, and a dozen languages write;
 * a date without a zone is UTC, whatever the machine's zone.
 */
export function parseDate(value: string): string | null {
  if (value.length > 4 * longest) return null;
  const text = value
    .replace(/\s*\([^()]*\)\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (text.length < 4 || text.length > longest) return null;
  for (const shape of shapes) {
    const date = shape(text);
    if (date !== null) return unset.has(date) ? null : date;
  }
  return null;
}
