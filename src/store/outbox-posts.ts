import { type ExpressionBuilder, sql } from 'kysely';
import type { OutboxKind } from '../core/delivery.ts';
import type { Channel } from '../core/subscription.ts';
import { inChannel } from './outbox-rolled.ts';
import type { Tables } from './schema.ts';
import { foldedInto, mergedFamily } from './story-rows.ts';
import type { Db, Tx } from './transaction.ts';

/*
 * What stands in a channel for a subject: the post that is edited and answered. It stays the same one for as long as
 * it stands, so that no post is left behind with older words.
 */

/** A story is also what was folded into it; everything else is itself alone. */
export async function subjectsOf(db: Db | Tx, kind: OutboxKind, subject: string): Promise<readonly string[]> {
  return kind === 'story' ? mergedFamily(db, subject) : [subject];
}

interface Stands {
  id: string;
  subject: string;
  revision: number;
  message_id: string | null;
  sent_at: string | null;
  rolled_into: string | null;
  /** 1 where it tells the whole; an update that was said as a message of its own is none. */
  whole: number | null;
}

/** Whether a row's own words are the whole of its subject, not an update of what was posted before. */
export function isWhole(row: ExpressionBuilder<Tables, 'outbox'>) {
  return row.or([row('standalone', 'is', null), row('message', '=', row.ref('standalone'))]);
}

async function postsOf(db: Db | Tx, channel: Channel, kind: OutboxKind, subject: string): Promise<readonly Stands[]> {
  return inChannel(db, channel)
    .select(['id', 'subject', 'revision', 'message_id', 'sent_at', 'rolled_into'])
    .select((row) => sql<number>`case when ${isWhole(row)} then 1 else 0 end`.as('whole'))
    .where('kind', '=', kind)
    .where('subject', 'in', await subjectsOf(db, kind, subject))
    .where('action', '=', 'post')
    .where((row) => row.or([row('state', '=', 'sent'), row('rolled_into', 'is not', null)]))
    .orderBy('id')
    .execute();
}

/** The story's own post, else that of the first story that was folded into it and had one. */
async function ownOrFolded(db: Db | Tx, posts: readonly Stands[], subject: string): Promise<Stands | null> {
  const own = posts.filter((post) => post.subject === subject);
  const first = own.find((post) => post.message_id !== null) ?? own[0];
  if (first) return first;
  for (const folded of await foldedInto(db, subject)) {
    const post = await ownOrFolded(db, posts, folded);
    if (post) return post;
  }
  return null;
}

/** The row of the post that stands for a subject; one that was rolled up names the roll-up. Null when nothing stands. */
export async function standingRow(
  db: Db | Tx,
  channel: Channel,
  kind: OutboxKind,
  subject: string,
): Promise<Stands | null> {
  const posts = await postsOf(db, channel, kind, subject);
  if (posts.length <= 1) return posts[0] ?? null;
  const whole = posts.filter((post) => post.whole === 1);
  return ownOrFolded(db, whole.length > 0 ? whole : posts, subject);
}

/** The post that a channel has for a subject, which may be a roll-up's. */
export async function standingPost(
  db: Db | Tx,
  channel: Channel,
  kind: OutboxKind,
  subject: string,
): Promise<{ messageId: string; revision: number; sentAt: string } | null> {
  const row = await standingRow(db, channel, kind, subject);
  if (row?.rolled_into) return standingPost(db, channel, 'roll-up', row.rolled_into);
  if (!row || row.message_id === null || row.sent_at === null) return null;
  return { messageId: row.message_id, revision: row.revision, sentAt: row.sent_at };
}
