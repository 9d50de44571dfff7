import { createHash } from 'node:crypto';
import type { FeedItem } from '../core/article.ts';
import { StoreError } from '../core/errors.ts';

/** The one form in which times are stored, so that they sort as text. Throws RangeError on what is no time. */
export function instant(time: string): string {
  return new Date(time).toISOString();
}

/** As `instant`, null kept. */
export function instantOrNull(time: string | null): string | null {
  return time === null ? null : instant(time);
}

/** The day of a time, in UTC: `YYYY-MM-DD`. */
export function dayOf(time: string): string {
  return instant(time).slice(0, 10);
}

export function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

const bytesKey = '$base64';

/** JSON with byte arrays (pictures) as base64. */
export function encode(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner instanceof Uint8Array ? { [bytesKey]: Buffer.from(inner).toString('base64') } : inner,
  );
}

function revive(_key: string, inner: unknown): unknown {
  if (typeof inner !== 'object' || inner === null || !(bytesKey in inner)) return inner;
  const text = inner[bytesKey];
  return typeof text === 'string' ? new Uint8Array(Buffer.from(text, 'base64')) : inner;
}

/**
 * Reads back what `encode` wrote; `where` names the row. Throws StoreError when it was changed by other hands: what
 * cannot be parsed, or is not the kind of value (list or object) that was written.
 */
export function decode(text: string, where: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text, text.includes(bytesKey) ? revive : undefined);
  } catch (cause) {
    throw damaged(where, cause);
  }
  if (typeof value !== 'object' || value === null) throw damaged(where);
  return value;
}

/** What is stored under this name was changed by other hands. */
export function damaged(where: string, cause?: unknown): StoreError {
  return new StoreError(
    'corrupt',
    where,
    'what is stored here is not what was written',
    'Restore the database from a backup, or remove this row.',
    { cause },
  );
}

/** A stored feed item as a reader would recognise it. An item without text is short. */
export function withoutText({ id, item }: { id: string; item: string }): string {
  const short: FeedItem = { ...(decode(item, `entry ${id}`) as FeedItem), summary: null, content: null };
  return encode(short);
}

/** A short name for a text's content: 128 bits of SHA-256, base64url. */
export function contentHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
