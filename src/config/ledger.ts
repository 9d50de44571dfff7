import type { CourtCase, LedgerRow } from '../core/ledger.ts';
import type { Instrument, LedgerData, ProgrammeRuling } from '../core/ledger-data.ts';
import { slug } from '../core/slug.ts';
import { createPlaces } from './ledger-places.ts';
import { CourtsFile, EntryBansFile, ExceptionsFile, RemovalsFile } from './ledger-schema.ts';
import { parseYaml } from './yaml-file.ts';

/** A file's text, and the name that problems are told under. */
export interface LedgerFile {
  file: string;
  text: string;
}

/** The files of `config/ledger`. */
export interface LedgerFiles {
  entryBans: LedgerFile;
  exceptions: LedgerFile;
  removals: LedgerFile;
  courts: LedgerFile;
}

/** Names under `config/ledger`, by key. */
export const ledgerFileNames: Readonly<Record<keyof LedgerFiles, string>> = {
  entryBans: 'entry-bans.yaml',
  exceptions: 'exceptions.yaml',
  removals: 'removals.yaml',
  courts: 'courts.yaml',
};

type BanInstrument = EntryBansFile['instruments'][number];
type BanGroup = BanInstrument['groups'][number];

/**
 * Reads the legal record. Throws ConfigError with file and line for what does not fit the schema; what only the
 * whole can tell (overlaps, counts, links) is for `checkLedger`.
 */
export function readLedger(files: LedgerFiles): LedgerData {
  const bans = parseYaml(EntryBansFile, files.entryBans.text, files.entryBans.file);
  const exceptions = parseYaml(ExceptionsFile, files.exceptions.text, files.exceptions.file);
  const removals = parseYaml(RemovalsFile, files.removals.text, files.removals.file);
  const courts = parseYaml(CourtsFile, files.courts.text, files.courts.file);
  const places = createPlaces();
  const rows = bans.instruments.flatMap((instrument, at) => {
    places.add(`instrument:${instrument.name}`, files.entryBans, ['instruments', at]);
    return rowsOf(instrument, (key, path) => {
      places.add(key, files.entryBans, ['instruments', at, ...path]);
    });
  });
  let exception = 0;
  exceptions.instruments.forEach((each, at) => {
    places.add(`exceptions:${each.instrument}`, files.exceptions, ['instruments', at]);
    each.exceptions.forEach((_, n) => {
      places.add(`exception:${exception++}`, files.exceptions, ['instruments', at, 'exceptions', n]);
    });
  });
  removals.deals.forEach((deal, at) => {
    places.add(`deal:${deal.code}`, files.removals, ['deals', at]);
    deal.steps.forEach((_, step) => {
      places.add(`deal:${deal.code}:${step}`, files.removals, ['deals', at, 'steps', step]);
    });
  });
  courts.cases.forEach((each, at) => {
    places.add(`case:${each.id}`, files.courts, ['cases', at]);
    each.events.forEach((_, n) => {
      places.add(`case:${each.id}:${n}`, files.courts, ['cases', at, 'events', n]);
    });
  });
  courts.enforcement.forEach((_, at) => {
    places.add(`enforcement:${at}`, files.courts, ['enforcement', at]);
  });
  return {
    instruments: bans.instruments.map(instrumentOf),
    rows,
    exceptions: exceptions.instruments.flatMap(exceptionsOf),
    deals: removals.deals.map((deal) => ({ code: deal.code, steps: deal.steps.map(stepOf) })),
    cases: courts.cases.map(caseOf),
    programmes: courts.cases.flatMap(rulingsOf),
    enforcement: courts.enforcement.map(({ countries, ...period }) => ({
      ...period,
      ...(countries === undefined ? {} : { countries }),
    })),
    dataEnds: bans.dataEnds,
    where: (key) => places.find(key),
  };
}

