import { type BanStatus, tierWords } from '../core/ban-status.ts';
import type { Enforcement, LedgerDate } from '../core/ledger.ts';

/** What courts allow, with the case's name and the day. */
export function enforcementWords(enforcement: Enforcement, name: string | null): string {
  const because = [name, enforcement.since].filter((part) => part !== null).join(', ');
  const words = {
    'in-force': 'enforced',
    'partly-enjoined': 'partly enjoined',
    enjoined: 'enjoined: not enforced',
    'not-applicable': 'no case applies',
  };
  return `${words[enforcement.state]}${because ? ` (${because})` : ''}${enforcement.note === null ? '' : `. ${enforcement.note}`}`;
}

export function periodWords({ from, to, tier, instrument }: BanStatus['history'][number]): string {
  return `${from} to ${endWords(to)}: ${tierWords[tier]} (${instrument})`;
}

export function measureWords({ kind, from, to, instrument }: BanStatus['other'][number]): string {
  return `${kind.replaceAll('-', ' ')}: ${from} to ${endWords(to)} (${instrument})`;
}

export function exceptionWords({ who, status, instrument }: BanStatus['exceptions'][number]): string {
  return `${who.replace(/\.$/, '')}: ${status} (${instrument})`;
}

function endWords(to: LedgerDate | null): string {
  return to === null ? 'now' : to === 'unknown' ? 'a day not known' : to;
}

const dual = /\bdual nationals?\b/i;

/**
 * What the day's instrument says of people with several nationalities, which passport they hold being nobody's
 * business: its own clause, or that the record holds none.
 */
export function dualNationalRule(status: BanStatus): string {
  const clause = status.exceptions.find((each) => dual.test(each.who));
  if (!clause)
    return `The record holds no clause on dual nationals for ${status.instrument ?? 'this'}: read it itself.`;
  const who = clause.who.split('; ').find((part) => dual.test(part)) ?? clause.who;
  return `${who.replace(/^dual nationals\b/i, 'those').replace(/\.$/, '')}: ${clause.status}.`;
}

/** The clause that `dualNationalRule` states alone: it need not stand in the list again. */
export function isDualClauseAlone({ who }: BanStatus['exceptions'][number]): boolean {
  return dual.test(who) && !who.includes('; ');
}
