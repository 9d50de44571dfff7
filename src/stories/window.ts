import type { Article } from '../core/article.ts';
import type { Clock, StoryStore } from '../core/ports.ts';
import { createBreath } from '../lib/gently.ts';
import type { Clusterer } from './join/types.ts';

/** Keeps the clusterer's memory equal to what is stored of the last days. */
export interface Window {
  /** Empties the memory and fills it from the store. */
  rebuild(): Promise<void>;
  /** Rebuilds at first use, and when a failure has left something in memory that was not stored. */
  ready(): Promise<void>;
  /** The next `ready` rebuilds. */
  spoil(): void;
  /** An article was stored. */
  keep(article: Article): void;
  /** Lets articles go that arrived before the window. */
  forgetOld(): void;
}

/** By arrival, not by publication: an old text that has just come in must still find its twins. */
export function createWindow(store: StoryStore, clusterer: Clusterer, clock: Clock, windowMs: number): Window {
  /** When each article arrived, oldest first. */
  const arrivals = new Map<string, number>();
  /** At the start too: a process that takes one round, or one file, must know what others have stored. */
  let spoilt = true;

  function keep(article: Article): void {
    arrivals.delete(article.id);
    arrivals.set(article.id, Date.parse(article.arrivedAt));
  }

  async function rebuild(): Promise<void> {
    const kept = await store.articlesSince(new Date(clock.now() - windowMs).toISOString());
    clusterer.evict('9999-12-31T23:59:59Z');
    arrivals.clear();
    const breathe = createBreath();
    for (const { article, reading, storyId } of kept) {
      if (!reading.relevant) continue;
      clusterer.restore(article, reading, storyId);
      keep(article);
      await breathe();
    }
    spoilt = false;
  }

  return {
    rebuild,
    keep,
    ready: async () => {
      if (spoilt) await rebuild();
    },
    spoil: () => {
      spoilt = true;
    },
    forgetOld() {
      const before = clock.now() - windowMs;
      for (const [id, arrived] of arrivals) {
        if (arrived >= before) break;
        clusterer.remove(id);
        arrivals.delete(id);
      }
    },
  };
}
