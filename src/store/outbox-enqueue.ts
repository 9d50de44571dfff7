import { type Insertable, sql } from 'kysely';
import type { OutboxDraft } from '../core/delivery.ts';
import type { Message } from '../core/message.ts';
import { encode, flag, instant } from './codec.ts';
import { inChannel, rollUpDraft } from './outbox-rolled.ts';
import { newestPost } from './outbox-rows.ts';
import type { OutboxTable } from './schema.ts';
import { forwarded, mergedFamily } from './story-rows.ts';
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

/** Where a story's id leads, and all that were folded into it, itself among them. */
interface Kin {
  winner: string;
  family: readonly string[];
}

/** Asked once a subject, however many channels have it. */
function kinOf(tx: Tx): (row: Pick<Columns, 'kind' | 'subject'>) => Promise<Kin> {
  const known = new Map<string, Promise<Kin>>();
  const ask = async (subject: string): Promise<Kin> => ({
    winner: (await forwarded(tx, subject)) ?? subject,
    family: await mergedFamily(tx, subject),
  });
  return async ({ kind, subject }) => {
    if (kind !== 'story') return { winner: subject, family: [subject] };
    const kin = known.get(subject) ?? ask(subject);
    known.set(subject, kin);
    return kin;
  };
}

type KinOf = ReturnType<typeof kinOf>;

/** Older rows of the row's channel about these subjects. */
function older(tx: Tx, row: Columns, subjects: readonly string[], action: 'post' | 'edit') {
  return inChannel(tx, { platform: row.platform, workspace: row.workspace, id: row.channel })
    .where('kind', '=', row.kind)
    .where('subject', 'in', subjects)
    .where('id', '<', row.id)
    .where('action', '=', action);
}

/** The oldest first post of these subjects that has not gone out, nor may have. */
function unsentPost(tx: Tx, row: Columns, subjects: readonly string[]) {
  return older(tx, row, subjects, 'post')
    .select(['id', 'due_at'])
    .where('maybe_sent_since', 'is', null)
    .where(sql<boolean>`waiting = 1`)
    .orderBy('id')
    .executeTakeFirst();
}

function supersede(tx: Tx, ids: readonly string[], reason: string) {
  return tx.updateTable('outbox').set({ state: 'superseded', waiting: 0, reason }).where('id', 'in', ids).execute();
}

/** Whether the channel has one of these stories, by itself or in a roll-up, or (unless `out`) is getting it. */
async function has(tx: Tx, row: Columns, subjects: readonly string[], how: { out: boolean }): Promise<boolean> {
  if (subjects.length === 0) return false;
  const posts = older(tx, row, subjects, 'post').select('id');
  const some = how.out ? posts.where('waiting', '=', 0) : posts;
  const live = some.where((one) =>
    one.or([one('state', 'not in', ['dead', 'superseded']), one('rolled_into', 'is not', null)]),
  );
  return (await live.executeTakeFirst()) !== undefined;
}

/**
 * A story that was folded into another. Where the channel has that one too, a first post of this one that has not gone
 * out never does, and one that stands is marked; where it has not, this one's post is the other's from now on.
 */
async function foldAway(tx: Tx, row: Columns, winner: string, family: readonly string[]): Promise<boolean> {
  const others = family.filter((one) => one !== row.subject);
  const isTold = await has(tx, row, others, { out: false });
  const post = isTold ? await unsentPost(tx, row, [row.subject]) : undefined;
  if (isTold && !post) return false;
  await supersede(tx, post ? [post.id, row.id] : [row.id], `told as story ${winner}`);
  return true;
}

/** By then a send in doubt was looked for, in milliseconds. */
const doubtMs = 5 * 60_000;

/** Whether a folded story's post has arrived is not known at the moment: until it is, there is nothing to mend, or to say again. */
async function waitForDoubt(tx: Tx, row: Columns, folded: readonly string[]): Promise<void> {
  const posts = older(tx, row, folded, 'post').select('id').where('state', 'in', ['leased', 'unknown']);
  if ((await posts.executeTakeFirst()) === undefined) return;
  const due_at = instant(new Date(Date.parse(row.due_at) + doubtMs).toISOString());
  await tx.updateTable('outbox').set({ due_at, not_before: due_at }).where('id', '=', row.id).execute();
}

/**
 * The first post that is to tell a row's words and has not gone out: the story's own, or where the channel has none,
 * that of a story folded into it. An own one never goes out where such a story stands already: that one is mended.
 */
async function postToRenew(tx: Tx, row: Columns, { family }: Kin) {
  const own = await unsentPost(tx, row, [row.subject]);
  const folded = family.filter((one) => one !== row.subject);
  if (folded.length === 0) return own;
  if (!own) {
    if (await has(tx, row, [row.subject], { out: true })) return undefined;
    const post = await unsentPost(tx, row, folded);
    if (!post) await waitForDoubt(tx, row, folded);
    return post;
  }
  if (!(await has(tx, row, folded, { out: true }))) return own;
  await supersede(tx, [own.id], 'told as a story that was folded into it');
  return undefined;
}

/** A first post that has not gone out tells the new state itself; nothing more is said. */
async function renewFirstPost(tx: Tx, row: Columns, kin: KinOf): Promise<boolean> {
  if (row.standalone === null) return false;
  const own = await kin(row);
  const { kind } = row;
  if (own.winner !== row.subject)
    return foldAway(tx, row, own.winner, (await kin({ kind, subject: own.winner })).family);
  const post = await postToRenew(tx, row, own);
  if (!post) return false;
  const sooner = row.part === 'said' && row.not_before < post.due_at ? { due_at: row.not_before } : {};
  await tx
    .updateTable('outbox')
    .set({ message: row.standalone, ...sooner })
    .where('id', '=', post.id)
    .execute();
  await supersede(tx, [row.id], 'told by the first post');
  return true;
}

/** Edits gather: a newer one takes the place of those that wait, at the time that was theirs. */
async function gatherEdits(tx: Tx, row: Columns): Promise<void> {
  const edits = older(tx, row, [row.subject], 'edit').select(['id', 'not_before']);
  const waiting = await edits.where(sql<boolean>`waiting = 1`).execute();
  if (waiting.length === 0) return;
  const ids = waiting.map((one) => one.id);
  await supersede(tx, ids, `revision ${row.revision} took its place`);
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
async function mendRollUp(tx: Tx, row: Columns, kin: KinOf): Promise<OutboxDraft | null> {
  if (row.standalone === null || row.kind !== 'story') return null;
  const channel = { platform: row.platform, workspace: row.workspace, id: row.channel };
  const posts = await older(tx, row, (await kin(row)).family, 'post')
    .select(['id', 'rolled_into', 'state'])
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
    const mended = await mendRollUp(tx, row, kin);
    if (mended) await enqueue(tx, options, [mended]);
    if (row.action === 'edit') await gatherEdits(tx, row);
  }
  return added;
}
