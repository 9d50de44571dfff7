import { createHash } from 'node:crypto';

const remembered = 2000;

/**
 * What tells one thing that Slack sent from every other: its envelope in Socket Mode, an event’s own id, and the whole
 * of what somebody did, which holds a trigger id that comes once. Empty for what has none of them.
 */
export function eventKeys(body: unknown, envelope: unknown): readonly string[] {
  const keys = typeof envelope === 'string' && envelope !== '' ? [`envelope ${envelope}`] : [];
  const event: unknown = Reflect.get(Object(body), 'event_id');
  if (typeof event === 'string' && event !== '') return [...keys, `event ${event}`];
  if (Reflect.get(Object(body), 'trigger_id') === undefined) return keys;
  return [...keys, `body ${createHash('sha256').update(JSON.stringify(body)).digest('base64')}`];
}

/** Whether none of the keys came before; the newest 2000 are remembered. */
export function createFirstTimes(): (keys: readonly string[]) => boolean {
  const seen = new Set<string>();
  return (keys) => {
    const isFirst = !keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    forgetOldest(seen, remembered);
    return isFirst;
  };
}

/** Keeps the newest `most` of a set or map. */
export function forgetOldest<Key>(
  kept: { size: number; keys(): IterableIterator<Key>; delete(key: Key): boolean },
  most: number,
): void {
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
}
