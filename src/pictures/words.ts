/** Alt text that every platform takes whole: Discord holds 1,024 characters, Slack 2,000. */
const mostLetters = 1000;

/** Sentences as far as they fit; the last word says that there is more. */
export function altOf(sentences: readonly string[]): string {
  const all = sentences.filter((sentence) => sentence !== '').join(' ');
  if (all.length <= mostLetters) return all;
  return `${all.slice(0, mostLetters - 40).replace(/[,;]?\s+\S*$/, '')}… The text beside it has the rest.`;
}

/** `1 country`, `3 countries`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `Full (19): Afghanistan, …`, or the number alone where the names would be too many. */
export function listed(what: string, names: readonly string[], most = 45): string {
  if (names.length === 0) return '';
  return `${what} (${names.length})${names.length <= most ? `: ${names.join(', ')}` : ''}.`;
}

/** `2026-01-02` as `2 January 2026`; dates of less precision keep it. */
export function dayInWords(date: string): string {
  const [year, month, day] = date.split('-');
  const name = monthNames[Number(month) - 1];
  if (name === undefined) return date;
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name} ${year}`;
}

/** `2 Jan 2026`. */
export function shortDay(date: string): string {
  return dayInWords(date).replace(/[A-Z][a-z]{3,}/, (month) => month.slice(0, 3));
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
