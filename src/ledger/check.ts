import type { Countries } from '../core/country.ts';
import type { LedgerRow, Tier } from '../core/ledger.ts';
import type { LedgerData, LedgerProblem } from '../core/ledger-data.ts';
import { checkChains } from './check-chains.ts';
import { checkEntries } from './check-entries.ts';
import { checkReferences } from './check-references.ts';
import { firstDay } from './dates.ts';

/** Something wrong, before its place is looked up. */
export interface Finding {
  kind: LedgerProblem['kind'];
  message: string;
  /** Key of `LedgerData.where`. */
  at: string;
}

/**
 * Proves the record: dates in order, countries known, ends linked to what ended them, no overlap or gap that no
 * row explains, and counts equal to the instruments' own. Empty when it holds together.
 */
export function checkLedger(data: LedgerData, countries: Countries): readonly LedgerProblem[] {
  const findings = [
    ...data.rows.flatMap(checkDates),
    ...checkReferences(data, countries),
    ...checkChains(data),
    ...checkEntries(data, countries),
    ...data.rows.flatMap(checkClasses),
    ...data.rows.filter((row) => data.where(`row:${row.id}`) !== null).flatMap((row) => checkEnds(row, data.dataEnds)),
    ...data.instruments.flatMap((each) => checkCounts(data, each.name, each.counts)),
  ];
  return findings
    .map(({ kind, message, at }) => {
      const place = data.where(at);
      return { kind, message, file: place?.file ?? 'config/ledger', line: place?.line ?? 1 };
    })
    .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

function checkDates(row: LedgerRow): readonly Finding[] {
  const at = `row:${row.id}`;
  const problem = (message: string): Finding => ({ kind: 'dates', message: `${row.id}: ${message}`, at });
  const found: Finding[] = [];
  const begins = firstDay(row.effective);
  if (row.signed !== null && firstDay(row.signed) > begins)
    found.push(problem(`signed ${row.signed}, after it takes effect on ${row.effective}; correct one of the two`));
  if (row.signed !== null && row.published !== null && firstDay(row.published) < firstDay(row.signed))
    found.push(problem(`published ${row.published}, before it was signed on ${row.signed}; correct one of the two`));
  if (row.ended !== null && firstDay(row.ended) <= begins)
    found.push(problem(`ended ${row.ended}, not after it took effect on ${row.effective}; correct one of the two`));
  if (row.ended === null && row.endedBy !== null)
    found.push(problem(`names what ended it (${row.endedBy}) and no day; add ended, or unknown`));
  return found;
}

/** `immigrants`, `nonimmigrants except F, M, J`, `B-1`, `H-1B`, also of some people alone. */
const visaClass =
  /^(?:(?:Diversity Visa )?immigrants|nonimmigrants(?: except .+)?|[A-V](?:-\d[A-Z]?)?|NATO(?:-\d)?|TN)(?: of .+)?$/;

/** A tier is what its visa classes make it. */
function checkClasses({ id, kind, tier, visaClasses }: LedgerRow): readonly Finding[] {
  if (kind !== 'entry-ban') return [];
  const problem = (message: string): Finding[] => [{ kind: 'classes', message: `${id}: ${message}`, at: `row:${id}` }];
  const whole = ['immigrants', 'nonimmigrants'].every((each) => visaClasses.includes(each));
  if (tier === 'none')
    return visaClasses.length === 0 ? [] : problem('tier none suspends no visa class; remove visaClasses');
  if (visaClasses.length === 0) return problem(`tier ${tier} needs its visaClasses`);
  const strange = visaClasses.find((each) => !visaClass.test(each));
  if (strange !== undefined) return problem(`“${strange}” is no visa class; write immigrants, nonimmigrants or B-1`);
  if (tier === 'immigrant-only' && visaClasses.join() !== 'immigrants')
    return problem('tier immigrant-only suspends immigrants and nobody else; correct one of the two');
  if (tier === 'partial' && whole)
    return problem('immigrants and all nonimmigrants make tier full; correct one of the two');
  return [];
}

/** What was signed, told or verified after the record ends cannot be in it. */
function checkEnds(row: LedgerRow, dataEnds: string): readonly Finding[] {
  const told = firstDay(row.signed ?? row.announced ?? row.effective);
  const days = [
    [`is of ${told}`, told],
    [`was last verified on ${row.lastVerified}`, row.lastVerified === 'unknown' ? '' : firstDay(row.lastVerified)],
  ] as const;
  return days
    .filter(([, day]) => day > dataEnds)
    .map(([what]) => ({
      kind: 'dates',
      message: `${row.id} ${what}, after ${dataEnds}, where the record ends; correct the day or move dataEnds`,
      at: `row:${row.id}`,
    }));
}

function checkCounts(
  data: LedgerData,
  instrument: string,
  counts: Readonly<Partial<Record<Tier, number>>>,
): readonly Finding[] {
  const rows = data.rows.filter((row) => row.instrument === instrument && isCounted(row, counts));
  return (Object.entries(counts) as [Tier, number][]).flatMap(([tier, said]) => {
    const held = new Set(rows.filter((row) => row.tier === tier).map((row) => row.country)).size;
    if (held === said) return [];
    const message = `${instrument} says ${said} countries at tier ${tier}, the rows hold ${held}; add, remove or move rows`;
    return [{ kind: 'count' as const, message, at: `instrument:${instrument}` }];
  });
}

/** Bans are counted by tier; document rules and review flags beside them are not. */
function isCounted(row: LedgerRow, counts: Readonly<Partial<Record<Tier, number>>>): boolean {
  return row.kind === 'entry-ban' || (row.kind !== 'document-rule' && row.kind !== 'review-flag' && 'none' in counts);
}
