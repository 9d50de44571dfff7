import type { MetaStore } from '../core/ports.ts';
import type { Db } from './transaction.ts';

/** Small facts by name. */
export function createMetaStore(db: Db): MetaStore {
  return {
    async get(key) {
      const row = await db.selectFrom('meta').select('value').where('name', '=', key).executeTakeFirst();
      return row?.value ?? null;
    },
    async set(key, value) {
      await db
        .insertInto('meta')
        .values({ name: key, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },
  };
}
