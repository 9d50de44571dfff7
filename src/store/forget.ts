import type { Platform } from '../core/subscription.ts';
import { chunks, type Db, type Tx, write } from './transaction.ts';

/**
 * Deletes what is kept of a server or workspace: subscriptions, deliveries with their attempts, notices about its
 * channels, what was told in them, and its sealed installation. Answers how many subscriptions and deliveries those were.
 */
export function forget(
  db: Db,
  platform: Platform,
  workspace: string,
): Promise<{ subscriptions: number; deliveries: number }> {
  return write(db, async (tx) => {
    const deliveries = await deleteDeliveries(tx, platform, workspace);
    const here = { platform, workspace };
    const done = await tx
      .deleteFrom('subscription')
      .where((eb) => eb.and(here))
      .executeTakeFirst();
    await tx
      .deleteFrom('channel')
      .where((eb) => eb.and(here))
      .execute();
    for (const like of [`${platform}/${workspace}`, `${platform}/${workspace}/%`])
      await tx.deleteFrom('notice').where('subject', 'like', like).execute();
    await tx
      .deleteFrom('kept')
      .where('kind', '=', 'heard')
      .where('name', 'like', `${platform}/${workspace}/%`)
      .execute();
    await tx.deleteFrom('installation').where('owner', '=', platform).where('name', '=', workspace).execute();
    return { subscriptions: Number(done.numDeletedRows), deliveries };
  });
}

async function deleteDeliveries(tx: Tx, platform: Platform, workspace: string): Promise<number> {
  const rows = await tx
    .selectFrom('outbox')
    .select('id')
    .where((eb) => eb.and({ platform, workspace }))
    .execute();
  for (const ids of chunks(rows.map(({ id }) => id))) {
    await tx.deleteFrom('outbox_attempt').where('outbox_id', 'in', ids).execute();
    await tx.deleteFrom('outbox').where('id', 'in', ids).execute();
  }
  return rows.length;
}
