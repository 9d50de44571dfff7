import { sql } from 'kysely';
import type { Notice, NoticeStore, UntoldNotice } from '../core/delivery-ports.ts';
import { instant } from './codec.ts';
import { type EnqueueOptions, enqueue } from './outbox-enqueue.ts';
import type { Tables } from './schema.ts';
import { type Db, type Tx, write } from './transaction.ts';

const told = { nothing: 0, beginning: 1, all: 2 } as const;

/** Troubles that an operator is told of once, until they are over. */
export function createNoticeStore(db: Db, options: EnqueueOptions): NoticeStore {
  return {
    raise: (notice) =>
      write(db, async (tx) => {
        const known = await tx
          .selectFrom('notice')
          .select('resolved_at')
          .where('kind', '=', notice.kind)
          .where('subject', '=', notice.subject)
          .executeTakeFirst();
        if (known && (known.resolved_at === null || notice.over === true)) return false;
        const at = instant(notice.at);
        const columns = {
          body: notice.text,
          raised_at: at,
          resolved_at: notice.over === true ? at : null,
          told: told.nothing,
        };
        await tx
          .insertInto('notice')
          .values({ kind: notice.kind, subject: notice.subject, ...columns })
          .onConflict((conflict) => conflict.columns(['kind', 'subject']).doUpdateSet(columns))
          .execute();
        return true;
      }),
    async resolve(kind, subject, at, text) {
      const update = db
        .updateTable('notice')
        .set((eb) => ({
          resolved_at: instant(at),
          body: text ?? sql<string>`${eb.val('Over: ')} || ${eb.ref('body')}`,
        }))
        .where('kind', '=', kind);
      const done = await update.where('subject', '=', subject).where('resolved_at', 'is', null).executeTakeFirst();
      return done.numUpdatedRows > 0n;
    },
    async since(kind, subject) {
      const query = db.selectFrom('notice').select('raised_at').where('kind', '=', kind).where('subject', '=', subject);
      return (await query.where('resolved_at', 'is', null).executeTakeFirst())?.raised_at ?? null;
    },
    async standing(limit) {
      const query = db.selectFrom('notice').selectAll().where('resolved_at', 'is', null);
      const rows = await query.orderBy('raised_at').orderBy('kind').orderBy('subject').limit(limit).execute();
      return rows.map(noticeOf);
    },
    async untold(limit) {
      const rows = await db
        .selectFrom('notice')
        .selectAll()
        .where((eb) =>
          eb.or([
            eb('told', '=', told.nothing),
            eb.and([eb('told', '=', told.beginning), eb('resolved_at', 'is not', null)]),
          ]),
        )
        .orderBy('raised_at')
        .orderBy('kind')
        .orderBy('subject')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...noticeOf(row), told: row.told === told.nothing ? 'nothing' : 'beginning' }));
    },
    tell: (notices, posts) =>
      write(db, async (tx) => {
        const stale = await Promise.all(notices.map((notice) => isTold(tx, notice)));
        if (stale.includes(true)) return false;
        for (const notice of notices) await markTold(tx, notice);
        await enqueue(tx, options, posts);
        return true;
      }),
  };
}

function sameNotice({ kind, subject, at, told: known }: UntoldNotice) {
  return { kind, subject, raised_at: instant(at), told: told[known] };
}

async function isTold(tx: Tx, notice: UntoldNotice): Promise<boolean> {
  const found = tx
    .selectFrom('notice')
    .select('told')
    .where((eb) => eb.and(sameNotice(notice)));
  return (await found.executeTakeFirst()) === undefined;
}

async function markTold(tx: Tx, notice: UntoldNotice): Promise<void> {
  const next = notice.resolvedAt === null ? told.beginning : told.all;
  const update = tx.updateTable('notice').set({ told: next });
  await update.where((eb) => eb.and(sameNotice(notice))).execute();
}

function noticeOf({ kind, subject, body, raised_at, resolved_at }: Tables['notice']): Notice {
  return { kind, subject, text: body, at: raised_at, resolvedAt: resolved_at };
}
