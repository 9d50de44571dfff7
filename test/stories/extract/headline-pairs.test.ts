import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DevelopmentReading } from '../../../src/stories/extract/types.ts';
import { articleOf, developmentReader, noProvenance } from './fixtures.ts';

const file = join(import.meta.dirname, '../../../../shared/eval/headline_pairs.json');
const present = existsSync(file);
if (!present) console.warn('headline_pairs.json is not there: its pairs are not checked');

type Pair = readonly [string, string];
const pairs: { same_event: readonly Pair[]; different_event: readonly Pair[] } = present
  ? JSON.parse(readFileSync(file, 'utf8'))
  : { same_event: [], different_event: [] };
const read = developmentReader();

/** What decides which development a headline tells. */
function structure(title: string): readonly unknown[] {
  const reading: DevelopmentReading = read(articleOf({ title }), noProvenance);
  return [
    reading.countries.banned,
    reading.countries.receiving,
    reading.stage,
    reading.tier,
    reading.quantities.map(({ kind, value }) => `${kind} ${value}`),
    reading.ordinals,
  ];
}

describe.skipIf(!present)('headlines alone', () => {
  it.each(pairs.different_event)('differ in structure: %s / %s', (one, other) => {
    expect(structure(one)).not.toEqual(structure(other));
  });

  it.each(pairs.same_event)('agree in structure: %s / %s', (one, other) => {
    expect(structure(one)).toEqual(structure(other));
  });
});
