import type { LedgerRow, Source } from '../core/ledger.ts';
import type { LedgerData } from '../core/ledger-data.ts';
import type { ProposalDraft, ProposedChange } from '../core/review.ts';
import { slug } from '../core/slug.ts';
import { rowEntry } from './entries.ts';
import type { DocumentReading, Proposal } from './read/read.ts';

const changes: Readonly<Record<Proposal['action'], LedgerRow['change']>> = {
  add: 'added',
  continue: 'continued',
  upgrade: 'upgraded',
  modify: 'modified',
  end: 'removed',
};

/**
 * What a document proposes, as changes that can be approved one by one: an end of what another change replaces goes
 * with that change. Rows that the record holds already, and changes without a day, are left out.
 */
export function draftsOf(
  { proposals, instrument: read }: DocumentReading,
  data: LedgerData,
  from: { source: Source; today: string },
): readonly ProposalDraft[] {
  const instrument = instrumentOf(read, data);
  const acting = proposals.filter((each) => each.action !== 'end');
  const alone = proposals.filter(
    (each) => each.action === 'end' && !acting.some((other) => other.country === each.country),
  );
  return [...acting, ...alone].flatMap((proposal) => {
    const { effective } = proposal;
    if (effective === null) return [];
    const row = rowOf(proposal, { instrument, effective, signed: read.signed, ...from });
    if (data.rows.some((each) => each.id === row.id)) return [];
    const ends = proposals.filter((each) => each.action === 'end' && each.country === proposal.country);
    const change: ProposedChange = {
      // The end of a rule on documents is a mark on its row: a row of its own would read as another rule.
      adds: proposal.action === 'end' && row.kind === 'document-rule' ? [] : [rowEntry(row)],
      marks: [
        ...(proposal.action === 'continue' && proposal.row !== null
          ? [{ row: proposal.row, continuedBy: instrument }]
          : []),
        ...ends.flatMap((end) => (end.row === null ? [] : [{ row: end.row, ended: effective, endedBy: instrument }])),
      ],
    };
    return [draftFor(row, proposal, change)];
  });
}

function draftFor(row: LedgerRow, { action, country, quote }: Proposal, change: ProposedChange): ProposalDraft {
  const classes = row.visaClasses.length > 0 ? ` for ${row.visaClasses.join(', ')}` : '';
  const tier = action === 'end' ? '' : ` ${row.kind === 'document-rule' ? 'document rule' : row.tier}${classes}`;
  const where = row.section === null ? row.instrument : `${row.instrument}, sec. ${row.section}`;
  return {
    fingerprint: [action, row.id, row.tier, row.visaClasses.join()].join('|'),
    action,
    countries: [country],
    instrument: row.instrument,
    summary: `${action} ${country}${tier} from ${row.effective} (${where})`,
    change,
    source: row.source,
    quote,
    proposedBy: 'reader',
  };
}

function rowOf(
  { action, country, kind, tier, visaClasses, section }: Proposal,
  from: { instrument: string; effective: string; signed: string | null; source: Source; today: string },
): LedgerRow {
  const { instrument, effective } = from;
  return {
    id: `${slug(instrument)}/${country}/${effective}`,
    country,
    kind,
    instrument,
    section,
    citation: null,
    change: changes[action],
    tier,
    visaClasses,
    signed: from.signed,
    published: null,
    announced: null,
    effective,
    ended: null,
    endedBy: null,
    note: null,
    source: from.source,
    confidence: 'primary-source-seen',
    lastVerified: from.today,
  };
}

/** A page that does not tell its number is known by the record's instrument of the day, else by its title. */
function instrumentOf({ name, title, signed }: DocumentReading['instrument'], data: LedgerData): string {
  const known = data.instruments.find((each) => each.kind === 'entry-ban' && signed !== null && each.signed === signed);
  return name ?? known?.name ?? `${title ?? 'Untitled document'}${signed === null ? '' : ` (${signed})`}`;
}
