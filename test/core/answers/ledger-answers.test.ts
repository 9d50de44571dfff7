import { describe, expect, it } from 'vitest';
import { BanListAnswer, BanStatusAnswer } from '../../../src/core/answers/ban-status.ts';
import { CourtsAnswer } from '../../../src/core/answers/courts.ts';
import { DealsAnswer } from '../../../src/core/answers/deals.ts';
import { AmbiguousAnswer } from '../../../src/core/answers/parts.ts';
import { TimelineAnswer } from '../../../src/core/answers/timeline.ts';
import type { BanList, BanStatus } from '../../../src/core/ban-status.ts';
import type { CourtCase, Deal, TimelineEvent } from '../../../src/core/ledger.ts';
import { countries, ledger } from '../../ledger/shipped.ts';

describe('answers fit their schemas', () => {
  it('ban-status, for every country on several days', () => {
    for (const { code } of countries.all)
      for (const on of ['2017-02-05', '2025-06-05', '2026-11-21']) {
        const answer = ledger.banStatus(code, { on });
        const status: BanStatus = BanStatusAnswer.parse(answer);
        expect(status).toEqual(answer);
      }
  });

  it('ban-status without a country', () => {
    const list: BanList = BanListAnswer.parse(ledger.banList('2026-03-01'));
    expect(list).toEqual(ledger.banList('2026-03-01'));
  });

  it('deals, courts and timeline', () => {
    const deals: readonly Deal[] = DealsAnswer.parse({ version: 1, deals: ledger.deals() }).deals;
    expect(deals).toEqual(ledger.deals());
    const courts = ledger.courts().map((each) => ({ ...each, lastVerified: '2026-09-29' }));
    const cases: readonly CourtCase[] = CourtsAnswer.parse({ version: 1, cases: courts }).cases;
    expect(cases).toEqual(courts);
    const events: readonly TimelineEvent[] = TimelineAnswer.parse({
      version: 1,
      events: ledger.timeline({}),
      storiesSince: null,
    }).events;
    expect(events).toEqual(ledger.timeline({}));
  });

  it('a name that means several countries', () => {
    expect(AmbiguousAnswer.safeParse({ version: 1, ambiguous: [{ code: 'CG', name: 'Congo' }] }).success).toBe(true);
    expect(BanStatusAnswer.safeParse({ version: 1, ambiguous: [] }).success).toBe(false);
  });
});
