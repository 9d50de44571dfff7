import { describe, expect, it } from 'vitest';
import { createPublishers } from '../../src/stories/publishers.ts';
import { readerData } from './read-fixtures.ts';

const publishers = createPublishers(readerData.publishers);

describe('publishers', () => {
  it('are one under all their names', () => {
    for (const name of ['AP', 'The Associated Press', 'Associated Press', 'AP News'])
      expect(publishers.canonical(name)).toBe('AP');
    expect(publishers.canonical('Wall Street Journal')).toBe('The Wall Street Journal');
  });

  it('count once by owner', () => {
    expect(publishers.familyOf("Barron's")).toBe(publishers.familyOf('WSJ'));
    expect(publishers.familyOf('Example Ledger')).toBe('Example Ledger');
    expect(publishers.familyOf(null)).toBeNull();
  });

  it('are known by their hosts', () => {
    expect(publishers.outletOfUrl('https://www.nytimes.com/2026/01/01/us/a.html')).toBe('The New York Times');
    expect(publishers.outletOfUrl('https://edition.cnn.com/a')).toBe('CNN');
    expect(publishers.outletOfUrl('https://notnytimes.com/a')).toBeNull();
  });

  it('have no name or host twice', () => {
    const all = readerData.publishers.publishers;
    const hosts = all.flatMap((one) => one.hosts);
    expect(new Set(hosts).size).toBe(hosts.length);
    const names = all.map((one) => one.name);
    expect(new Set(names).size).toBe(names.length);
  });
});
