import type { SubscriptionStore } from '../core/ports.ts';
import type { Channel, Subscription } from '../core/subscription.ts';
import { decode, encode, instant } from './codec.ts';
import { moveDeliveries } from './outbox-move.ts';
import { type Db, type Tx, write } from './transaction.ts';

function columnsOf(subscription: Subscription) {
  return {
    platform: subscription.channel.platform,
    workspace: subscription.channel.workspace,
    channel: subscription.channel.id,
    status: subscription.status,
    created_at: instant(subscription.createdAt),
    body: encode(subscription),
  };
}

async function add(tx: Tx, subscription: Subscription): Promise<void> {
  const columns = columnsOf(subscription);
  await tx
    .insertInto('subscription')
    .values({ id: subscription.id, ...columns })
    .execute();
  const { platform, workspace, channel, created_at } = columns;
  await tx
    .insertInto('channel')
    .values({ platform, workspace, channel, first_subscribed_at: created_at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

function fromRow(row: { id: string; body: string }): Subscription {
  return decode(row.body, `subscription ${row.id}`) as Subscription;
}

/** Which channels want what. */
export function createSubscriptionStore(db: Db, reader: Db): SubscriptionStore {
  function inChannel(channel: Channel) {
    const query = reader.selectFrom('subscription').where('platform', '=', channel.platform);
    return query.where('workspace', '=', channel.workspace).where('channel', '=', channel.id);
  }
  return {
    add: (subscription) => write(db, (tx) => add(tx, subscription)),
    async update(subscription) {
      await db.updateTable('subscription').set(columnsOf(subscription)).where('id', '=', subscription.id).execute();
    },
    async remove(id) {
      const done = await db.deleteFrom('subscription').where('id', '=', id).executeTakeFirst();
      return done.numDeletedRows > 0n;
    },
    async forChannel(channel) {
      const rows = await inChannel(channel).select(['id', 'body']).orderBy('created_at').orderBy('id').execute();
      return rows.map(fromRow);
    },
    async active() {
      const query = reader.selectFrom('subscription').select(['id', 'body']).where('status', '=', 'active');
      return (await query.orderBy('created_at').orderBy('id').execute()).map(fromRow);
    },
    async all() {
      const query = reader.selectFrom('subscription').select(['id', 'body']);
      return (await query.orderBy('created_at').orderBy('id').execute()).map(fromRow);
    },
    async followed(platform) {
      const query = reader.selectFrom('subscription').select(['workspace', 'channel']).distinct();
      const rows = await query.where('platform', '=', platform).orderBy('workspace').orderBy('channel').execute();
      return rows.map((row) => ({ platform, workspace: row.workspace, id: row.channel }));
    },
    async inWorkspace(platform, workspace) {
      const query = reader.selectFrom('subscription').select(['id', 'body']).where('platform', '=', platform);
      const rows = await query.where('workspace', '=', workspace).orderBy('created_at').orderBy('id').execute();
      return rows.map(fromRow);
    },
    moveChannel: (from, to) =>
      write(db, async (tx) => {
        const query = tx.selectFrom('subscription').select(['id', 'body']).where('platform', '=', from.platform);
        const rows = await query.where('workspace', '=', from.workspace).where('channel', '=', from.id).execute();
        for (const row of rows)
          await tx
            .updateTable('subscription')
            .set(columnsOf({ ...fromRow(row), channel: to }))
            .where('id', '=', row.id)
            .execute();
        await moveDeliveries(tx, from, to);
        return rows.length;
      }),
    async everSubscribed(channel) {
      const query = reader.selectFrom('channel').select('platform').where('platform', '=', channel.platform);
      const row = await query
        .where('workspace', '=', channel.workspace)
        .where('channel', '=', channel.id)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
