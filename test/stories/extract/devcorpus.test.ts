import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CountryRoles } from '../../../src/core/reading.ts';
import { articleOf, developmentReader, noProvenance } from './fixtures.ts';

const file = join(import.meta.dirname, '../../../../shared/eval/devcorpus/stories.jsonl');
const present = existsSync(file);
if (!present) console.warn('the labelled articles are not there: roles and stages are not measured');

interface Labelled {
  title: string;
  text: string;
  language: string;
  relevant: boolean;
  story: string | null;
  stage: string | null;
  countries: CountryRoles;
}

/** The corpus labels stages more coarsely; its README gives this mapping. */
const coarse: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    reported: 'considered approached in-talks',
    announced: 'announced agreed',
    signed: 'signed',
    effective: 'effective modified extended',
    operational: 'operational',
    refused: 'refused denied',
    blocked: 'blocked tro injunction vacated ruled affirmed reversed',
    stayed: 'block-lifted stayed cert-granted',
    lifted: 'lifted suspended',
  }).flatMap(([label, stages]) => stages.split(' ').map((stage) => [stage, label])),
);

const roles = ['banned', 'receiving', 'nationality', 'mentioned'] as const;

describe.skipIf(!present)('the labelled articles', () => {
  const rows: Labelled[] = present
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Labelled)
    : [];
  const told = rows.filter((row) => row.relevant && row.story !== null);
  const read = developmentReader();
  const readings = told.map((row) =>
    read(articleOf({ title: row.title, language: row.language, text: row.text }), noProvenance),
  );

  it('have their countries in the right roles', () => {
    let right = 0;
    let wrong = 0;
    readings.forEach((reading, at) => {
      for (const role of roles) {
        const wanted = new Set(told[at]?.countries[role]);
        const got = new Set(reading.countries[role]);
        for (const code of got) if (wanted.has(code)) right += 2;
        wrong +=
          [...got].filter((code) => !wanted.has(code)).length + [...wanted].filter((code) => !got.has(code)).length;
      }
    });
    expect(right / (right + wrong)).toBeGreaterThan(0.95);
  });

  it('have the right stage', () => {
    const hits = readings.filter((reading, at) => (coarse[reading.stage ?? ''] ?? null) === told[at]?.stage);
    expect(hits.length / told.length).toBeGreaterThan(0.9);
  });
});
