import { sql } from 'kysely';
import type { OutboxKind } from '../core/delivery.ts';
import type { Platform } from '../core/subscription.ts';
import { instant } from './codec.ts';
import { isWhole } from './outbox-posts.ts';
import { inChannel } from './outbox-rolled.ts';
import type { OutboxTable } from './schema.ts';
import { forwarded, mergedFamily } from './story-rows.ts';
import type { Tx } from './transaction.ts';

/** What of a row that was just added decides what it does to those that wait. */
export type NewRow = Pick<
  OutboxTable,
  'id' | 'workspace' | 'channel' | 'subject' | 'part' | 'standalone' | 'not_before' | 'due_at'
> & { platform: Platform; kind: OutboxKind };

/** Where a story's id leads, and all that were folded into it, itself among them. */
interface Kin {
  winner: string;
  family: readonly string[];
}

/** Asked once a subject, however many channels have it. */
export function kinOf(tx: Tx): (row: Pick<NewRow, 'kind' | 'subject'>) => Promise<Kin> {
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
export function older(tx: Tx, row: NewRow, subjects: readonly string[], action: 'post' | 'edit') {
  return inChannel(tx, { platform: row.platform, workspace: row.workspace, id: row.channel })
    .where('kind', '=', row.kind)
    .where('subject', 'in', subjects)
    .where('id', '<', row.id)
    .where('action', '=', action);
}

/** The oldest first post of these subjects that has not gone out, nor may have. */
function unsentPost(tx: Tx, row: NewRow, subjects: readonly string[]) {
  return older(tx, row, subjects, 'post')
    .select(['id', 'due_at'])
    .where('maybe_sent_since', 'is', null)
    .where(sql<boolean>`waiting = 1`)
    .where(isWhole)
    .orderBy('id')
    .executeTakeFirst();
}

export function supersede(tx: Tx, ids: readonly string[], reason: string) {
  return tx.updateTable('outbox').set({ state: 'superseded', waiting: 0, reason }).where('id', 'in', ids).execute();
}

/** Whether the channel has one of these stories, by itself or in a roll-up, or (unless `out`) is getting it. */
async function has(tx: Tx, row: NewRow, subjects: readonly string[], how: { out: boolean }): Promise<boolean> {
  if (subjects.length === 0) return false;
  const posts = older(tx, row, subjects, 'post').select('id').where(isWhole);
  const some = how.out ? posts.where('waiting', '=', 0) : posts;
  const live = some.where((one) =>
    one.or([one('state', 'not in', ['dead', 'superseded']), one('rolled_into', 'is not', null)]),
  );
  return (await live.executeTakeFirst()) !== undefined;
}

/**
 * A story that was folded into another. Where the channel has that one too, a first post of this one (or of what was
 * folded into it before) that has not gone out never does, and one that stands is marked; where it has not, this one's
 * post is the other's from now on.
 */
async function foldAway(tx: Tx, row: NewRow, { winner, family }: Kin, winners: readonly string[]): Promise<boolean> {
  const others = winners.filter((one) => !family.includes(one));
  const isTold = await has(tx, row, others, { out: false });
  const post = isTold ? await unsentPost(tx, row, family) : undefined;
  if (isTold && !post) return false;
  await supersede(tx, post ? [post.id, row.id] : [row.id], `told as story ${winner}`);
  return true;
}

/** By then a send in doubt was looked for, in milliseconds. */
const doubtMs = 5 * 60_000;

/** Whether a folded story's post has arrived is not known at the moment: until it is, there is nothing to mend, or to say again. */
async function waitForDoubt(tx: Tx, row: NewRow, folded: readonly string[]): Promise<void> {
  const posts = older(tx, row, folded, 'post').select('id').where('state', 'in', ['leased', 'unknown']);
  if ((await posts.executeTakeFirst()) === undefined) return;
  const due_at = instant(new Date(Date.parse(row.due_at) + doubtMs).toISOString());
  await tx.updateTable('outbox').set({ due_at, not_before: due_at }).where('id', '=', row.id).execute();
}

/**
 * The first post that is to tell a row's words and has not gone out: the story's own, or where the channel has none,
 * that of a story folded into it. None where one of them stands already: that one is mended.
 */
async function postToRenew(tx: Tx, row: NewRow, { family }: Kin) {
  const own = await unsentPost(tx, row, [row.subject]);
  const folded = family.filter((one) => one !== row.subject);
  if (folded.length === 0) return own;
  if (!(await has(tx, row, family, { out: true }))) return own ?? unsentPost(tx, row, folded);
  if (own) await supersede(tx, [own.id], 'told as a story that was folded into it');
  if (!(await has(tx, row, [row.subject], { out: true }))) await waitForDoubt(tx, row, folded);
  return undefined;
}

/** A first post that has not gone out tells the new state itself; nothing more is said. */
export async function renewFirstPost(tx: Tx, row: NewRow, kin: KinOf): Promise<boolean> {
  if (row.standalone === null) return false;
  const own = await kin(row);
  const { kind } = row;
  if (own.winner !== row.subject) return foldAway(tx, row, own, (await kin({ kind, subject: own.winner })).family);
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
