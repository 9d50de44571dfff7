import type { BanStatus } from '../core/ban-status.ts';
import type { CourtCase } from '../core/ledger.ts';
import { compareDates, firstDay } from './dates.ts';

/** Cases on the instruments that a country is or was under, with their posture as of the day. */
export function casesAbout(
  cases: readonly CourtCase[],
  code: string,
  instruments: ReadonlySet<string>,
  on: string,
): BanStatus['courts'] {
  return cases.flatMap((each) => {
    const onIts = each.instruments?.some((name) => instruments.has(name)) ?? false;
    const told = each.history.filter((event) => firstDay(event.date) <= on);
    const last = told.at(-1);
    const named = each.history.every((event) => event.countries.length === 0 || event.countries.includes(code));
    const anyNames = each.history.some((event) => event.countries.includes(code));
    if (!onIts || !last || !(named || anyNames)) return [];
    const posture = told.length === each.history.length ? each.posture : last.posture;
    return [{ id: each.id, name: each.name, posture, date: last.date }];
  });
}

/** Officials by office: captions change with them, and the case stays. */
const offices: readonly (readonly string[])[] = [
  ['dhs', 'noem', 'mullin', 'mayorkas', 'wolf'],
  ['doj', 'bondi', 'blanche', 'barr', 'garland', 'sessions'],
  ['dos', 'rubio', 'blinken', 'pompeo', 'tillerson'],
];

/**
 * Every case, oldest first; or those that a query fits: slug, name, another caption, part of one, or a docket
 * number. An exact name wins over everything else; then officials count as their office.
 */
export function findCases(cases: readonly CourtCase[], query?: string): readonly CourtCase[] {
  const ordered = cases.toSorted((a, b) => compareDates(startOf(a), startOf(b)));
  const wanted = fold(query ?? '');
  if (wanted === '') return ordered;
  const captions = (each: CourtCase): string[] => [each.id, each.name, ...each.otherNames].map(fold);
  const exact = ordered.filter((each) => captions(each).includes(wanted));
  if (exact.length > 0) return exact;
  const byOffice = ordered.filter((each) =>
    captions(each).some((caption) => officeForm(caption) === officeForm(wanted)),
  );
  if (byOffice.length > 0) return byOffice;
  const docket = (query ?? '').trim().toLowerCase();
  const numbered = ordered.filter((each) => /\d/.test(docket) && dockets(each).includes(docket));
  if (numbered.length > 0) return numbered;
  return ordered.filter((each) => captions(each).some((caption) => ` ${caption} `.includes(` ${wanted} `)));
}

function startOf(each: CourtCase): string {
  return each.history[0]?.date ?? 'unknown';
}

/** Sides in either order: `Doe v. Noem` is appealed as `Noem v. Doe`. */
function officeForm(caption: string): string {
  const named = caption.split(' ').map((word) => {
    const office = offices.findIndex((each) => each.includes(word));
    return office === -1 ? word : `office${office}`;
  });
  return named.join(' ').split(' v ').sort().join(' v ');
}

function dockets(each: CourtCase): readonly string[] {
  return each.docket.toLowerCase().match(/[\w:.-]*\d[\w:-]*/g) ?? [];
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/\bdepartment of homeland security\b/g, 'dhs')
    .replace(/(?<=\b[a-z])\.(?=[a-z]\b|\s|$|\.)/g, '')
    .replace(/\b(?:versus|vs)\b/g, 'v')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
