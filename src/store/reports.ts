import type { LedgerStore } from '../core/ports.ts';
import { instant } from './codec.ts';
import type { Db } from './transaction.ts';

/** What people say is wrong with an answer, until an operator has answered. */
export function createReportStore(
  db: Db,
  nextId: () => string,
): Pick<LedgerStore, 'report' | 'openReports' | 'resolveReport'> {
  return {
    async report({ about, words, at }) {
      const id = nextId();
      const open = { resolved_by: null, resolved_at: null, resolution: null };
      await db
        .insertInto('answer_report')
        .values({ id, about, words, reported_at: instant(at), ...open })
        .execute();
      return id;
    },
    async openReports(limit) {
      const query = db.selectFrom('answer_report').selectAll().where('resolved_at', 'is', null);
      const rows = await query.orderBy('id').limit(limit).execute();
      return rows.map((row) => ({
        id: row.id,
        about: row.about,
        words: row.words,
        reportedAt: row.reported_at,
        resolvedBy: row.resolved_by,
        resolvedAt: row.resolved_at,
        resolution: row.resolution,
      }));
    },
    async resolveReport(id, { by, resolution, at }) {
      const columns = { resolved_by: by, resolved_at: instant(at), resolution };
      const update = db.updateTable('answer_report').set(columns).where('id', '=', id);
      return (await update.where('resolved_at', 'is', null).executeTakeFirst()).numUpdatedRows > 0n;
    },
  };
}
