/** Alt text that every platform takes whole: Discord holds 1,024 characters, Slack 2,000. */
const mostLetters = 1000;

const more = 'The text beside it has the rest.';

/** Whole sentences as far as they fit; the last one then says that there is more. */
export function altOf(sentences: readonly string[]): string {
  const told = sentences.filter((sentence) => sentence !== '');
  const all = told.join(' ');
  if (all.length <= mostLetters) return all;
  let shown = '';
  for (const sentence of told) {
    if (shown.length + sentence.length + more.length + 2 > mostLetters) break;
    shown += `${sentence} `;
  }
  return shown + more;
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
