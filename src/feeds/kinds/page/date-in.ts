import { parseDate } from '../../dates.ts';

const shapes = [
  /\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?/,
  /\b\p{L}{3,12}\.? \d{1,2}(?:st|nd|rd|th)?, \d{4}\b/u,
  /\b\d{1,2}(?:st|nd|rd|th|\.)? (?:de )?\p{L}{3,12}\.? (?:de )?\d{4}\b/u,
  /\b\d{1,2}\/\d{1,2}\/\d{4}\b/,
  /\b\d{1,2}\.\d{1,2}\.\d{4}\b/,
];

/** The first date that a text tells, as ISO 8601 UTC; null when it tells none. */
export function dateIn(text: string): string | null {
  const near = text.slice(0, 2000);
  for (const shape of shapes) {
    const found = shape.exec(near);
    const date = found === null ? null : parseDate(found[0]);
    if (date !== null) return date;
  }
  return null;
}
