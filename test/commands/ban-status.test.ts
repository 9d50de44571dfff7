import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderMessage } from '../../src/adapters/console/render.ts';
import { createDispatcher, type Dispatcher } from '../../src/commands/dispatch.ts';
import { createCommands } from '../../src/commands/index.ts';
import { BanListAnswer, BanStatusAnswer } from '../../src/core/answers/ban-status.ts';
import type { Store } from '../../src/core/ports.ts';
import { silentLog } from '../../src/lib/log.ts';
import { askerIn, testServices } from '../fakes/services.ts';
import { countries, data, ledger } from '../ledger/shipped.ts';

let store: Store;
let dispatcher: Dispatcher;

beforeEach(async () => {
  const made = await testServices({ ledger });
  store = made.store;
  dispatcher = createDispatcher(createCommands(made.services), silentLog);
});
afterEach(() => store.close());

const ask = (line: string) => dispatcher.line(line, askerIn('a'));
const shown = async (line: string) => renderMessage((await ask(line)).message, { width: 110 });

describe('/ban-status for a person', () => {
  it('fits one screen for every country, and names the rest by the command that shows it', async () => {
    for (const { code } of countries.all) {
      const lines = (await shown(`/ban-status ${code}`)).split('\n');
      expect(lines.length, code).toBeLessThanOrEqual(48);
    }
    const laos = await shown('/ban-status laos');
    expect(laos).toMatch(/and \d+ more: \/ban-status LA exceptions$/m);
    expect(await shown('/ban-status laos exceptions')).toMatch(/Case by case.*sec\. 6\(d\)/s);
  });

  it('states the rule on dual nationals whenever a tier is in force, and asks nobody for passports', async () => {
    for (const on of ['2017-02-05', '2018-05-01', '2025-07-01', '2026-11-21'])
      for (const { code } of ledger.banList(on).countries)
        expect((await ask(`/ban-status ${code} on ${on}`)).message.blocks[1], `${code} ${on}`).toMatchObject({
          fields: expect.arrayContaining([
            { name: 'Dual nationals', value: [expect.stringMatching(/passport|no clause/)] },
          ]),
        });
  });

  it('rests on instruments that were signed by the day', () => {
    const later = (url: string | null, on: string): boolean => {
      const own = data.rows.filter((row) => row.source.url === url);
      return own.length > 0 && own.every((row) => (row.signed ?? row.announced ?? row.effective) > on);
    };
    for (const { code } of countries.all)
      for (const on of ['2017-01-30', '2018-01-01', '2021-02-01', '2025-06-01', '2025-06-05', '2025-12-01'])
        for (const { url } of ledger.banStatus(code, { on }).sources)
          expect(later(url, on), `${code} ${on}`).toBe(false);
  });

  it('compares two days: tier, classes and exceptions', async () => {
    const reply = await ask('/ban-status laos since:2025-07-01 on:2026-02-01');
    const answer = BanStatusAnswer.parse(reply.data);
    expect(answer).toMatchObject({ on: '2026-02-01', tier: 'full' });
    expect(answer.comparedWith).toMatchObject({ on: '2025-07-01', tier: 'partial', instrument: 'Proclamation 10949' });
    const text = renderMessage(reply.message, { width: 200 });
    expect(text).toMatch(/2025-07-01: partial entry suspension for immigrants, B-1, B-2, F, M, J/);
    expect(text).toMatch(/Excepted then, not in these words now: .*Immediate-family/);
    const list = await ask('/ban-status since:2025-12-31 on:2026-01-01');
    const { comparedWith } = BanListAnswer.parse(list.data);
    expect(comparedWith?.changes).toContainEqual({
      code: 'LA',
      name: 'Laos',
      before: 'partial',
      after: 'full',
      instrument: 'Proclamation 10998',
    });
    expect((await ask('/ban-status laos since 2026-01-01 on 2025-01-01')).exitCode).toBe(2);
  });

  it('tells the whole history when asked', async () => {
    const iran = await shown('/ban-status iran history');
    for (const instrument of ['13769', '13780', '9645', '10949', '10998']) expect(iran).toContain(instrument);
    expect(iran).toMatch(/benefit hold: 2025-12-02 to 2026-06-05/);
  });
});
