import { describe, expect, it } from 'vitest';
import { createBatch } from '../../src/store/batch.ts';

describe('createBatch', () => {
  it('writes what comes in one turn together, and what comes later by itself', async () => {
    const written: (readonly number[])[] = [];
    const put = createBatch<number>(async (items) => void written.push(items));
    await Promise.all([put(1), put(2), put(3)]);
    await put(4);
    expect(written).toEqual([[1, 2, 3], [4]]);
  });

  it('tells every caller of a failed write, and goes on with the next', async () => {
    const put = createBatch<number>(async (items) => {
      if (items.includes(1)) throw new Error('disk full');
    });
    const outcomes = await Promise.allSettled([put(1), put(2)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(put(3)).resolves.toBeUndefined();
  });
});
