import type { ChatAdapter, OutboxRow } from '../core/delivery.ts';
import type { Clock, Log } from '../core/ports.ts';
import { isoAt } from '../lib/clock.ts';
import type { PauseStore } from './pause.ts';

const defaultArrivalMs = 30_000;
/** What could not be read may be readable later, when somebody has granted the right. */
const unreadableMs = 10 * 60_000;

export interface ReconcileParts {
  store: PauseStore;
  adapters: ReadonlyMap<string, ChatAdapter>;
  clock: Clock;
  log: Log;
  /** The row as it went out: marked late, or in its plain form. */
  asSent: (row: OutboxRow, adapter: ChatAdapter, atMs: number) => OutboxRow;
}

/** `sent`: recorded as sent. `absent`: it did not arrive. `open`: not known yet, or never to be known. */
export type Found = 'sent' | 'absent' | 'open';

/**
 * Looks in its channel's history for a row whose message may have arrived, and records it when it did. That it did not
 * is believed only when the attempt is old enough. `nextLookAt` says when an open one is worth another look.
 */
export async function lookFor(
  row: OutboxRow,
  adapter: ChatAdapter,
  { store, clock, log, asSent }: ReconcileParts,
): Promise<{ found: Found; nextLookAt: number }> {
  const since = Date.parse(row.maybeSentSince ?? row.createdAt);
  const arrived = since + (adapter.capabilities.arrivesWithinMs ?? defaultArrivalMs);
  const answer = (await adapter.reconcile?.(asSent(row, adapter, since))) ?? {
    kind: 'unreadable',
    reason: 'nothing can be looked up',
  };
  if (answer.kind === 'unreadable') {
    log.warn({ row: row.id, reason: answer.reason }, 'unknown delivery cannot be looked up');
    return { found: 'open', nextLookAt: clock.now() + unreadableMs };
  }
  if (answer.kind === 'found') {
    const outcome = { kind: 'sent', messageId: answer.messageId } as const;
    await store.outbox.settle(row.id, outcome, isoAt(clock.now()), { state: 'sent' });
    return { found: 'sent', nextLookAt: 0 };
  }
  return { found: clock.now() < arrived ? 'open' : 'absent', nextLookAt: arrived };
}

/** Rows that are not looked for before then, by id, in milliseconds. */
export type Looks = Map<string, number>;

/**
 * Settles unknown rows from the channels' histories: found is sent, absent is sent again, and what cannot be read stays
 * unknown for an operator. Answers how many moved.
 */
export async function reconcileUnknown(
  parts: ReconcileParts,
  looks: Looks,
  without: readonly string[],
): Promise<number> {
  const { store, adapters, clock, log } = parts;
  let moved = 0;
  for (const row of await store.outbox.list('unknown', 200)) {
    const adapter = adapters.get(row.channel.platform);
    if (!adapter?.reconcile || !adapter.capabilities.history || without.includes(row.channel.platform)) continue;
    if ((looks.get(row.id) ?? 0) > clock.now()) continue;
    const { found, nextLookAt } = await lookFor(row, adapter, parts);
    looks.set(row.id, nextLookAt);
    if (found === 'open') continue;
    const at = isoAt(clock.now());
    if (found === 'absent') await store.outbox.absent(row.id, row.maybeSentSince ?? row.createdAt, at);
    await store.notices.resolve('delivery-unknown', row.id, at);
    looks.delete(row.id);
    moved++;
    log.info({ row: row.id, found }, 'unknown delivery reconciled');
  }
  return moved;
}
