import type { Countries } from '../core/country.ts';
import type { Ledger } from '../core/ledger.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import { compareDays, type StatusChange } from './compare.ts';
import { findCases } from './courts.ts';
import { dealsOf } from './deals.ts';
import { factsOf } from './facts.ts';
import { banListOf } from './list.ts';
import { banStatusOf, lastVerifiedOf } from './status.ts';
import { timelineOf } from './timeline.ts';

/** The record, ready to answer; beside the port it tells what changed between two days. */
export interface LegalRecord extends Ledger {
  compare(from: string, to: string): readonly StatusChange[];
}

/** Answers from data alone: no clock, no network. Days are `YYYY-MM-DD` in Washington. */
export function createLedger(data: LedgerData, countries: Countries): LegalRecord {
  return {
    banStatus: (code, asked) => banStatusOf(data, countries, code, asked),
    banList: (on) => banListOf(data, countries, on),
    deals: (code) => dealsOf(data, countries, code),
    courts: (query) => findCases(data.cases, query),
    timeline: (filter) => timelineOf(data, countries, filter),
    compare: (from, to) => compareDays(data, countries, from, to),
    facts: factsOf(data, countries),
    lastVerified: lastVerifiedOf(data),
    dataEnds: data.dataEnds,
  };
}
