interface Waiting<Item> {
  item: Item;
  done: () => void;
  failed: (reason: unknown) => void;
}

/**
 * Gathers what comes within one turn of the event loop and writes it together, since a transaction of its own costs a
 * small write more than the write itself. Each caller waits until `write` is through, and fails when it does.
 */
export function createBatch<Item>(write: (items: readonly Item[]) => Promise<void>): (item: Item) => Promise<void> {
  let waiting: Waiting<Item>[] = [];

  async function flush(): Promise<void> {
    const batch = waiting;
    waiting = [];
    try {
      await write(batch.map(({ item }) => item));
      for (const { done } of batch) done();
    } catch (error) {
      for (const { failed } of batch) failed(error);
    }
  }

  return (item) =>
    new Promise((done, failed) => {
      if (waiting.length === 0) setImmediate(() => void flush());
      waiting.push({ item, done, failed });
    });
}
