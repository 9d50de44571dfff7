import { createHash } from 'node:crypto';
import { seeded } from '../../../src/lib/random.ts';

/** What the program asks for: anything at all, a feed, or that a message be posted or mended. */
export type Asked = 'anything' | 'feed' | 'send';

/** One life of the program under test: what is published before it, and when it ends. */
export interface Life {
  publishes: boolean;
  /** Ends while it starts, so many milliseconds after; null when it ends as it asks somebody for something. */
  startMs: number | null;
  /** What it asks for, the n-th time that it does, and how many milliseconds later. */
  asking: Asked;
  nth: number;
  delayMs: number;
  /** When nobody can tell what it asks: so many milliseconds after its start. */
  blindMs: number;
}

export interface Plan {
  lives: readonly Life[];
  /** Numbers in [0, 1), a sequence of its own for each name: how many are drawn from one does not change another. */
  chance: (name: string) => () => number;
  /** The same for the same plan. */
  digest: string;
}

/** What will be done to the program for `kills` and `seed`, before anything of it is done; `publishRate` in [0, 1]. */
export function planOf(kills: number, seed: number, publishRate: number): Plan {
  const draw = seeded(seed);
  // Each life draws the same number of times, so that none shifts the next. Twice as many as needed: some end by themselves.
  const lives = Array.from({ length: kills * 2 }, (): Life => {
    const [publish, start, startAt, nth, delay, blind] = [draw(), draw(), draw(), draw(), draw(), draw()];
    const what = draw();
    const asking = what < 0.2 ? 'anything' : what < 0.5 ? 'feed' : 'send';
    return {
      publishes: publish < publishRate,
      startMs: start < 0.15 ? startAt * 1_500 : null,
      asking,
      nth: 1 + Math.floor(asking === 'feed' ? nth * 2 : nth ** 2 * 24),
      // What follows a feed is reading, storing, joining and telling; what follows a send is its record.
      delayMs: asking === 'feed' ? delay * 800 : Math.max(0, delay - 0.5) * 160,
      blindMs: 1_000 + blind * 9_000,
    };
  });
  const digest = createHash('sha256').update(JSON.stringify({ seed, lives })).digest('hex').slice(0, 16);
  const named = (name: string) => createHash('sha256').update(`${seed} ${name}`).digest().readUInt32LE();
  return { lives, chance: (name) => seeded(named(name)), digest };
}
