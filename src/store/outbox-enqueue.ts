import { type Insertable, sql } from 'kysely';
import type { OutboxDraft } from '../core/delivery.ts';
import type { Message } from '../core/message.ts';
import type { Channel } from '../core/subscription.ts';
import { encode, flag, instant } from './codec.ts';
import { standingPost, standingRow } from './outbox-posts.ts';
import { kinOf, older, renewFirstPost, supersede } from './outbox-renew.ts';
import { rollUpDraft } from './outbox-rolled.ts';
import type { OutboxTable } from './schema.ts';
import { chunks, type Tx } from './transaction.ts';

export interface EnqueueOptions {
  nextId: () => string;
  now: () => number;
}

/** One story goes to thousands of channels: its message is written out once. */
function encoder(): (message: Message) => string {
  const done = new Map<Message, string>();
  return (message) => {
    const text = done.get(message) ?? encode(message);
    done.set(message, text);
    return text;
  };
}

function columnsOf(options: EnqueueOptions, draft: OutboxDraft, text: (message: Message) => string) {
  const notBefore = instant(draft.notBefore);
  return {
    id: options.nextId(),
    platform: draft.channel.platform,
    workspace: draft.channel.workspace,
    channel: draft.channel.id,
    kind: draft.kind,
    subject: draft.subject,
    revision: draft.revision,
    part: draft.action === 'edit' ? ('mended' as const) : ('said' as const),
    action: draft.action,
    message: text(draft.message),
    standalone: draft.standalone === undefined ? null : text(draft.standalone),
    not_before: notBefore,
    late: flag(draft.late),
    state: 'pending',
    waiting: flag(true),
    due_at: notBefore,
    attempts: 0,
    begun: flag(false),
    rejected_before: flag(false),
    created_at: new Date(options.now()).toISOString(),
  } satisfies Insertable<OutboxTable>;
}

type Columns = ReturnType<typeof columnsOf>;

function placeOf({ platform, workspace, channel }: Columns): Channel {
  return { platform, workspace, id: channel };
}

async function insert(tx: Tx, rows: readonly Columns[]): Promise<number> {
  const query = tx.insertInto('outbox').values(rows);
  const done = await query.onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0n);
}

/** Edits gather: a newer one takes the place of those that wait, at the time that was theirs. */
async function gatherEdits(tx: Tx, row: Columns, family: readonly string[]): Promise<void> {
  const edits = older(tx, row, family, 'edit').select(['id', 'subject', 'not_before']);
  const waiting = await edits.where(sql<boolean>`waiting = 1`).execute();
  const own = waiting.filter((one) => one.subject === row.subject);
  const due = own.map((one) => one.not_before).sort()[0] ?? row.due_at;
  if (due < row.due_at)
    await tx.updateTable('outbox').set({ due_at: due, not_before: due }).where('id', '=', row.id).execute();
  const ids = own.map((one) => one.id);
  // Those of a story that was folded into this one mend the same post, unless that one's own stands beside it.
  const standing = (subject: string) => standingRow(tx, placeOf(row), row.kind, subject);
  for (const one of waiting)
    if (one.subject !== row.subject && (await standing(one.subject))?.id === (await standing(row.subject))?.id)
      ids.push(one.id);
  if (ids.length > 0) await supersede(tx, ids, `revision ${row.revision} took its place`);
}

/** A roll-up is edited no more often than this, in milliseconds. */
const rollUpPauseMs = 60_000;

/**
 * What was told in a roll-up is mended there, by a draft of the roll-up; null when the row's story has a post of its own.
 * What is said anew answers the roll-up's post, or is told by it when that has not gone out.
 */
async function mendRollUp(tx: Tx, row: Columns): Promise<OutboxDraft | null> {
  if (row.standalone === null || row.kind !== 'story') return null;
  const channel = placeOf(row);
  const rolled = await standingRow(tx, channel, row.kind, row.subject);
  if (!rolled?.rolled_into) return null;
  await tx.updateTable('outbox').set({ message: row.standalone }).where('id', '=', rolled.id).execute();
  const told = row.action === 'edit' || !(await standingPost(tx, channel, 'roll-up', rolled.rolled_into));
  if (told) await supersede(tx, [row.id], `told in ${rolled.rolled_into}`);
  return rollUpDraft(tx, rolled.rolled_into, row.not_before, rollUpPauseMs);
}

/** Adds the rows that do not exist yet; answers how many were new. Part of the transaction of what caused them. */
export async function enqueue(tx: Tx, options: EnqueueOptions, drafts: readonly OutboxDraft[]): Promise<number> {
  const text = encoder();
  const kin = kinOf(tx);
  let added = 0;
  const posts = drafts.filter((draft) => draft.action === 'post' && draft.standalone === undefined);
  for (const some of chunks(posts, 100)) {
    added += await insert(
      tx,
      some.map((draft) => columnsOf(options, draft, text)),
    );
  }
  for (const draft of drafts) {
    if (draft.action === 'post' && draft.standalone === undefined) continue;
    const row = columnsOf(options, draft, text);
    if ((await insert(tx, [row])) === 0) continue;
    added++;
    if (await renewFirstPost(tx, row, kin)) continue;
    const mended = await mendRollUp(tx, row);
    if (mended) await enqueue(tx, options, [mended]);
    if (row.action === 'edit') await gatherEdits(tx, row, (await kin(row)).family);
  }
  return added;
}
