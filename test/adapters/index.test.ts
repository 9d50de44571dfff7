import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { adapters } from '../../src/adapters/index.ts';

describe('the list of adapters', () => {
  it('names every folder, and nothing else', () => {
    const folder = new URL('../../src/adapters', import.meta.url);
    const folders = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory());
    expect(folders.map((one) => one.name).sort()).toEqual(Object.keys(adapters).sort());
  });
});
