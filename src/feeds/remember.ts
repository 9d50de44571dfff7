import type { ParsedFeed } from '../core/article.ts';
import type { EntryDraft } from '../core/source-ports.ts';
import { isoAt } from '../lib/clock.ts';
import { shortHash } from './entry-keys.ts';
import type { SourceMemory } from './memory.ts';

const hour = 3_600_000;

/** What the next polls need to know of a document that was read: its newest dates, whether it brought anything, what it asks. */
export function rememberDocument(
  memory: SourceMemory,
  parsed: ParsedFeed,
  entries: readonly EntryDraft[],
  now: number,
): void {
  const dates = entries.flatMap((draft) => draft.item.publishedAt ?? []).filter((date) => Date.parse(date) <= now);
  memory.published = [...new Set(dates)].sort().reverse().slice(0, 20);
  const entriesHash = shortHash(
    entries
      .map((draft) => draft.keys[0] ?? '')
      .sort()
      .join('\n'),
  );
  if (entriesHash !== memory.entriesHash) memory.arrivals = [isoAt(now), ...memory.arrivals].slice(0, 12);
  memory.entriesHash = entriesHash;
  memory.hints = { freshMs: memory.hints.freshMs };
  memory.truncated = parsed.truncated === true ? true : undefined;
  if (parsed.ttlMinutes !== undefined) memory.hints.ttlMinutes = parsed.ttlMinutes;
  if (parsed.skipHours !== undefined) memory.hints.skipHours = [...parsed.skipHours];
  if (parsed.skipDays !== undefined) memory.hints.skipDays = [...parsed.skipDays];
}

/** Counts taken while a feed is thin would soon make thin the usual: they are left out, for a month at most. */
export function rememberCount(memory: SourceMemory, count: number, now: number): void {
  const thin = memory.outage?.code === 'empty' || memory.outage?.code === 'fewer-items';
  const usual = Math.max(0, ...memory.counts.slice(3));
  if (!thin || count > usual / 4) memory.counts = [count, ...memory.counts].slice(0, 20);
  else if (now - Date.parse(memory.outage?.since ?? '') > 30 * 24 * hour) memory.counts = [count];
}
