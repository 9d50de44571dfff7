import { monthNames } from '../../core/calendar.ts';

const monthPattern = monthNames.join('|');

const numbers: Readonly<Record<string, number>> = {
  ...byOrder(
    'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth',
  ),
  ...byOrder(
    'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  ),
  twentieth: 20,
  thirtieth: 30,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};

function byOrder(words: string): Record<string, number> {
  return Object.fromEntries(words.split(' ').map((word, index) => [word, index + 1]));
}

/** `June 9, 2025` as `2025-06-09`; null for what is no date. */
export function dayOf(text: string): string | null {
  const [, month = '', day = '', year = ''] =
    new RegExp(`\\b(${monthPattern})\\s+(\\d{1,2}),?\\s+(\\d{4})`, 'i').exec(text) ?? [];
  return month === '' ? null : iso(Number(year), month, Number(day));
}

/** The day a proclamation was signed, as its last sentence says it in words or figures; null where it has none. */
export function witnessedOn(text: string): string | null {
  const pattern = new RegExp(
    `this ([a-z-]+|\\d+(?:st|nd|rd|th)?) day of (${monthPattern}),? in the year of our Lord (two thousand(?: and)? ?[a-z-]*(?: [a-z]+)?)(?=,| and of)`,
    'i',
  );
  const [, day = '', month = '', year = ''] = pattern.exec(text) ?? [];
  if (month === '') return null;
  const spelled = 2000 + count(year.replace(/two thousand(?: and)?/i, ''));
  return iso(spelled, month, /^\d/.test(day) ? Number.parseInt(day, 10) : count(day));
}

function count(words: string): number {
  return words
    .toLowerCase()
    .split(/[\s-]+/)
    .reduce((sum, word) => sum + (numbers[word] ?? 0), 0);
}

/** `seventh`, `thirty`, `30th` as a number; null for other words. */
export function numberOf(words: string): number | null {
  const found = /^\d/.test(words) ? Number.parseInt(words, 10) : count(words);
  return found > 0 ? found : null;
}

function iso(year: number, month: string, day: number): string | null {
  const index = monthNames.findIndex((name) => name === month.toLowerCase());
  if (index === -1 || day < 1 || day > 31) return null;
  return `${year}-${String(index + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
