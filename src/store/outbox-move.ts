import type { Channel } from '../core/subscription.ts';
import type { Tx } from './transaction.ts';

/** What was and is to be told in a channel goes with it to its new id, but for what that was told already. */
export async function moveDeliveries(tx: Tx, from: Channel, to: Channel): Promise<void> {
  await tx
    .updateTable('outbox')
    .set({ workspace: to.workspace, channel: to.id })
    .where('platform', '=', from.platform)
    .where('workspace', '=', from.workspace)
    .where('channel', '=', from.id)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('outbox as other')
            .select('other.id')
            .where('other.platform', '=', to.platform)
            .where('other.workspace', '=', to.workspace)
            .where('other.channel', '=', to.id)
            .whereRef('other.kind', '=', 'outbox.kind')
            .whereRef('other.subject', '=', 'outbox.subject'),
        ),
      ),
    )
    .execute();
}
