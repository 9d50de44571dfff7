import { type Insertable, sql } from 'kysely';
import type { OutboxDraft } from '../core/delivery.ts';
import type { Message } from '../core/message.ts';
import { encode, flag, instant } from './codec.ts';
import { inChannel, rollUpDraft } from './outbox-rolled.ts';
import { newestPost, subjectsOf } from './outbox-rows.ts';
import type { OutboxTable } from './schema.ts';
import { forwarded } from './story-rows.ts';
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

async function insert(tx: Tx, rows: readonly Columns[]): Promise<number> {
  const query = tx.insertInto('outbox').values(rows);
  const done = await query.onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return Number(done.numInsertedOrUpdatedRows ?? 0n);
}

/** Older rows of the same channel and subject that have not gone out, nor may have. */
function unsent(tx: Tx, row: Columns, action: 'post' | 'edit') {
  return tx
    .selectFrom('outbox')
    .select(['id', 'due_at', 'not_before'])
    .where('platform', '=', row.platform)
    .where('workspace', '=', row.workspace)
    .where('channel', '=', row.channel)
    .where('kind', '=', row.kind)
    .where('subject', '=', row.subject)
    .where('id', '<', row.id)
    .where('action', '=', action)
    .where(sql<boolean>`waiting = 1`)
    .orderBy('id');
}

function supersede(tx: Tx, ids: readonly string[], by: number) {
  return tx
    .updateTable('outbox')
    .set({ state: 'superseded', waiting: 0, reason: `revision ${by} took its place` })
    .where('id', 'in', ids)
    .execute();
}

/** The story that this one was folded into, when the channel has that one too, or is getting it; else null. */
async function toldByWinner(tx: Tx, { platform, workspace, channel: id, kind, subject }: Columns) {
  const winner = kind === 'story' ? await forwarded(tx, subject) : null;
  if (winner === null || winner === subject) return null;
  const others = (await subjectsOf(tx, 'story', winner)).filter((one) => one !== subject);
  const channel = { platform, workspace, id };
  const post = inChannel(tx, channel).select('id').where('kind', '=', 'story').where('subject', 'in', others);
  const live = post.where('action', '=', 'post').where('state', 'not in', ['dead', 'superseded']);
  return (await live.executeTakeFirst()) ? winner : null;
}

/** A first post that has not gone out tells the new state itself; nothing more is said. */
async function renewFirstPost(tx: Tx, row: Columns): Promise<boolean> {
  if (row.standalone === null) return false;
  const post = await unsent(tx, row, 'post').where('maybe_sent_since', 'is', null).executeTakeFirst();
  if (!post) return false;
  const winner = await toldByWinner(tx, row);
  if (winner !== null) {
    const reason = `told as story ${winner}`;
    const gone = { state: 'superseded', waiting: 0 as const, reason };
    await tx.updateTable('outbox').set(gone).where('id', 'in', [post.id, row.id]).execute();
    return true;
  }
  const sooner = row.part === 'said' && row.not_before < post.due_at ? { due_at: row.not_before } : {};
  await tx
    .updateTable('outbox')
    .set({ message: row.standalone, ...sooner })
    .where('id', '=', post.id)
    .execute();
  await tx
    .updateTable('outbox')
    .set({ state: 'superseded', waiting: 0, reason: 'told by the first post' })
    .where('id', '=', row.id)
    .execute();
  return true;
}

/** Edits gather: a newer one takes the place of those that wait, at the time that was theirs. */
async function gatherEdits(tx: Tx, row: Columns): Promise<void> {
  const waiting = await unsent(tx, row, 'edit').execute();
  if (waiting.length === 0) return;
  const ids = waiting.map((one) => one.id);
  await supersede(tx, ids, row.revision);
  const due = waiting.map((one) => one.not_before).sort()[0] ?? row.due_at;
  if (due < row.due_at)
    await tx.updateTable('outbox').set({ due_at: due, not_before: due }).where('id', '=', row.id).execute();
}

/** A roll-up is edited no more often than this, in milliseconds. */
const rollUpPauseMs = 60_000;

/**
 * What was told in a roll-up is mended there, by a draft of the roll-up; null when the row's story has a post of its own.
 * What is said anew answers the roll-up's post, or is told by it when that has not gone out.
 */
async function mendRollUp(tx: Tx, row: Columns): Promise<OutboxDraft | null> {
  if (row.standalone === null || row.kind !== 'story') return null;
  const { platform, workspace, channel: id, subject } = row;
  const channel = { platform, workspace, id };
  const subjects = await subjectsOf(tx, 'story', subject);
  const posts = await inChannel(tx, channel)
    .select(['id', 'rolled_into', 'state'])
    .where('kind', '=', 'story')
    .where('subject', 'in', subjects)
    .where('action', '=', 'post')
    .where('id', '<', row.id)
    .orderBy('id', 'desc')
    .execute();
  const rolled = posts.find((post) => post.rolled_into !== null);
  if (!rolled?.rolled_into || posts.some((post) => post.state === 'sent')) return null;
  await tx.updateTable('outbox').set({ message: row.standalone }).where('id', '=', rolled.id).execute();
  const told = row.action === 'edit' || !(await newestPost(tx, channel, 'roll-up', rolled.rolled_into));
  if (told) {
    const gone = { state: 'superseded', waiting: 0 as const, reason: `told in ${rolled.rolled_into}` };
    await tx.updateTable('outbox').set(gone).where('id', '=', row.id).execute();
  }
  return rollUpDraft(tx, rolled.rolled_into, row.not_before, rollUpPauseMs);
}

/** Adds the rows that do not exist yet; answers how many were new. Part of the transaction of what caused them. */
export async function enqueue(tx: Tx, options: EnqueueOptions, drafts: readonly OutboxDraft[]): Promise<number> {
  const text = encoder();
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
    if (await renewFirstPost(tx, row)) continue;
    const mended = await mendRollUp(tx, row);
    if (mended) await enqueue(tx, options, [mended]);
    if (row.action === 'edit') await gatherEdits(tx, row);
  }
  return added;
}
