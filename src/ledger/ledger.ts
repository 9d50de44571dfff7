import type { Countries } from '../core/country.ts';
import type { Ledger } from '../core/ledger.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import { compareDays } from './compare.ts';
import { findCases } from './courts.ts';
import { dealsOf } from './deals.ts';
import { factsOf } from './facts.ts';
import { asKnownOn } from './known.ts';
import { banListOf } from './list.ts';
import { banStatusOf, lastVerifiedOf } from './status.ts';
import { createTimeline } from './timeline.ts';

/** Answers from data alone: no clock, no network. Days are `YYYY-MM-DD` in Washington. */
export function createLedger(data: LedgerData, countries: Countries): Ledger {
  return {
    banStatus: (code, asked) => banStatusOf(data, countries, code, asked),
    banList: (on, known) => banListOf(data, countries, on, known),
    deals: (code) => dealsOf(data, countries, code),
    courts: (query) => findCases(data.cases, query),
    timeline: createTimeline(data, countries),
    compare: (from, to, known) => compareDays(known === undefined ? data : asKnownOn(data, known), countries, from, to),
    facts: factsOf(data, countries),
    lastVerified: lastVerifiedOf(data),
    dataEnds: data.dataEnds,
  };
}
