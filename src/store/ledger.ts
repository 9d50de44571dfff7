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
/** Nothing that a pattern would take for more than itself. */
const idEnd = /^[0-9a-z]{4,}$/i;

/** The legal record's history, and what waits to change it. */
export function createLedgerStore(db: Db, reader: Db, nextId: () => string): LedgerStore {
  return {
    ...createReportStore(db, nextId),
    async changes() {
      const rows = await reader.selectFrom('ledger_change').selectAll().orderBy('id').execute();
      return rows.map(changeOf);
    },
    version: () => versionOf(reader),
    loadShipped: (hash, entries, at) => write(db, (tx) => loadShipped(tx, nextId, { hash, entries, at })),
    propose: (drafts, at) => write(db, (tx) => propose(tx, nextId, drafts, at)),
    async proposals(state, limit) {
      const query = reader.selectFrom('ledger_proposal').selectAll().where('state', '=', state);
      const order = state === 'waiting' ? 'asc' : 'desc';
      return (await query.orderBy('id', order).limit(limit).execute()).map(proposalOf);
    },
    async proposal(id) {
      const all = reader.selectFrom('ledger_proposal').selectAll();
      const exact = await all.where('id', '=', id).executeTakeFirst();
      if (exact) return proposalOf(exact);
      if (!idEnd.test(id)) return null;
      const [one, another] = await all.where('id', 'like', `%${id}`).limit(2).execute();
      return one && !another ? proposalOf(one) : null;
    },
    decide: (id, { state, by, reason, at }, { entries, version }) =>
      write(db, async (tx) => {
        if ((await versionOf(tx)) !== version) return 'stale';
        const decided = { state, decided_by: by, decided_at: instant(at), reason };
        const update = tx.updateTable('ledger_proposal').set(decided).where('id', '=', id);
        const { numUpdatedRows } = await update.where('state', '=', 'waiting').executeTakeFirst();
        if (numUpdatedRows === 0n) return 'taken';
        const note = { origin: 'review', baseline: false, at, by, reason, proposal: id } as const;
        await append(tx, nextId, entries.map(written), note);
        return 'decided';
      }),
    async release(kind, key, { by, reason, at }) {
      const note = { origin: 'review', baseline: false, at, by, reason, proposal: null } as const;
      await write(db, (tx) => append(tx, nextId, [{ kind, key, body: null }], note));
    },
  };
}

async function versionOf(db: Db | Tx): Promise<string> {
  const query = db.selectFrom('ledger_change').select(({ fn }) => [fn.countAll().as('count'), fn.max('id').as('last')]);
  const { count, last } = await query.executeTakeFirstOrThrow();
  return `${String(count)}/${last ?? ''}`;
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
    const again = { state: 'waiting', decided_by: null, decided_at: null, reason: null };
    const entered = await tx
      .insertInto('ledger_proposal')
      .values({ ...columns, proposed_by: proposedBy, proposed_at: instant(at) })
      .onConflict((conflict) =>
        conflict.column('fingerprint').doUpdateSet(again).where('ledger_proposal.decided_by', '=', reader),
      )
      .returning('id')
      .executeTakeFirst();
    if (entered) fresh.push(entered.id);
  }
  await takeBack(tx, drafts, at);
  return fresh;
}

const reader = 'reader';

/** What an earlier version of these documents proposed and this one does not: nobody is to approve it by mistake. */
async function takeBack(tx: Tx, drafts: readonly ProposalDraft[], at: string): Promise<void> {
  const read = drafts.filter(({ proposedBy }) => proposedBy === reader);
  const documents = new Set(read.flatMap(({ source: { url } }) => url ?? []));
  if (documents.size === 0) return;
  const proposed = new Set(read.map(({ fingerprint }) => fingerprint));
  const waiting = tx.selectFrom('ledger_proposal').selectAll().where('state', '=', 'waiting');
  const rows = await waiting.where('proposed_by', '=', reader).execute();
  const gone = rows.map(proposalOf).filter(({ fingerprint, source: { url } }) => {
    return url !== null && documents.has(url) && !proposed.has(fingerprint);
  });
  const reason = 'The document was changed and no longer says this.';
  for (const { id } of gone)
    await tx
      .updateTable('ledger_proposal')
      .set({ state: 'rejected', decided_by: reader, decided_at: instant(at), reason })
      .where('id', '=', id)
      .execute();
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
