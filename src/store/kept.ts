import type { KeptStore } from '../core/ports.ts';
import { instant } from './codec.ts';
import type { Db } from './transaction.ts';

/** What adapters keep, by kind and name. `now` in milliseconds. */
export function createKeptStore(db: Db, now: () => number): KeptStore {
  return {
    async put(kind, name, value) {
      const values = { value, stored_at: instant(new Date(now()).toISOString()) };
      await db
        .insertInto('kept')
        .values({ kind, name, ...values })
        .onConflict((conflict) => conflict.columns(['kind', 'name']).doUpdateSet(values))
        .execute();
    },
    async get(kind, name) {
      const query = db.selectFrom('kept').select('value').where('kind', '=', kind).where('name', '=', name);
      return (await query.executeTakeFirst())?.value ?? null;
    },
    async all(kind) {
      return db.selectFrom('kept').select(['name', 'value']).where('kind', '=', kind).orderBy('stored_at').execute();
    },
    async remove(kind, name) {
      await db.deleteFrom('kept').where('kind', '=', kind).where('name', '=', name).execute();
    },
  };
}
