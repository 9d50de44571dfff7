import type { Countries, Country } from '../core/country.ts';
import type { BanList, BanStatus, Enforcement, Tier } from '../core/ledger.ts';
import type { Block, Line, Message } from '../core/message.ts';
import { datedFooter } from './replies.ts';

const tierWords: Readonly<Record<Tier, string>> = {
  none: 'no entry suspension',
  partial: 'partial entry suspension',
  'immigrant-only': 'entry suspension for immigrants only',
  full: 'full entry suspension',
};

/** The answer for one country, in one screen. */
export function banStatusMessage(
  status: BanStatus,
  country: Country,
  note: string | undefined,
  today: string,
  staleAfterDays: number,
): Message {
  const headline = headlineOf(status, country, today);
  const blocks: Block[] = [
    { kind: 'text', lines: [[{ text: headline, strong: true }], ...(note === undefined ? [] : [[note]])] },
  ];
  blocks.push({ kind: 'fields', fields: fieldsOf(status) });
  if (status.history.length > 0)
    blocks.push({ kind: 'heading', text: 'History' }, { kind: 'list', items: status.history.map(periodLine) });
  if (status.other.length > 0) {
    blocks.push({ kind: 'heading', text: 'Beside it, not a ban' });
    blocks.push({
      kind: 'list',
      items: status.other.map((item) => [
        `${words(item.kind)}: ${item.from} to ${item.to ?? 'now'} (${item.instrument})`,
      ]),
    });
  }
  if (status.exceptions.length > 0 && status.tier !== 'none') {
    blocks.push({ kind: 'heading', text: 'Who is excepted' });
    blocks.push({
      kind: 'list',
      items: status.exceptions.map((item) => [`${item.who.replace(/\.$/, '')}: ${item.status} (${item.instrument})`]),
    });
  }
  if (status.reported.length > 0) {
    blocks.push({ kind: 'heading', text: 'Reported, not law' });
    blocks.push({
      kind: 'list',
      items: status.reported.map((item) => [`${item.date}: ${item.headline} (${item.certainty})`]),
    });
  }
  const sources = status.sources.slice(0, 4);
  if (sources.length > 0)
    blocks.push({
      kind: 'list',
      items: sources.map((source) => [source.url === null ? source.title : { text: source.title, url: source.url }]),
    });
  return {
    title: `${country.flag} ${country.name}: ${tierWords[status.tier]}`,
    plain: headline,
    blocks,
    footer: datedFooter(status.lastVerified, status.dataEnds, today, staleAfterDays),
    actions: [{ kind: 'command', label: 'Timeline', command: `/timeline ${country.code}` }],
    tone: 'neutral',
  };
}

function headlineOf(status: BanStatus, country: Country, today: string): string {
  const when = status.on === today ? 'Today' : `On ${status.on}`;
  const next = status.upcoming[0];
  const coming = next ? ` Signed and taking effect on ${next.from}: ${tierWords[next.tier]} (${next.instrument}).` : '';
  if (status.tier === 'none') {
    const never =
      status.history.length === 0 && !next ? ` It was never listed, as last verified on ${status.lastVerified}.` : '';
    return `${when}: no US entry suspension in force for nationals of ${country.name}.${never}${coming}`;
  }
  return `${when}: ${tierWords[status.tier]} (travel ban) for nationals of ${country.name}, since ${status.since ?? 'an unknown date'}.${coming}`;
}

function fieldsOf(status: BanStatus): { name: string; value: Line }[] {
  const fields: { name: string; value: Line }[] = [];
  if (status.visaClasses.length > 0) fields.push({ name: 'Visa classes', value: [status.visaClasses.join(', ')] });
  const since = status.perClass.filter((item) => item.since !== status.since);
  if (since.length > 0)
    fields.push({ name: 'Since, by class', value: [since.map((item) => `${item.class}: ${item.since}`).join('; ')] });
  if (status.instrument !== null) {
    const cited = status.citation === null ? status.instrument : `${status.instrument}, ${status.citation}`;
    fields.push({ name: 'Authority', value: [cited] });
  }
  if (status.tier !== 'none') fields.push({ name: 'Courts', value: [enforcementWords(status.enforcement)] });
  if (status.documentRule !== undefined) fields.push({ name: 'Document rule', value: [status.documentRule] });
  if (status.confidence === 'from-memory-unverified')
    fields.push({ name: 'Unverified', value: ['No source was read for this row; treat it as a lead.'] });
  return fields;
}

function enforcementWords(enforcement: Enforcement): string {
  const because = [enforcement.case, enforcement.since].filter((part) => part !== null).join(', ');
  const words = {
    'in-force': 'enforced',
    'partly-enjoined': 'partly enjoined',
    enjoined: 'enjoined: not enforced',
    'not-applicable': 'no case applies',
  };
  return `${words[enforcement.state]}${because ? ` (${because})` : ''}${enforcement.note === null ? '' : `. ${enforcement.note}`}`;
}

function periodLine(period: BanStatus['history'][number]): Line {
  return [`${period.from} to ${period.to ?? 'now'}: ${tierWords[period.tier]} (${period.instrument})`];
}

/** The lists: both tiers, other restrictions, and the rule behind each count. */
export function banListMessage(
  list: BanList,
  countries: Countries,
  lastVerified: string,
  today: string,
  staleAfterDays: number,
): Message {
  const named = (tier: Tier): string =>
    list.countries
      .filter((item) => item.tier === tier)
      .map((item) => `${countries.get(item.code)?.flag ?? ''} ${item.name}`.trim())
      .join(', ');
  const { full, partial, immigrantOnly, rule } = list.counts;
  const plain = `On ${list.on}: ${full} countries under a full, ${partial} under a partial and ${immigrantOnly} under an immigrants-only entry suspension.`;
  const tiers = [
    { name: `Full (${full})`, value: [named('full') || 'none'] },
    { name: `Partial (${partial})`, value: [named('partial') || 'none'] },
    { name: `Immigrants only (${immigrantOnly})`, value: [named('immigrant-only') || 'none'] },
  ];
  const documents = list.documents.map((item) => [`${item.rule} (${item.instrument}, since ${item.from})`]);
  const others = byInstrument(list.other);
  return {
    title: 'US entry suspensions (travel bans)',
    plain,
    blocks: [
      { kind: 'text', lines: [[plain], [`How it is counted: ${rule}`]] },
      { kind: 'fields', fields: tiers },
      ...(documents.length > 0 ? [{ kind: 'list' as const, items: documents }] : []),
      ...(others.size > 0
        ? [
            { kind: 'heading' as const, text: 'Beside them, not bans' },
            {
              kind: 'list' as const,
              items: [...others].map(([instrument, items]) => [
                `${instrument}: ${items.length === 1 ? countries.name(items[0]?.code ?? '') : `${items.length} countries`}, since ${items[0]?.from ?? ''}`,
              ]),
            },
          ]
        : []),
    ],
    footer: datedFooter(lastVerified, list.dataEnds, today, staleAfterDays),
    tone: 'neutral',
  };
}

function byInstrument(items: BanList['other']): Map<string, BanList['other'][number][]> {
  const groups = new Map<string, BanList['other'][number][]>();
  for (const item of items) groups.set(item.instrument, [...(groups.get(item.instrument) ?? []), item]);
  return groups;
}

function words(slug: string): string {
  return slug.replaceAll('-', ' ');
}
