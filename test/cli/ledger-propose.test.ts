import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LedgerProposeAnswer } from '../../src/core/answers/review.ts';
import { runLine } from '../fakes/io.ts';

describe('ledger propose', () => {
  it('enters a change for review, once, and is kept in the database', async () => {
    const env = { BORDERWIRE_DATA: mkdtempSync(join(tmpdir(), 'bw-propose-')) };
    const fields = ['--country', 'fiji', '--stage', 'signed', '--date', '2026-11-02'];
    const cited = [
      '--citation',
      'Joint statement',
      '--url',
      'https://www.state.gov/x',
      '--quote',
      'Fiji will receive.',
    ];
    const line = ['ledger', 'propose', 'deal', ...fields, ...cited, '--json'];
    const first = LedgerProposeAnswer.parse(JSON.parse((await runLine(line, env)).out));
    expect(first.proposed).toMatch(/^[0-9a-z]{26}$/);
    expect(LedgerProposeAnswer.parse(JSON.parse((await runLine(line, env)).out)).proposed).toBeNull();
    expect((await runLine(['do', '/review'], env)).out).toMatch(/add FJ signed on 2026-11-02/);
    const decided = await runLine(['do', `/review approve:${first.proposed ?? ''} reason:read`], env);
    expect(decided.code).toBe(0);
    expect((await runLine(['deals', 'fiji'], env)).out).toMatch(/Fiji: signed/);
    const check = await runLine(['ledger', 'check'], env);
    expect(check).toMatchObject({
      code: 0,
      out: expect.stringMatching(/FJ\/signed\/2026-11-02: approved: .*no such entry/),
    });
  });

  it('refuses one without a citation', async () => {
    const fields = ['--country', 'fiji', '--stage', 'signed', '--date', '2026-11-02'];
    expect(await runLine(['ledger', 'propose', 'deal', ...fields])).toMatchObject({
      code: 2,
      err: 'A proposal needs --citation.\n',
    });
  });
});
