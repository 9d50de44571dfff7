import type { LedgerEntry } from '../core/review.ts';
import { namedCodes } from './measures.ts';

/** One entry in one line of words, for people who compare. */
export function entryWords(entry: LedgerEntry): string {
  if (entry.kind === 'deal') {
    const { code, step } = entry.value;
    const cap = step.cap === null ? '' : `, cap ${step.cap}`;
    return `${code} ${step.stage} on ${step.date} (${step.certainty}${cap})${noted(step.note)}`;
  }
  if (entry.kind === 'court') {
    const { event, name, next } = entry.value;
    const then = next === undefined ? '' : ` Next: ${next.what}, ${next.date}.`;
    return `${name}: ${event.date} ${event.court}: ${event.posture}. ${event.holding}${then}`;
  }
  if (entry.kind === 'exception') {
    const { instrument, who, status, appliesTo, from, to, note } = entry.value;
    const when = `${from === undefined ? '' : ` from ${from}`}${to === undefined ? '' : ` to ${to}`}`;
    return `${instrument}: ${status} ${who} (${appliesTo})${when}${noted(note)}`;
  }
  if (entry.kind === 'enforcement') {
    const { instrument, state, case: id, from, to, note } = entry.value;
    return `${instrument}: ${state.replaceAll('-', ' ')} ${from} to ${to ?? 'now'} (${id ?? 'no case named'})${noted(note)}`;
  }
  if (entry.kind === 'programme') {
    const { programme, case: id, date, countries } = entry.value;
    return `${id}: ruling of ${date} on ${programme} for ${countries.join(', ')}`;
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

/** Countries that an entry is about; empty where it names none. */
export function countriesOf(entry: LedgerEntry): readonly string[] {
  switch (entry.kind) {
    case 'row':
      return [entry.value.country];
    case 'deal':
      return [entry.value.code];
    case 'court':
      return entry.value.event.countries;
    case 'programme':
      return entry.value.countries;
    case 'exception':
      return namedCodes(entry.value);
    case 'enforcement':
      return [];
  }
}
