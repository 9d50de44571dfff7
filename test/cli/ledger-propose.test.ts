import { mkdtempSync, writeFileSync } from 'node:fs';
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

  it('enters what a document in a file changes, as if a feed had brought it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bw-propose-'));
    const env = { BORDERWIRE_DATA: folder };
    const file = join(folder, 'proclamation.html');
    writeFileSync(
      file,
      `<h1>Limiting the Entry of Nationals of Fiji</h1><p>By the authority vested in me as President, including sections 212(f) and 215(a) of the Immigration and Nationality Act, I hereby proclaim as follows:</p>
<p>Section 1. Suspension. The entry into the United States of nationals of Fiji as immigrants and nonimmigrants is hereby suspended.</p>
<p>Sec. 2. Effective Date. This proclamation is effective at 12:01 a.m. eastern time on January 15, 2030.</p>`,
    );
    const line = ['ledger', 'propose', 'document', file, '--url'];
    const url = 'https://www.whitehouse.gov/fiji/';
    expect((await runLine([...line, url], env)).out).toMatch(/^add FJ full .*\n1 of 1 are new\. They wait/);
    expect((await runLine([...line, url], env)).out).toContain('0 of 1 are new');
    expect((await runLine(['ban-status', 'fiji'], env)).out).toMatch(/add FJ full.*under review/s);
    const approved = await runLine(
      ['do', '/review approve:"Limiting the Entry of Nationals of Fiji" reason:read'],
      env,
    );
    expect(approved.out).toContain('1 of 1 approved');
    expect((await runLine(['ban-status', 'fiji', '--on', '2030-02-01'], env)).out).toMatch(/full.*2030-01-15/s);
    expect((await runLine([...line, url], env)).out).toContain('Nothing is proposed');
    expect(await runLine([...line, 'nowhere'], env)).toMatchObject({
      err: expect.stringContaining('no address') as string,
    });
  }, 60_000);

  it('refuses one without a citation', async () => {
    const fields = ['--country', 'fiji', '--stage', 'signed', '--date', '2026-11-02'];
    expect(await runLine(['ledger', 'propose', 'deal', ...fields])).toMatchObject({
      code: 2,
      err: 'A proposal needs --citation.\n',
    });
  });
});
