import type { StatusChange } from '../core/ban-status.ts';
import { UserError } from '../core/errors.ts';
import type { Clock, LedgerStore } from '../core/ports.ts';
import type { LedgerEntry, LedgerProposal, ReviewDesk, ReviewDifference } from '../core/review.ts';
import { underReviewOf } from '../core/under-review.ts';
import { dayInWashington, isoAt } from '../lib/clock.ts';
import { entriesOf, rowEntry } from './entries.ts';
import { countriesOf, entryWords, substanceOf } from './entry-words.ts';
import { type LedgerRecord, nameOf } from './record.ts';

const mostWaiting = 1000;

export interface DeskDeps {
  store: LedgerStore;
  record: LedgerRecord;
  countries: { name(code: string): string };
  clock: Clock;
}

/** Proposals, decisions and reports over the store; an approval changes the record's answers at once. */
export function createDesk({ store, record, countries, clock }: DeskDeps): ReviewDesk {
  const now = (): string => isoAt(clock.now());
  let loaded = '';
  const reload = async (): Promise<void> => {
    // In this order: what comes in between is read again, not missed.
    const version = await store.version();
    record.load(await store.changes());
    loaded = version;
  };
  const refresh = async (): Promise<void> => {
    if ((await store.version()) !== loaded) await reload();
  };

  return {
    waiting: (limit) => store.proposals('waiting', limit),
    proposal: (id) => store.proposal(id),
    propose: (drafts) => store.propose(drafts, now()),
    diff: (proposal) => diffOf(proposal, record),
    decide: async (id, decision) => {
      const proposal = await store.proposal(id);
      if (!proposal) return null;
      for (;;) {
        // Another process may have changed the rows that this one marks: made anew on what stands.
        await refresh();
        const version = loaded;
        const entries = decision.state === 'approved' ? writtenBy(proposal, record) : [];
        const before = statusOf(proposal, record, clock.now());
        const done = await store.decide(proposal.id, { ...decision, at: now() }, { entries, version });
        if (done === 'taken') return null;
        await reload();
        if (done === 'decided') return changesBetween(before, statusOf(proposal, record, clock.now()), countries);
      }
    },
    differences: () => differencesOf(record),
    adopt: async (key, by, reason) => {
      const standing = record.approved().find((each) => each.key === key || nameOf(each) === key);
      if (!standing) return false;
      await store.release(standing.kind, standing.key, { by, reason, at: now() });
      await reload();
      return true;
    },
    refresh,
    corrections: (code) => correctionsOf(record, code),
    underReview: async (code) =>
      (await store.proposals('waiting', mostWaiting)).filter(
        (each) => each.proposedBy === 'reader' && each.countries.includes(code),
      ),
    underReviewIn: async (story) =>
      story.members.some(({ sourceKind }) => sourceKind === 'primary')
        ? underReviewOf(story, await store.proposals('waiting', mostWaiting))
        : null,
    report: (about, words) => store.report({ about, words, at: now() }),
    reports: (limit) => store.openReports(limit),
    resolveReport: (id, by, resolution) => store.resolveReport(id, { by, resolution, at: now() }),
  };
}

/** The entries that an approval writes. Throws UserError when a row that it marks stands no longer. */
function writtenBy({ change }: LedgerProposal, record: LedgerRecord): readonly LedgerEntry[] {
  const marked = change.marks.map(({ row: id, ...mark }) => {
    const row = record.data().rows.find((each) => each.id === id);
    if (!row) throw new UserError(`The row ${id}, which this proposal changes, is no longer in the record. Reject it.`);
    return rowEntry({ ...row, ...mark });
  });
  return [...marked, ...change.adds];
}

function diffOf(proposal: LedgerProposal, record: LedgerRecord): readonly string[] {
  const standing = new Map(entriesOf(record.data()).map((entry) => [nameOf(entry), entry]));
  const marked = proposal.change.marks.flatMap(({ row: id, ...mark }) => {
    const row = record.data().rows.find((each) => each.id === id);
    if (!row) return [`! the row ${id} is no longer in the record`];
    return [`- ${entryWords(rowEntry(row))}`, `+ ${entryWords(rowEntry({ ...row, ...mark }))}`];
  });
  const added = proposal.change.adds.flatMap((entry) => {
    const before = standing.get(nameOf(entry));
    return [...(before ? [`- ${entryWords(before)}`] : []), `+ ${entryWords(entry)}`];
  });
  return [...marked, ...added];
}

type Tiers = ReadonlyMap<string, Pick<StatusChange, 'after' | 'instrument'>>;

function statusOf(proposal: LedgerProposal, { ledger }: LedgerRecord, at: number): Tiers {
  const on = dayInWashington(at);
  return new Map(
    proposal.countries.map((code) => {
      const { tier, instrument } = ledger.banStatus(code, { on });
      return [code, { after: tier, instrument }];
    }),
  );
}

function changesBetween(before: Tiers, after: Tiers, countries: DeskDeps['countries']): readonly StatusChange[] {
  return [...after].flatMap(([code, now]) => {
    const tier = before.get(code)?.after ?? 'none';
    return tier === now.after ? [] : [{ code, name: countries.name(code), before: tier, ...now }];
  });
}

function differencesOf(record: LedgerRecord): readonly ReviewDifference[] {
  const shipped = new Map(entriesOf(record.shipped).map((entry) => [nameOf(entry), entry]));
  return record.approved().flatMap(({ kind, key, entry }) => {
    const theirs = shipped.get(nameOf({ kind, key })) ?? null;
    if (!entry || (theirs && substanceOf(theirs) === substanceOf(entry))) return [];
    return [{ kind, key, approved: entryWords(entry), shipped: theirs && entryWords(theirs) }];
  });
}

/** What changed in the record after it was first loaded, for one country. Who approved is for operators alone. */
function correctionsOf(record: LedgerRecord, code: string): readonly string[] {
  const instruments = instrumentsOf(record, code);
  const last = new Map<string, LedgerEntry>();
  const told: string[] = [];
  for (const change of record.changes()) {
    const name = nameOf(change);
    const before = last.get(name);
    if (change.entry) last.set(name, change.entry);
    const about = change.entry ?? before;
    if (change.baseline || !about || !bearsOn(about, code, instruments)) continue;
    const how = change.origin === 'review' ? 'an operator approved' : 'a new version of the record brought';
    const what = change.entry ? entryWords(change.entry) : `the end of the entry “${entryWords(about)}”`;
    const was = before && change.entry ? ` Before: ${entryWords(before)}.` : '';
    const why = change.reason === null ? '' : ` Reason: ${change.reason}.`;
    told.push(`${dayInWashington(Date.parse(change.learnedAt))}: ${how} ${what}.${was}${why}`);
  }
  return told;
}

function instrumentsOf(record: LedgerRecord, code: string): ReadonlySet<string> {
  return new Set(record.data().rows.flatMap((row) => (row.country === code ? [row.instrument] : [])));
}

/** Whether an entry is about a country: by name, or on an instrument that the country is or was under. */
function bearsOn(entry: LedgerEntry, code: string, instruments: ReadonlySet<string>): boolean {
  const named = countriesOf(entry);
  if (named.length > 0) return named.includes(code);
  return (entry.kind === 'exception' || entry.kind === 'enforcement') && instruments.has(entry.value.instrument);
}
