import type { SealedStore } from '../core/ports.ts';
import { instant } from './codec.ts';
import type { Db } from './transaction.ts';

/** Secrets of installations, sealed before they come here: the database never holds a token in the clear. */
export function createSealedStore(db: Db): SealedStore {
  return {
    async put({ owner, name, sealed, at }) {
      const values = { sealed, stored_at: instant(at) };
      await db
        .insertInto('installation')
        .values({ owner, name, ...values })
        .onConflict((conflict) => conflict.columns(['owner', 'name']).doUpdateSet(values))
        .execute();
    },
    async get(owner, name) {
      const query = db.selectFrom('installation').select('sealed').where('owner', '=', owner);
      return (await query.where('name', '=', name).executeTakeFirst())?.sealed ?? null;
    },
    async names(owner) {
      const query = db.selectFrom('installation').select('name').where('owner', '=', owner).orderBy('name');
      return (await query.execute()).map((row) => row.name);
    },
    async remove(owner, name) {
      const query = db.deleteFrom('installation').where('owner', '=', owner).where('name', '=', name);
      return (await query.executeTakeFirst()).numDeletedRows > 0n;
    },
  };
}
