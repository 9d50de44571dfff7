/** How long one piece of long work may keep everything else waiting. Milliseconds. */
const pieceMs = 8;

/** Awaited again and again by long work: every few milliseconds it lets timers, sockets and questions have a turn. */
export function createBreath(everyMs = pieceMs): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < everyMs) return;
    await breath();
    last = performance.now();
  };
}

/** A turn for timers, sockets and questions. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Work that pauses between its pieces, done in one go. */
export function atOnce<Result>(work: Generator<void, Result, void>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The same work, with a turn for everything else every few milliseconds. */
export async function gently<Result>(work: Generator<void, Result, void>): Promise<Result> {
  const breathe = createBreath();
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await breathe();
  }
}
