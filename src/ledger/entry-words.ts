import type { LedgerEntry } from '../core/review.ts';

/** One entry in one line of words, for people who compare. */
export function entryWords(entry: LedgerEntry): string {
  if (entry.kind === 'deal') {
    const { code, step } = entry.value;
    const cap = step.cap === null ? '' : `, cap ${step.cap}`;
    return `${code} ${step.stage} on ${step.date} (${step.certainty}${cap})${noted(step.note)}`;
  }
  if (entry.kind === 'court') {
    const { event, name } = entry.value;
    return `${name}: ${event.date} ${event.court}: ${event.posture}. ${event.holding}`;
  }
  const row = entry.value;
  const what = row.kind === 'entry-ban' ? row.tier : row.kind.replaceAll('-', ' ');
  const classes = row.visaClasses.length > 0 ? ` for ${row.visaClasses.join(', ')}` : '';
  const end =
    row.ended === null ? 'to now' : `to ${row.ended}${row.endedBy === null ? '' : `, ended by ${row.endedBy}`}`;
  const carried = row.continuedBy === undefined ? '' : `, continued by ${row.continuedBy}`;
  return `${row.country} ${what}${classes}: ${row.effective} ${end}${carried} (${row.instrument})${noted(row.note)}`;
}

function noted(note: string | null): string {
  return note === null ? '' : `. ${note}`;
}

/** What an entry says without how it is noted: two that agree in this say the same. */
export function substanceOf(entry: LedgerEntry): string {
  return entry.kind === 'row' ? entryWords({ ...entry, value: { ...entry.value, note: null } }) : entryWords(entry);
}

/** Countries that an entry is about. */
export function countriesOf(entry: LedgerEntry): readonly string[] {
  if (entry.kind === 'deal') return [entry.value.code];
  return entry.kind === 'court' ? entry.value.event.countries : [entry.value.country];
}
