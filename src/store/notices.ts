import type { NoticeStore } from '../core/delivery-ports.ts';
import { instant } from './codec.ts';
import { type Db, write } from './transaction.ts';

/** Troubles that an operator is told of once, until they are over. */
export function createNoticeStore(db: Db): NoticeStore {
  return {
    raise: (notice) =>
      write(db, async (tx) => {
        const stands = tx.selectFrom('notice').select('kind').where('kind', '=', notice.kind);
        const standing = await stands
          .where('subject', '=', notice.subject)
          .where('resolved_at', 'is', null)
          .executeTakeFirst();
        if (standing) return false;
        const columns = { body: notice.text, raised_at: instant(notice.at), resolved_at: null };
        await tx
          .insertInto('notice')
          .values({ kind: notice.kind, subject: notice.subject, ...columns })
          .onConflict((conflict) => conflict.columns(['kind', 'subject']).doUpdateSet(columns))
          .execute();
        return true;
      }),
    async resolve(kind, subject, at) {
      const update = db
        .updateTable('notice')
        .set({ resolved_at: instant(at) })
        .where('kind', '=', kind);
      const done = await update.where('subject', '=', subject).where('resolved_at', 'is', null).executeTakeFirst();
      return done.numUpdatedRows > 0n;
    },
    async standing(limit) {
      const query = db.selectFrom('notice').selectAll().where('resolved_at', 'is', null);
      const rows = await query.orderBy('raised_at').orderBy('kind').orderBy('subject').limit(limit).execute();
      return rows.map(({ kind, subject, body, raised_at, resolved_at }) => ({
        kind,
        subject,
        text: body,
        at: raised_at,
        resolvedAt: resolved_at,
      }));
    },
  };
}
