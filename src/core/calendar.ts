/** A day or a longer stretch that a person named: both ends inclusive, `YYYY-MM-DD`. */
export interface DateSpan {
  from: string;
  to: string;
}

/** English names of the months, in small letters, January first. */
export const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;
const months = new Map<string, number>(
  monthNames.flatMap((name, index) => [name, name.slice(0, 3)].map((word): [string, number] => [word, index + 1])),
).set('sept', 9);
const dayMs = 86_400_000;

/**
 * Reads `2025-07-01`, `2025-07`, `2025`, `1 July 2025`, `July 1, 2025`, `april 2025`, `today`, `tomorrow`, `yesterday`, `7d`, `2w`,
 * `last week`, `3 days ago`. `today` is `YYYY-MM-DD`. Null when the text is no date.
 */
export function readDate(text: string, today: string): DateSpan | null {
  const words = text
    .trim()
    .toLowerCase()
    .replaceAll(/[,.]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(\d)(st|nd|rd|th)\b/g, '$1');
  return readIso(words) ?? readNamed(words) ?? readRelative(words, today);
}

/** `YYYY-MM-DD` moved by whole days. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

function readIso(text: string): DateSpan | null {
  const match = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/.exec(text);
  return match ? span(Number(match[1]), numberOr(match[2]), numberOr(match[3])) : null;
}

function readNamed(text: string): DateSpan | null {
  const match = /^(?:(\d{1,2}) )?([a-z]+)(?: (\d{1,2}))? (\d{4})$/.exec(text);
  const month = match ? months.get(match[2] ?? '') : undefined;
  if (!match || month === undefined) return null;
  return span(Number(match[4]), month, numberOr(match[1] ?? match[3]));
}

function readRelative(text: string, today: string): DateSpan | null {
  if (text === 'today' || text === 'now') return { from: today, to: today };
  const beside = { yesterday: -1, tomorrow: 1 }[text];
  if (beside !== undefined) return { from: addDays(today, beside), to: addDays(today, beside) };
  const match = /^(?:last |past )?(\d{1,4})? ?(d|days?|w|weeks?|months?|years?)(?: ago)?$/.exec(text);
  if (!match) return null;
  const unit = (match[2] ?? 'd').charAt(0);
  const length = unit === 'w' ? 7 : unit === 'm' ? 30 : unit === 'y' ? 365 : 1;
  const day = addDays(today, -length * (numberOr(match[1]) ?? 1));
  return { from: day, to: day };
}

function span(year: number, month: number | undefined, day: number | undefined): DateSpan | null {
  if (year < 1900 || year > 2200) return null;
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (month < 1 || month > 12) return null;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const prefix = `${year}-${String(month).padStart(2, '0')}`;
  if (day === undefined) return { from: `${prefix}-01`, to: `${prefix}-${last}` };
  if (day < 1 || day > last) return null;
  const whole = `${prefix}-${String(day).padStart(2, '0')}`;
  return { from: whole, to: whole };
}

function numberOr(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
