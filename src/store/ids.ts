import { createRandom } from '../lib/random.ts';

const digits = '0123456789abcdefghjkmnpqrstvwxyz';
const base = BigInt(digits.length);

function numberOf(id: string): bigint {
  let number = 0n;
  for (const digit of id) number = number * base + BigInt(Math.max(0, digits.indexOf(digit)));
  return number;
}

function idOf(number: bigint, length: number): string {
  let id = '';
  for (let rest = number; id.length < length; rest /= base) id = digits.charAt(Number(rest % base)) + id;
  return id;
}

/** An id after this one: a little higher, by an amount of chance, so that two who go on from one id do not meet. */
function successor(id: string, chance: string): string {
  return idOf(numberOf(id) + 1n + numberOf(chance), id.length);
}

/** How many digits of chance are added: 40 bits of the 80 that follow the time. */
const stepDigits = 8;

/**
 * Ids of 26 characters that never fall back: rows made in one millisecond, or while the clock is set back, keep the
 * order in which they were made. `last` is the newest id already stored; a later call may name a newer one.
 */
export function createIds(now: () => number, last = ''): (floor?: string) => string {
  const random = createRandom(now);
  let newest = last;
  return (floor = '') => {
    const fresh = random.id();
    if (floor > newest) newest = floor;
    newest = fresh > newest ? fresh : successor(newest, fresh.slice(-stepDigits));
    return newest;
  };
}
