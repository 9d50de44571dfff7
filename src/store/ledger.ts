import type { LedgerStore } from '../core/ports.ts';
import {
  entryKinds,
  type LedgerChange,
  type LedgerEntry,
  type LedgerProposal,
  type ProposalDraft,
} from '../core/review.ts';
import { decode, encode, flag, instant } from './codec.ts';
import { createReportStore } from './reports.ts';
import type { Tables } from './schema.ts';
import { chunks, type Db, type Tx, write } from './transaction.ts';

const loadedKey = 'ledger.shipped';

/** The legal record's history, and what waits to change it. */
export function createLedgerStore(db: Db, reader: Db, nextId: () => string): LedgerStore {
  return {
    ...createReportStore(db, nextId),
    async changes() {
      const rows = await reader.selectFrom('ledger_change').selectAll().orderBy('id').execute();
      return rows.map(changeOf);
    },
    async version() {
      const { fn } = reader;
      const query = reader.selectFrom('ledger_change').select([fn.countAll().as('count'), fn.max('id').as('last')]);
      const { count, last } = await query.executeTakeFirstOrThrow();
      return `${String(count)}/${last ?? ''}`;
    },
    loadShipped: (hash, entries, at) => write(db, (tx) => loadShipped(tx, nextId, { hash, entries, at })),
    propose: (drafts, at) => write(db, (tx) => propose(tx, nextId, drafts, at)),
    async proposals(state, limit) {
      const query = reader.selectFrom('ledger_proposal').selectAll().where('state', '=', state);
      const order = state === 'waiting' ? 'asc' : 'desc';
      return (await query.orderBy('id', order).limit(limit).execute()).map(proposalOf);
    },
    async proposal(id) {
      const row = await reader.selectFrom('ledger_proposal').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? proposalOf(row) : null;
    },
    decide: (id, { state, by, reason, at }, entries) =>
      write(db, async (tx) => {
        const decided = { state, decided_by: by, decided_at: instant(at), reason };
        const update = tx.updateTable('ledger_proposal').set(decided).where('id', '=', id);
        const { numUpdatedRows } = await update.where('state', '=', 'waiting').executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        const note = { origin: 'review', baseline: false, at, by, reason, proposal: id } as const;
        await append(tx, nextId, entries.map(written), note);
        return true;
      }),
    async release(kind, key, { by, reason, at }) {
      const note = { origin: 'review', baseline: false, at, by, reason, proposal: null } as const;
      await write(db, (tx) => append(tx, nextId, [{ kind, key, body: null }], note));
    },
  };
}

interface Written {
  kind: LedgerEntry['kind'];
  key: string;
  body: string | null;
}

type Note = Pick<LedgerChange, 'origin' | 'baseline' | 'by' | 'reason' | 'proposal'> & { at: string };

function written({ kind, key, value }: LedgerEntry): Written {
  return { kind, key, body: encode(value) };
}

async function append(tx: Tx, nextId: () => string, entries: readonly Written[], note: Note): Promise<void> {
  const columns = {
    origin: note.origin,
    baseline: flag(note.baseline),
    learned_at: instant(note.at),
    changed_by: note.by,
    reason: note.reason,
    proposal_id: note.proposal,
  };
  const rows = entries.map(({ kind, key, body }) => ({ id: nextId(), kind, entry_key: key, body, ...columns }));
  for (const some of chunks(rows, 50))
    await tx
      .insertInto('ledger_change')
      .values([...some])
      .execute();
}

async function loadShipped(
  tx: Tx,
  nextId: () => string,
  { hash, entries, at }: { hash: string; entries: readonly LedgerEntry[]; at: string },
): Promise<number> {
  const loaded = await tx.selectFrom('meta').select('value').where('name', '=', loadedKey).executeTakeFirst();
  if (loaded?.value === hash) return 0;
  const query = tx.selectFrom('ledger_change').select(['kind', 'entry_key', 'body']).where('origin', '=', 'shipped');
  const last = new Map<string, string | null>();
  for (const row of await query.orderBy('id').execute()) last.set(`${row.kind}:${row.entry_key}`, row.body);
  const now = entries.map(written);
  const names = new Set(now.map(({ kind, key }) => `${kind}:${key}`));
  const gone = [...last].flatMap(([name, body]): Written[] => {
    const [kind, ...key] = name.split(':');
    return body === null || names.has(name) ? [] : [{ kind: kindOf(kind), key: key.join(':'), body: null }];
  });
  const changed = [...now.filter(({ kind, key, body }) => last.get(`${kind}:${key}`) !== body), ...gone];
  // A kind of entry that was never held before is baseline too: it was in the answers already.
  const held = new Set([...last.keys()].map((name) => kindOf(name.split(':')[0])));
  for (const baseline of [true, false]) {
    const some = changed.filter(({ kind }) => (loaded === undefined || !held.has(kind)) === baseline);
    await append(tx, nextId, some, { origin: 'shipped', baseline, at, by: null, reason: null, proposal: null });
  }
  await tx
    .insertInto('meta')
    .values({ name: loadedKey, value: hash })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: hash }))
    .execute();
  return changed.length;
}

async function propose(
  tx: Tx,
  nextId: () => string,
  drafts: readonly ProposalDraft[],
  at: string,
): Promise<readonly string[]> {
  const fresh: string[] = [];
  for (const draft of drafts) {
    const id = nextId();
    const { fingerprint, instrument, proposedBy, ...body } = draft;
    const columns = { id, fingerprint, instrument, state: 'waiting', body: encode(body) };
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('ledger_proposal')
      .values({ ...columns, proposed_by: proposedBy, proposed_at: instant(at) })
      .onConflict((conflict) => conflict.column('fingerprint').doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 1n) fresh.push(id);
  }
  return fresh;
}

function changeOf(row: Tables['ledger_change']): LedgerChange {
  const kind = kindOf(row.kind);
  const value = row.body === null ? null : decode(row.body, `ledger change ${row.id}`);
  return {
    id: row.id,
    kind,
    key: row.entry_key,
    origin: row.origin === 'review' ? 'review' : 'shipped',
    baseline: row.baseline === 1,
    learnedAt: row.learned_at,
    entry: value === null ? null : ({ kind, key: row.entry_key, value } as LedgerEntry),
    by: row.changed_by,
    reason: row.reason,
    proposal: row.proposal_id,
  };
}

function proposalOf(row: Tables['ledger_proposal']): LedgerProposal {
  const body = decode(row.body, `ledger proposal ${row.id}`) as Omit<
    ProposalDraft,
    'fingerprint' | 'instrument' | 'proposedBy'
  >;
  return {
    ...body,
    id: row.id,
    fingerprint: row.fingerprint,
    instrument: row.instrument,
    state: row.state === 'approved' ? 'approved' : row.state === 'rejected' ? 'rejected' : 'waiting',
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    reason: row.reason,
  };
}

function kindOf(text: string | undefined): LedgerEntry['kind'] {
  return entryKinds.find((kind) => kind === text) ?? 'row';
}
