import type { BanPeriod, BanStatus } from '../core/ban-status.ts';
import type { Countries } from '../core/country.ts';
import type { LedgerRow, Source } from '../core/ledger.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import { liftedClasses, sinceByClass } from './classes.ts';
import { casesAbout } from './courts.ts';
import { compareDates, firstDay } from './dates.ts';
import { enforcementOn } from './enforcement.ts';
import { asKnownOn, learnedOn } from './known.ts';
import { exceptionsFor, inForce, measuresFor, noLongerExcepted } from './measures.ts';
import { type Segment, segmentOn, segmentsOf, unbrokenSince } from './segments.ts';

/** What the law says about one country on a day: the tier on paper, what courts allowed, and what stands beside it. */
export function banStatusOf(
  data: LedgerData,
  countries: Countries,
  code: string,
  asked: { on: string; known?: string },
): BanStatus {
  const known = asked.known === undefined ? data : asKnownOn(data, asked.known);
  const { on } = asked;
  const rows = known.rows.filter((row) => row.country === code);
  const segments = segmentsOf(rows);
  const segment = segmentOn(segments, on);
  const started = (row: LedgerRow): boolean => firstDay(row.effective) <= on;
  const document = rows.find((row) => row.kind === 'document-rule' && inForce(row, on));
  const other = measuresFor(known.rows, code, segment.row !== null || document !== undefined).filter(started);
  const answering = [segment.row, document, ...other.filter((row) => inForce(row, on))].flatMap((row) => row ?? []);
  const past = [...rows.filter(started), ...other];
  const lifted = liftedClasses(segments, on);
  return {
    version: 1,
    country: { code, name: countries.name(code) },
    on,
    tier: segment.tier,
    visaClasses: segment.visaClasses,
    since: segment.row === null ? null : unbrokenSince(segments, on, (each) => each.tier === segment.tier),
    instrument: segment.row?.instrument ?? null,
    citation: segment.row === null ? null : citationOf(segment.row),
    history: historyOf(rows.filter(started)),
    upcoming: upcomingOf(rows, segments, segment, on),
    perClass: sinceByClass(segments, on),
    ...(lifted.length === 0 ? {} : { lifted }),
    enforcement: enforcementOn(known.enforcement, segment, on),
    exceptions: exceptionsFor(known.exceptions, [...new Set(answering.map((row) => row.instrument))], code, on),
    other: other.map((row) => ({
      kind: row.kind,
      tier: 'other',
      from: row.effective,
      to: row.ended,
      instrument: row.instrument,
    })),
    courts: casesAbout(known.cases, code, new Set(past.map((row) => row.instrument)), on),
    reported: [],
    confidence: segment.row?.confidence ?? document?.confidence ?? null,
    sources: sourcesOf(known, segment.row ?? document ?? null, rows, on),
    ...documentRuleOf(rows, on),
    ...noteOf(known, segment.row ?? document ?? null, code),
    lastVerified: verifiedOn(segment.row ?? document) ?? lastVerifiedOf(data),
    dataEnds: data.dataEnds,
  };
}

/** Newest day on which any entry suspension was verified: what "never listed" rests on. */
export function lastVerifiedOf(data: LedgerData): string {
  const days = data.instruments
    .filter((each) => each.kind === 'entry-ban' && each.lastVerified !== 'unknown')
    .map((each) => each.lastVerified);
  return days.sort().at(-1) ?? data.dataEnds;
}

function verifiedOn(row: LedgerRow | null | undefined): string | null {
  return row && row.lastVerified !== 'unknown' ? row.lastVerified : null;
}

function citationOf(row: LedgerRow): string {
  const printed = row.citation ?? `signed ${row.signed ?? row.effective}, published ${row.published ?? 'unknown'}`;
  return row.section === null ? printed : `${printed}, sec. ${row.section}`;
}

/** Every period that began, oldest first; the steps of one instrument at one tier are one period. */
function historyOf(rows: readonly LedgerRow[]): readonly BanPeriod[] {
  const periods: BanPeriod[] = [];
  const bans = rows.filter((row) => row.kind === 'entry-ban' && row.tier !== 'none');
  for (const row of bans.toSorted((a, b) => compareDates(a.effective, b.effective))) {
    const last = periods.at(-1);
    if (last && last.instrument === row.instrument && last.tier === row.tier && last.to === row.effective)
      periods[periods.length - 1] = { ...last, to: row.ended };
    else periods.push({ tier: row.tier, from: row.effective, to: row.ended, instrument: row.instrument });
  }
  return periods;
}

/** What is signed by the day and takes effect after it, where it changes the tier or the classes. */
export function upcomingOf(
  rows: readonly LedgerRow[],
  segments: readonly Segment[],
  now: Segment,
  on: string,
): BanStatus['upcoming'] {
  const isSame = (next: Segment): boolean =>
    next.tier === now.tier && next.visaClasses.join() === now.visaClasses.join();
  return rows
    .filter((row) => row.kind === 'entry-ban' && learnedOn(row) <= on && firstDay(row.effective) > on)
    .map((row) => ({ row, next: segmentOn(segments, firstDay(row.effective)) }))
    .filter(({ next }) => !isSame(next))
    .map(({ row, next }) => ({ tier: next.tier, from: row.effective, instrument: row.instrument }))
    .sort((a, b) => compareDates(a.from, b.from));
}

function documentRuleOf(rows: readonly LedgerRow[], on: string): { documentRule?: string } {
  const rule = rows.find((row) => row.kind === 'document-rule' && learnedOn(row) <= on);
  if (!rule) return {};
  const verb = firstDay(rule.effective) <= on ? 'since' : 'from';
  return {
    documentRule: `Entry on a travel document issued or endorsed by the Palestinian Authority is suspended for ${rule.visaClasses.join(' and ')} ${verb} ${rule.effective} (${rule.instrument}, sec. ${rule.section ?? 'unknown'}). The rule is about the document, not about nationality or birthplace.`,
  };
}

function noteOf(data: LedgerData, row: LedgerRow | null, code: string): { note?: string } {
  if (!row) return {};
  const own = row.kind === 'document-rule' ? null : row.note;
  const parts = [own, noLongerExcepted(data.exceptions, row.instrument, code)].filter((part) => part !== null);
  if (row.confidence === 'from-memory-unverified') parts.unshift('Unverified: no source was read for this.');
  return parts.length === 0 ? {} : { note: parts.join(' ') };
}

/**
 * Sources of the day's answer and of the instrument that it carries on; where nothing is in force, of what is signed
 * to come, else of what ended last, else of the newest instrument of the day, which does not list the country.
 */
function sourcesOf(data: LedgerData, row: LedgerRow | null, rows: readonly LedgerRow[], on: string): readonly Source[] {
  if (row)
    return unique([row, ...rows.filter((each) => each.continuedBy === row.instrument)].map((each) => each.source));
  const signed = rows.filter((each) => each.kind === 'entry-ban' && learnedOn(each) <= on).at(-1);
  if (signed) return [signed.source];
  const newest = data.instruments.filter((each) => each.kind === 'entry-ban' && learnedOn(each) <= on).at(-1);
  return newest ? [newest.source] : [];
}

function unique(sources: readonly Source[]): readonly Source[] {
  return sources.filter((source, index) => sources.findIndex((each) => each.url === source.url) === index);
}
