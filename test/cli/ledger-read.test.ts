import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LedgerReadAnswer } from '../../src/core/answers/ledger-read.ts';
import { runLine } from '../fakes/io.ts';

const folder = '../shared/primary';
const isThere = existsSync(folder);
if (!isThere) console.log('../shared/primary is absent: its documents are skipped');

async function read(file: string, ...more: string[]) {
  const { code, out } = await runLine(['ledger', 'read', file, '--json', ...more]);
  expect(code).toBe(0);
  return LedgerReadAnswer.strict().parse(JSON.parse(out));
}

const actions = (answer: Awaited<ReturnType<typeof read>>) => {
  const counted: Record<string, number> = {};
  for (const { action, tier } of answer.proposals)
    counted[`${action} ${tier}`] = (counted[`${action} ${tier}`] ?? 0) + 1;
  return counted;
};

describe('ledger read', () => {
  it('prints what a document proposes, with the sentence it rests on', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'bw-read-')), 'order.txt');
    writeFileSync(
      file,
      'By the authority vested in me as President, including section 212(f) of the INA, 8 U.S.C. 1182(f), I hereby proclaim: Section 1. Suspension. The entry of nationals of Peru as immigrants and nonimmigrants is hereby suspended. Sec. 2. This proclamation is effective at 12:01 a.m. on March 15, 2027.',
    );
    const answer = await read(file, '--against', 'empty');
    expect(answer.proposals).toMatchObject([
      {
        action: 'add',
        country: 'PE',
        tier: 'full',
        visaClasses: ['immigrants', 'nonimmigrants'],
        effective: '2027-03-15',
        quote: expect.stringContaining('nationals of Peru'),
      },
    ]);
    const words = await runLine(['ledger', 'read', file]);
    expect(words.out).toMatch(/^add PE full \(immigrants, nonimmigrants\) from 2027-03-15: “/m);
  });

  it('names a file that it cannot read, and refuses an unknown ledger', async () => {
    expect(await runLine(['ledger', 'read', '/nowhere/at/all.md'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('/nowhere/at/all.md'),
    });
    expect((await runLine(['ledger', 'read', 'package.json', '--against', 'other'])).code).toBe(2);
  });

  it.skipIf(!isThere)('proposes exactly the rows of the proclamations', async () => {
    const first = await read(`${folder}/proclamation-10949.md`, '--against', 'empty');
    expect(actions(first)).toEqual({ 'add full': 12, 'add partial': 7 });
    const second = await read(`${folder}/proclamation-10998.md`);
    expect(actions(second)).toEqual({
      'continue full': 12,
      'continue partial': 4,
      'add full': 6,
      'upgrade full': 2,
      'add partial': 15,
      'modify immigrant-only': 1,
      'end none': 3,
    });
    const revocation = await read(`${folder}/proclamation-10141-revocation.md`);
    expect(actions(revocation)).toEqual({ 'end none': 13 });
  });

  it
    .skipIf(!isThere)
    .each(isThere ? readdirSync(folder).filter((name) => /^(not-|alien|fact-sheet).*\.md$/.test(name)) : [])(
    'proposes nothing from %s, and says why',
    async (name) => {
      const answer = await read(`${folder}/${name}`);
      expect(answer.proposals).toEqual([]);
      expect(answer.reason.length).toBeGreaterThan(20);
    },
  );
});