function instrumentOf(entry: BanInstrument): Instrument {
  return {
    name: entry.name,
    kind: entry.kind,
    citation: entry.citation ?? null,
    authority: entry.authority ?? null,
    signed: entry.signed ?? null,
    published: entry.published ?? null,
    announced: entry.announced ?? null,
    effective: entry.effective,
    counts: entry.counts,
    otherDates: entry.otherDates,
    ...(entry.reviews === undefined ? {} : { reviews: entry.reviews }),
    note: entry.note ?? null,
    source: entry.source,
    confidence: entry.confidence,
    lastVerified: entry.lastVerified,
  };
}

function rowsOf(instrument: BanInstrument, place: (key: string, path: readonly (string | number)[]) => void) {
  return instrument.groups.flatMap((group, g) =>
    group.rows.map((entry, r) => {
      const row = rowOf(instrument, group, entry);
      place(`row:${row.id}`, ['groups', g, 'rows', r]);
      return row;
    }),
  );
}

function rowOf(instrument: BanInstrument, group: BanGroup, entry: BanGroup['rows'][number]): LedgerRow {
  const effective = group.effective ?? instrument.effective;
  return {
    id: `${slug(instrument.name)}/${entry.country}/${effective}`,
    country: entry.country,
    kind: group.kind ?? instrument.kind,
    instrument: instrument.name,
    section: entry.section ?? null,
    citation: instrument.citation ?? null,
    change: group.change,
    tier: group.tier,
    visaClasses: group.visaClasses,
    signed: instrument.signed ?? null,
    published: instrument.published ?? null,
    announced: instrument.announced ?? null,
    effective,
    ended: entry.ended ?? group.ended ?? null,
    endedBy: entry.endedBy ?? group.endedBy ?? null,
    note: entry.note ?? null,
    source: entry.source ?? instrument.source,
    confidence: entry.confidence ?? instrument.confidence,
    lastVerified: entry.lastVerified ?? instrument.lastVerified,
    ...(group.continuedBy === undefined ? {} : { continuedBy: group.continuedBy }),
    ...(entry.reach === undefined ? {} : { reach: entry.reach }),
  };
}

function exceptionsOf(group: ExceptionsFile['instruments'][number]) {
  return group.exceptions.map(({ section, from, to, ...entry }) => ({
    instrument: group.instrument,
    who: entry.who,
    appliesTo: entry.appliesTo,
    status: entry.status,
    note: entry.note ?? null,
    source: entry.source ?? group.source,
    confidence: entry.confidence ?? group.confidence,
    ...(section === undefined ? {} : { section }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }));
}

function stepOf({ kind, remaining, ...step }: RemovalsFile['deals'][number]['steps'][number]) {
  return {
    ...step,
    cap: step.cap ?? null,
    transferred: step.transferred ?? null,
    nationalities: step.nationalities ?? null,
    payment: step.payment ?? null,
    instrument: step.instrument ?? null,
    note: step.note ?? null,
    ...(kind === undefined ? {} : { kind }),
    ...(remaining === undefined ? {} : { remaining }),
  };
}

function caseOf({ events, next, scope, ...entry }: CourtsFile['cases'][number]): CourtCase {
  return {
    id: entry.id,
    name: entry.name,
    otherNames: entry.otherNames,
    docket: entry.docket,
    posture: entry.posture,
    about: entry.about,
    instruments: entry.instruments,
    history: events.map(({ stage, noAddress, ...event }) => ({
      ...event,
      ...(stage === undefined ? {} : { stage }),
      ...(noAddress === undefined ? {} : { noAddress }),
    })),
    ...(next === undefined ? {} : { next }),
    ...(scope === undefined ? {} : { scope }),
  };
}

function rulingsOf(entry: CourtsFile['cases'][number]): ProgrammeRuling[] {
  const { programme } = entry;
  if (programme === undefined) return [];
  return entry.events.map((event) => ({
    programme,
    case: entry.id,
    date: event.date,
    countries: event.countries,
    source: event.source,
  }));
}
