import { instant } from './codec.ts';
import { type Db, writeRelaxed } from './transaction.ts';

/** Takes or renews a named hold for `owner`; false while another's has not run out. */
export function hold(db: Db, name: string, owner: string, now: string, until: string): Promise<boolean> {
  return writeRelaxed(db, async (tx) => {
    const held = await tx.selectFrom('held').selectAll().where('name', '=', name).executeTakeFirst();
    if (held && held.owner !== owner && held.until > instant(now)) return false;
    const columns = { owner, until: instant(until) };
    await tx
      .insertInto('held')
      .values({ name, ...columns })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(columns))
      .execute();
    return true;
  });
}
