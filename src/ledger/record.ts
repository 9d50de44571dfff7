import type { Countries } from '../core/country.ts';
import type { Ledger } from '../core/ledger.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import type { LedgerChange, LedgerEntry } from '../core/review.ts';
import { dayInWashington } from '../lib/clock.ts';
import { entriesOf, withEntries } from './entries.ts';
import { createLedger } from './ledger.ts';

/** The shipped record with what operators approved over it, and how both came to be. */
export interface LedgerRecord {
  /** Answers from what stands now; it stays the same object while the record changes. */
  ledger: Ledger;
  /** What stands now. */
  data(): LedgerData;
  shipped: LedgerData;
  /** Every stored change, oldest first. */
  changes(): readonly LedgerChange[];
  /** Takes in the stored history: at start, and after each approval. */
  load(changes: readonly LedgerChange[]): void;
  /** Approved entries that stand, newest approval of each. */
  approved(): readonly LedgerChange[];
}

export function nameOf({ kind, key }: Pick<LedgerEntry, 'kind' | 'key'>): string {
  return `${kind}:${key}`;
}

export function createRecord(shipped: LedgerData, countries: Countries): LedgerRecord {
  let changes: readonly LedgerChange[] = [];
  let data = shipped;
  let now = createLedger(shipped, countries);
  let past: { day: string; ledger: Ledger } | null = null;

  /** The record as it was stored at the end of a day; null for days before anything was stored. */
  function storedOn(day: string): Ledger | null {
    const first = changes.find((each) => each.baseline);
    if (!first || dayOf(first) > day) return null;
    if (past?.day !== day) {
      const known = changes.filter((each) => dayOf(each) <= day);
      past = { day, ledger: createLedger(withEntries(shipped, standing(known)), countries) };
    }
    return past.ledger;
  }

  return {
    shipped,
    data: () => data,
    changes: () => changes,
    approved: () => [...approvals(changes).values()],
    load: (stored) => {
      changes = stored;
      const approved = approvals(changes);
      data = approved.size === 0 ? shipped : withEntries(shipped, overlay(entriesOf(shipped), approved));
      now = createLedger(data, countries);
      past = null;
    },
    ledger: {
      banStatus: (code, { on, known }) => {
        const stored = known === undefined ? null : storedOn(known);
        if (stored) return stored.banStatus(code, { on });
        return now.banStatus(code, known === undefined ? { on } : { on, known });
      },
      banList: (on, known) => {
        const stored = known === undefined ? null : storedOn(known);
        return stored ? stored.banList(on) : now.banList(on, known);
      },
      compare: (from, to, known) => {
        const stored = known === undefined ? null : storedOn(known);
        return stored ? stored.compare(from, to) : now.compare(from, to, known);
      },
      deals: (code) => now.deals(code),
      courts: (query) => now.courts(query),
      timeline: (filter) => now.timeline(filter),
      facts: {
        steps: (matter) => now.facts.steps(matter),
        programmes: (codes, around) => now.facts.programmes(codes, around),
        bannedOn: (code, day) => now.facts.bannedOn(code, day),
      },
      get lastVerified() {
        return now.lastVerified;
      },
      get dataEnds() {
        return now.dataEnds;
      },
    },
  };
}

function dayOf(change: LedgerChange): string {
  return dayInWashington(Date.parse(change.learnedAt));
}

/** The newest approval of each entry, without those given back. */
function approvals(changes: readonly LedgerChange[]): ReadonlyMap<string, LedgerChange> {
  const newest = new Map<string, LedgerChange>();
  for (const change of changes) {
    if (change.origin !== 'review') continue;
    if (change.entry) newest.set(nameOf(change), change);
    else newest.delete(nameOf(change));
  }
  return newest;
}

/** The record as a history leaves it: the shipped entries, and what operators approved over them. */
export function standing(changes: readonly LedgerChange[]): readonly LedgerEntry[] {
  const shipped = new Map<string, LedgerEntry>();
  for (const change of changes) {
    if (change.origin !== 'shipped') continue;
    if (change.entry) shipped.set(nameOf(change), change.entry);
    else shipped.delete(nameOf(change));
  }
  return overlay([...shipped.values()], approvals(changes));
}

function overlay(entries: readonly LedgerEntry[], approved: ReadonlyMap<string, LedgerChange>): readonly LedgerEntry[] {
  const names = new Set(entries.map(nameOf));
  const added = [...approved].flatMap(([name, { entry }]) => (entry && !names.has(name) ? [entry] : []));
  return [...entries.map((entry) => approved.get(nameOf(entry))?.entry ?? entry), ...added];
}
