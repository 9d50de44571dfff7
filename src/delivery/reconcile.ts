import type { ChatAdapter, OutboxRow } from '../core/delivery.ts';
import type { Clock, Log } from '../core/ports.ts';
import { isoAt } from '../lib/clock.ts';
import type { PauseStore } from './pause.ts';

const defaultArrivalMs = 30_000;

export interface ReconcileParts {
  store: PauseStore;
  adapters: ReadonlyMap<string, ChatAdapter>;
  clock: Clock;
  log: Log;
}

/**
 * Settles unknown rows from the channels' histories: found is sent, absent (long enough after the attempt) is sent
 * again, and what cannot be read stays unknown for an operator. Answers how many moved. Rows in `hopeless` are left
 * alone; it grows by those that cannot be read, so that each is asked for once while the program runs.
 */
export async function reconcileUnknown(parts: ReconcileParts, hopeless: Set<string>): Promise<number> {
  let moved = 0;
  for (const row of await parts.store.outbox.list('unknown', 200)) {
    const adapter = parts.adapters.get(row.channel.platform);
    if (!adapter?.reconcile || !adapter.capabilities.history || hopeless.has(row.id)) continue;
    if (await reconcileOne(row, adapter, parts, hopeless)) moved++;
  }
  return moved;
}

async function reconcileOne(
  row: OutboxRow,
  adapter: ChatAdapter,
  { store, clock, log }: ReconcileParts,
  hopeless: Set<string>,
): Promise<boolean> {
  const found = (await adapter.reconcile?.(row)) ?? { kind: 'unreadable', reason: 'nothing can be looked up' };
  const now = isoAt(clock.now());
  if (found.kind === 'unreadable') {
    hopeless.add(row.id);
    log.warn({ row: row.id, reason: found.reason }, 'unknown delivery cannot be looked up');
    return false;
  }
  if (found.kind === 'found') {
    await store.outbox.settle(row.id, { kind: 'sent', messageId: found.messageId }, now, { state: 'sent' });
  } else {
    const since = Date.parse(row.maybeSentSince ?? row.createdAt);
    if (clock.now() - since < (adapter.capabilities.arrivesWithinMs ?? defaultArrivalMs)) return false;
    await store.outbox.retry(row.id, now);
  }
  await store.notices.resolve('delivery-unknown', row.id, now);
  log.info({ row: row.id, found: found.kind }, 'unknown delivery reconciled');
  return true;
}
