import { randomBytes, randomInt } from 'node:crypto';
import type { Random } from '../core/ports.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

function encode(value: number, length: number): string {
  let text = '';
  let rest = value;
  for (let i = 0; i < length; i++) {
    text = alphabet[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Ids are ULIDs in lower case: 10 characters of time, 16 of chance. */
export function createRandom(now: () => number, next?: () => number): Random {
  const pick = next ?? (() => randomInt(2 ** 32) / 2 ** 32);
  return {
    next: pick,
    id: () => {
      let tail = '';
      const bytes = next ? undefined : randomBytes(16);
      for (let i = 0; i < 16; i++) tail += alphabet[bytes ? (bytes[i] ?? 0) % 32 : Math.floor(pick() * 32)];
      return encode(now(), 10) + tail;
    },
  };
}

/** A small seeded generator (mulberry32) for repeatable runs. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
