import { ask } from '../sqlite-file.ts';
import type { Shown } from './shown.ts';

/** A first post that the program owes a channel, read from its database past its own code. */
export interface Owed {
  id: string;
  platform: string;
  channel: string;
  title: string;
  state: string;
}

export function owedIn(database: string): readonly Owed[] {
  const rows = ask<Omit<Owed, 'title'> & { message: string }>(
    database,
    "select id, platform, channel, message, state from outbox where kind = 'story' and action = 'post' and revision = 1",
  );
  return rows.map(({ message, ...row }) => ({ ...row, title: (JSON.parse(message) as { title: string }).title }));
}

/** Rows that were being sent when the program died: nobody can know whether those arrived. */
export function sendingIn(database: string): readonly string[] {
  const rows = ask<{ id: string }>(database, "select id from outbox where state = 'leased' and begun = 1");
  return rows.map(({ id }) => id);
}

/** What the program has still to do; `unknown` by itself does not count. */
export function unfinishedIn(database: string): number {
  const [row] = ask<{ count: number }>(
    database,
    `select (select count(*) from outbox where waiting = 1 or state = 'leased')
          + (select count(*) from entry where unread = 1) as count`,
  );
  return row?.count ?? 0;
}

/** Sources that were not polled to an end since then (ISO 8601 UTC). */
export function unpolledIn(database: string, since: string): number {
  const rows = ask<{ at: string | null }>(database, 'select last_polled_at as at from source where configured = 1');
  return rows.filter(({ at }) => at === null || at < since).length;
}

export function countOf(database: string, state: string): number {
  const [row] = ask<{ count: number }>(database, `select count(*) as count from outbox where state = '${state}'`);
  return row?.count ?? 0;
}

/** `PLATFORM CHANNEL: HEADLINE (KIND, ACTION; what its attempts came to)` of what the program lists as unknown. */
export function unknownIn(database: string): readonly string[] {
  const rows = ask<{ name: string }>(
    database,
    `select platform || ' ' || channel || ': ' || json_extract(message, '$.title') || ' (' || kind || ', ' || action || '; ' ||
       (select group_concat(coalesce(json_extract(outcome, '$.kind') || ' ' || coalesce(json_extract(outcome, '$.reason'), ''), 'cut off'), ', ')
          from outbox_attempt where outbox_attempt.outbox_id = outbox.id) || ')' as name
       from outbox where state = 'unknown'`,
  );
  return rows.map(({ name }) => name);
}

/** Without the flag and the marks that a message may carry before its headline. */
function headlineOf(title: string): string {
  return title.replace(/^(Catch-up: |Update: )+/, '').replace(/^[\u{1F1E6}-\u{1F1FF}\s]+/u, '');
}

/** Attempts of which the program itself says that it never learned what became of them. */
export function doubtsIn(database: string): number {
  const [row] = ask<{ count: number }>(
    database,
    "select count(*) as count from outbox_attempt where finished_at is null or json_extract(outcome, '$.kind') = 'unknown'",
  );
  return row?.count ?? 0;
}

/** `PLATFORM CHANNEL: HEADLINE` of what nobody saw although nothing says that it may be so, and of what was seen twice. */
export function compare(
  owed: readonly Owed[],
  shown: Readonly<Record<string, readonly Shown[] | null>>,
): { lost: string[]; twice: string[] } {
  const lost: string[] = [];
  const twice: string[] = [];
  for (const { platform, channel, title, state } of owed) {
    const log = shown[platform];
    if (!log) continue;
    const headline = headlineOf(title);
    const times = log.filter((one) => one.channel === channel && one.text.includes(headline)).length;
    const name = `${platform} ${channel}: ${headline} (${state})`;
    if (times > 1) twice.push(name);
    if (times === 0 && state !== 'unknown') lost.push(name);
  }
  return { lost, twice };
}
