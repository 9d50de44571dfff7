import type { Countries } from '../../core/country.ts';
import type { LedgerRow, Tier } from '../../core/ledger.ts';
import type { LedgerData } from '../../core/ledger-data.ts';
import { firstDay, holds } from '../dates.ts';
import { asKnownOn } from '../known.ts';
import { tierRank } from '../segments.ts';
import { type Clause, clausesOf, sectionsOf } from './clauses.ts';
import { documentClause, isInstrument, reasonForNothing, revocations, strikings } from './documents.ts';
import { type InstrumentReading, readInstrument } from './instrument.ts';
import { plainDocument } from './plain.ts';

/** One change that a primary document would make to the ledger, with the sentence it rests on. */
export interface Proposal {
  action: 'add' | 'continue' | 'upgrade' | 'modify' | 'end';
  country: string;
  kind: 'entry-ban' | 'document-rule';
  tier: Tier;
  visaClasses: readonly string[];
  /** `YYYY-MM-DD`; null where the document does not say. */
  effective: string | null;
  section: string | null;
  /** Row of the ledger that an `end` ends, or that another action continues or changes. */
  row: string | null;
  quote: string;
}

export interface DocumentReading {
  proposals: readonly Proposal[];
  /** What was found, or why nothing is proposed. */
  reason: string;
  instrument: InstrumentReading;
}

/**
 * Reads a proclamation or order (White House or Federal Register text) against the ledger as it stood the day before
 * the document was signed; against nothing when `ledger` is null. Proposes nothing, and says why, for a document that
 * is no nationality ban or when a name in it cannot be told for certain.
 */
export function readPrimaryDocument(source: string, all: Countries, ledger: LedgerData | null): DocumentReading {
  const countries = remembering(all);
  const document = plainDocument(source);
  const instrument = readInstrument(document);
  const nothing = (reason: string): DocumentReading => ({ proposals: [], reason, instrument });
  if (/^fact sheet\b/i.test(document.title ?? '') || !isInstrument(document.text))
    return nothing(reasonForNothing(document.title, document.text));
  const sections = sectionsOf(document.text);
  const found = sections.flatMap(clausesOf);
  const clauses = found.some((clause) => !clause.isOfficials) ? found : [];
  const inForce = rowsBefore(ledger, instrument.signed);
  const revoked = sections
    .slice(sections.length > 1 ? 1 : 0)
    .flatMap((section) => endsOf(section.text, inForce, instrument));
  const named = clauses.map((clause) => ({ clause, codes: clause.names.map((name) => codesOf(name, countries)) }));
  const doubtful = named.flatMap(({ clause, codes }) => clause.names.filter((_, index) => codes[index] === null));
  if (doubtful.length > 0)
    return nothing(`It is unsure which country is meant by ${doubtful.map((name) => `“${name}”`).join(', ')}.`);
  const changes = changesOf(
    named.flatMap(({ clause, codes }) => codes.flatMap((each) => each ?? []).map((code) => ({ clause, code }))),
  );
  const narrowed = changes.filter((change) => isUnsureNarrowing(change, inForce, document.text));
  if (narrowed.length > 0)
    return nothing(
      `It suspends less for ${narrowed.map(({ code }) => all.name(code)).join(', ')} than what is in force, and does not say that it takes its place: it is unsure which stands.`,
    );
  const acted = changes.flatMap((change) => proposalsFor(change, sections, inForce, instrument.effective, countries));
  const rule = acted.length > 0 ? documentClause(document.text) : null;
  const proposals = unique([
    ...acted,
    ...(rule === null ? [] : [ruleProposal(rule, sections, instrument.effective)]),
    ...revoked.filter((end) => !acted.some((each) => each.action === 'end' && each.row === end.row)),
  ]);
  if (proposals.length === 0) return nothing(reasonForNothing(document.title, document.text));
  const ends = proposals.filter((each) => each.action === 'end').length;
  return { proposals, reason: `${proposals.length - ends} rows and ${ends} ends, each with its sentence.`, instrument };
}

/** Entry suspensions in force, or signed to come, the day before the document was signed. */
function rowsBefore(ledger: LedgerData | null, signed: string | null): readonly LedgerRow[] {
  if (ledger === null) return [];
  const day = signed === null ? null : new Date(Date.parse(signed) - 86_400_000).toISOString().slice(0, 10);
  const { rows } = day === null ? ledger : asKnownOn(ledger, day);
  return rows.filter(
    (row) =>
      ((row.kind === 'entry-ban' && row.tier !== 'none') ||
        (row.kind === 'document-rule' && row.change !== 'removed')) &&
      (day === null ? row.ended === null : holds(row.effective, row.ended, day) || firstDay(row.effective) > day),
  );
}

function codesOf(name: string, countries: Pick<Countries, 'resolve'>): readonly string[] | null {
  const whole = countries.resolve(name);
  if (whole.kind === 'found' && whole.how === 'exact') return [whole.country.code];
  const [, outside = '', inside = ''] = /^(.+?) \((.+)\)$/.exec(name) ?? [];
  if (outside !== '') return codesOf(outside, countries) ?? codesOf(inside, countries);
  const parts = name.split(/ (?:and|or) (?:the )?/);
  if (parts.length < 2 || whole.kind === 'ambiguous') return null;
  const codes = parts.map((part) => countries.resolve(part));
  return codes.every((match) => match.kind === 'found' && match.how === 'exact')
    ? codes.flatMap((match) => (match.kind === 'found' ? [match.country.code] : []))
    : null;
}

interface Change {
  code: string;
  clause: Clause;
  /** The clause that lifted part of it, where one did. */
  lifted: Clause | null;
}

