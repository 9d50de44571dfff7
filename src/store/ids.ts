import { createRandom } from '../lib/random.ts';

const digits = '0123456789abcdefghjkmnpqrstvwxyz';

/** The next id in order: the same time part, the tail one higher. */
function successor(id: string): string {
  const tail = id.split('');
  for (let at = tail.length - 1; at >= 0; at--) {
    const place = digits.indexOf(tail[at] ?? '0');
    if (place < digits.length - 1) {
      tail[at] = digits.charAt(place + 1);
      return tail.join('');
    }
    tail[at] = '0';
  }
  throw new RangeError(`no id comes after ${id}`);
}

/**
 * Ids of 26 characters that never fall back: rows made in one millisecond, or while the clock is set back, keep the
 * order in which they were made. `last` is the newest id already stored.
 */
export function createIds(now: () => number, last = ''): () => string {
  const random = createRandom(now);
  let newest = last;
  return () => {
    const fresh = random.id();
    newest = fresh > newest ? fresh : successor(newest);
    return newest;
  };
}
