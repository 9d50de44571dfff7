import { sql } from 'kysely';
import type { Platform } from '../core/subscription.ts';
import type { Tx } from './transaction.ts';

/*
 * What may go out, and when:
 * - one row a channel is in flight, and the oldest row of a channel that may go out goes first;
 * - rows of one subject (a story) leave in the order in which they were made: one that waits for a retry holds back
 *   the later ones of its own subject in its own channel, and nothing else;
 * - an edit also waits while it is not known whether the first post arrived: there may be nothing to edit, or two.
 *   What is said anew does not wait for that: it then stands alone.
 */

interface Place {
  platform: string;
  workspace: string;
  channel: string;
}

/** A channel's name among those that were passed over. */
export function placeOf({ platform, workspace, channel }: Place): string {
  return JSON.stringify([platform, workspace, channel]);
}

interface Candidate extends Place {
  id: string;
  due_at: string;
  /** The oldest row of the channel that may go out: this one, or one that came due later. */
  oldest: string;
}

/** What is said, or what is mended: a story's ten thousand edits must not stand before the next alert. */
export type Part = 'said' | 'mended';

/** When, what, and for which platforms; for all when none are named. */
export interface Wanted {
  now: string;
  part: Part;
  platforms: readonly Platform[] | undefined;
}

/** Whether something older of the row's subject is still to go out in its channel, or may have arrived unseen. */
function behindItsOwn(alias: 'o' | 'x') {
  const row = sql.raw(alias);
  return sql`exists (
        select 1 from outbox e
        where e.platform = ${row}.platform and e.workspace = ${row}.workspace and e.channel = ${row}.channel
          and e.kind = ${row}.kind and e.subject = ${row}.subject and e.id < ${row}.id
          and (e.waiting = 1 or (e.state = 'unknown' and e.action = 'post' and ${row}.action = 'edit')))`;
}

/**
 * Found by the time at which they are due: thousands that wait for a platform's pace cost nothing until then, and stand
 * before nobody else's. (The joined empty text keeps SQLite from looking through all that is due for one channel's row.)
 */
async function candidates(tx: Tx, { now, part, platforms }: Wanted, after: Candidate | undefined, limit: number) {
  const among = platforms === undefined ? sql`` : sql`and o.platform in (${sql.join([...platforms, ''])})`;
  const found = await sql<Candidate>`
    select o.id, o.due_at, o.platform, o.workspace, o.channel, (
        select x.id from outbox x
        where x.waiting = 1 and x.platform = o.platform and x.workspace = o.workspace and x.channel = o.channel
          and x.part = o.part and x.due_at || '' <= ${now} and not ${behindItsOwn('x')}
        order by x.id limit 1) as oldest
    from outbox o
    where o.waiting = 1 and o.part = ${part} and o.due_at <= ${now}
      and (o.due_at, o.id) > (${after?.due_at ?? ''}, ${after?.id ?? ''}) ${among}
      and not exists (
        select 1 from outbox f
        where f.state = 'leased'
          and f.platform = o.platform and f.workspace = o.workspace and f.channel = o.channel)
      and not ${behindItsOwn('o')}
    order by o.due_at, o.id limit ${limit}`.execute(tx);
  return found.rows;
}

/** The oldest row that may go out of each of at most `limit` channels that are not `passed`; adds them to `passed`. */
export async function choose(tx: Tx, wanted: Wanted, limit: number, passed: Set<string>): Promise<readonly string[]> {
  const chosen: string[] = [];
  const page = Math.max(limit * 2, 16);
  let last: Candidate | undefined;
  for (;;) {
    const found = await candidates(tx, wanted, last, page);
    for (const one of found) {
      const channel = placeOf(one);
      if (passed.has(channel)) continue;
      passed.add(channel);
      chosen.push(one.oldest);
      if (chosen.length >= limit) return chosen;
    }
    last = found.at(-1);
    if (!last || found.length < page) return chosen;
  }
}
