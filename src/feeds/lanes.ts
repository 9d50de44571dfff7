/** Runs `work` over queued items, at most `width` at a time; items may be pushed while it runs. */
export interface Lane<Item> {
  push(item: Item): void;
  /** Items not yet begun. */
  waiting(): number;
  /** Resolves when something ends, at once when nothing runs. */
  progress(): Promise<void>;
  busy(): boolean;
}

/** `work` must not reject. */
export function createLane<Item>(width: number, work: (item: Item) => Promise<void>): Lane<Item> {
  const queue: Item[] = [];
  let running = 0;
  let listeners: (() => void)[] = [];

  function pump(): void {
    while (running < width && queue.length > 0) {
      const item = queue.shift();
      if (item === undefined) return;
      running++;
      void work(item).finally(() => {
        running--;
        pump();
        for (const listener of listeners.splice(0)) listener();
      });
    }
  }

  return {
    push(item) {
      queue.push(item);
      pump();
    },
    waiting: () => queue.length,
    busy: () => running > 0,
    progress: () =>
      running === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            listeners = [...listeners, resolve];
          }),
  };
}
