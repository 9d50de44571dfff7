import type { ChatAdapter, OutboxRow } from '../core/delivery.ts';
import type { OutboxStore } from '../core/delivery-ports.ts';
import type { RollUpKind } from '../core/roll-up.ts';
import { isoAt } from '../lib/clock.ts';

/** When alerts share one message; from settings.yaml. */
export interface RollUpRules {
  /** First alerts in an hour to one channel, beyond which they share a message; 0 for never. */
  burstPerHour: number;
  /** `apart`: an official story is always told by itself. */
  burstOfficial: 'apart' | 'together';
  /** First alerts that are later than this are told together, as catch-up. Milliseconds. */
  lateAfterMs: number;
  /** How long edits of one message are apart. Milliseconds. */
  editPauseMs: number;
}

const hourMs = 3_600_000;

export interface RollUpParts {
  outbox: OutboxStore;
  owner: string;
  nowMs: number;
  rules: RollUpRules;
  /** Whether the channel wants what quiet hours held back in one message, and this was. */
  batched: boolean;
}

/**
 * Whether a leased first alert is told in a message with others instead: late ones together as catch-up, those held
 * back by quiet hours where the channel wants them together, and those beyond the number that a channel takes in an hour. True when the row was moved there.
 */
export async function rollUp(
  row: OutboxRow,
  adapter: ChatAdapter,
  { outbox, owner, nowMs, rules, batched }: RollUpParts,
): Promise<boolean> {
  if (row.kind !== 'story' || row.action !== 'post' || row.standalone || row.maybeSentSince) return false;
  const now = isoAt(nowMs);
  const hourAgo = isoAt(nowMs - hourMs);
  const grows = adapter.capabilities.edits && adapter.capabilities.disturbs !== false;
  const move = (kind: RollUpKind, rowIds: readonly string[]) =>
    outbox.roll({
      kind,
      channel: row.channel,
      rowIds,
      owner,
      at: now,
      since: grows && kind !== 'held' ? hourAgo : null,
      pauseMs: rules.editPauseMs,
    });
  if (isLate(row, nowMs, rules.lateAfterMs)) {
    const others = await outbox.lateIn(row.channel, isoAt(nowMs - rules.lateAfterMs), now);
    return others.length > 0 && (await move('catch-up', [row.id, ...others])) > 0;
  }
  if (batched) {
    const others = (await outbox.heldUntil(row.channel, row.notBefore, now)).filter((id) => id !== row.id);
    return others.length > 0 && (await move('held', [row.id, ...others])) > 0;
  }
  const apart = row.message.tone === 'official' && rules.burstOfficial === 'apart';
  if (rules.burstPerHour === 0 || apart || !grows) return false;
  const told = await outbox.toldSince(row.channel, hourAgo);
  return told >= rules.burstPerHour && (await move('burst', [row.id])) > 0;
}

/** When the row was meant to go out. */
export function dueMs(row: OutboxRow): number {
  return Math.max(Date.parse(row.notBefore), Date.parse(row.createdAt));
}

function isLate(row: OutboxRow, nowMs: number, lateAfterMs: number): boolean {
  return row.late || nowMs - dueMs(row) > lateAfterMs;
}