/** One change a country: what is lifted in part and kept in part is a modification. */
function changesOf(all: readonly { clause: Clause; code: string }[]): readonly Change[] {
  const byCode = new Map<string, Clause[]>();
  for (const { clause, code } of all) byCode.set(code, [...(byCode.get(code) ?? []), clause]);
  return [...byCode].flatMap(([code, clauses]) => {
    const lifted = clauses.find((clause) => clause.does === 'lifts') ?? null;
    const acting = clauses.find((clause) => clause.does !== 'lifts' && clause.section !== '0') ?? clauses[0];
    return acting ? [{ code, clause: acting, lifted }] : [];
  });
}

function proposalsFor(
  { code, clause, lifted }: Change,
  sections: readonly { number: string; text: string }[],
  inForce: readonly LedgerRow[],
  effective: string | null,
  countries: Pick<Countries, 'resolve'>,
): readonly Proposal[] {
  const before = inForce.findLast((row) => row.country === code && row.kind === 'entry-ban') ?? null;
  const end: readonly Proposal[] = before === null ? [] : [endOf(before, effective, (lifted ?? clause).quote)];
  if (clause.does === 'lifts') return end;
  const section = sectionOf(code, clause, sections, countries);
  const base = {
    country: code,
    kind: 'entry-ban' as const,
    effective,
    section,
    row: before?.id ?? null,
    quote: clause.quote,
  };
  const sameTier = before !== null && before.tier === clause.tier;
  if (lifted === null && (clause.does === 'continues' || sameTier)) {
    const tier = clause.does === 'continues' ? (before?.tier ?? clause.tier) : clause.tier;
    const stated = clause.does === 'continues' ? defaults(tier) : clause.visaClasses;
    return [{ ...base, action: 'continue', tier, visaClasses: before?.visaClasses ?? stated }];
  }
  const widened = before !== null && before.tier !== 'full' && clause.tier === 'full';
  const action = widened ? 'upgrade' : before === null && lifted === null ? 'add' : 'modify';
  return [{ ...base, action, tier: clause.tier, visaClasses: clause.visaClasses }, ...end];
}

/** A suspension narrower than the one in force, by a document that does not speak of changing that one. */
function isUnsureNarrowing({ code, clause, lifted }: Change, inForce: readonly LedgerRow[], text: string): boolean {
  const before = inForce.findLast((row) => row.country === code && row.kind === 'entry-ban');
  if (before === undefined || lifted !== null || clause.does !== 'suspends') return false;
  if (tierRank[clause.tier] >= tierRank[before.tier]) return false;
  return !text.includes(before.instrument) && !/\b(?:supersed|replac|modif|in place of)/i.test(text);
}

function defaults(tier: Tier): readonly string[] {
  return tier === 'full' ? ['immigrants', 'nonimmigrants'] : [];
}

/** `4(b)`: the letter of the item that the country heads, in the clause's section. */
function sectionOf(
  code: string,
  clause: Clause,
  sections: readonly { number: string; text: string }[],
  countries: Pick<Countries, 'resolve'>,
): string | null {
  if (clause.section === '0') return null;
  const text = sections.find((each) => each.number === clause.section)?.text ?? '';
  for (const [, letter = '', name = ''] of text.matchAll(
    /(?<![\w)])\(([a-z]{1,2})\) (?:the )?([A-Z][A-Za-z' ]{2,50}?(?: \([A-Z][a-z]+\))?)(?= \(i\)|[;.])/g,
  )) {
    const match = countries.resolve(name);
    if (match.kind === 'found' && match.country.code === code) return `${clause.section}(${letter})`;
  }
  return clause.section;
}

function endOf(row: LedgerRow, effective: string | null, quote: string): Proposal {
  return {
    action: 'end',
    country: row.country,
    kind: row.kind === 'document-rule' ? 'document-rule' : 'entry-ban',
    tier: 'none',
    visaClasses: [],
    effective,
    section: null,
    row: row.id,
    quote,
  };
}

function endsOf(text: string, inForce: readonly LedgerRow[], { effective }: InstrumentReading): readonly Proposal[] {
  const struck = strikings(text).flatMap(({ instrument, section, quote }) =>
    inForce
      .filter((row) => row.instrument === instrument && row.section === section)
      .map((row) => endOf(row, effective, quote)),
  );
  const revoked = revocations(text).flatMap(({ instrument, quote }) =>
    inForce.filter((row) => row.instrument === instrument).map((row) => endOf(row, effective, quote)),
  );
  return [...struck, ...revoked];
}

function ruleProposal(
  rule: { quote: string; visaClasses: readonly string[] },
  sections: readonly { number: string; text: string }[],
  effective: string | null,
): Proposal {
  const section = sections.find((each) => each.text.includes(rule.quote));
  const letter = /\(([a-z])\) Palestinian Authority/.exec(section?.text ?? '')?.[1];
  return {
    action: 'add',
    country: 'PS',
    kind: 'document-rule',
    tier: 'full',
    visaClasses: rule.visaClasses,
    effective,
    section: section && letter ? `${section.number}(${letter})` : (section?.number ?? null),
    row: null,
    quote: rule.quote,
  };
}

function unique(proposals: readonly Proposal[]): readonly Proposal[] {
  const keyOf = (each: Proposal): string =>
    `${each.action} ${each.country} ${each.action === 'end' ? (each.row ?? '') : ''}`;
  return proposals.filter((each, index) => proposals.findIndex((other) => keyOf(other) === keyOf(each)) === index);
}

/** Names recur in a document many times over, and an unknown one is dear to look up. */
function remembering(countries: Countries): Pick<Countries, 'resolve'> {
  const known = new Map<string, ReturnType<Countries['resolve']>>();
  return {
    resolve: (name) => {
      const match = known.get(name) ?? countries.resolve(name);
      known.set(name, match);
      return match;
    },
  };
}
