import { type BanList, type StatusChange, tierWords } from '../core/ban-status.ts';
import type { Countries } from '../core/country.ts';
import type { Tier } from '../core/ledger.ts';
import type { Block, Message } from '../core/message.ts';
import { datedFooter } from './replies.ts';
import { reportAction } from './report.ts';

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
  const known = list.known === undefined ? '' : `, as known on ${list.known}`;
  const plain = `On ${list.on}${known}: ${full} countries under a full, ${partial} under a partial and ${immigrantOnly} under an immigrants-only entry suspension.`;
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
      ...upcomingBlocks(list),
      ...comparedBlocks(list),
      ...(others.size > 0
        ? [
            { kind: 'heading' as const, text: 'Beside them, not bans' },
            {
              kind: 'list' as const,
              items: [...others].map(([instrument, items]) => [
                `${items[0]?.kind.replaceAll('-', ' ') ?? ''}: ${instrument}: ${whomOf(items, countries)}, since ${items[0]?.from ?? ''}`,
              ]),
            },
          ]
        : []),
    ],
    actions: [reportAction('ban-status')],
    footer: datedFooter(lastVerified, list.dataEnds, today, staleAfterDays),
    tone: 'neutral',
  };
}

function whomOf(items: BanList['other'], countries: Countries): string {
  const [only, ...others] = items;
  if (only === undefined || others.length > 0) return `${items.length} countries`;
  return only.code === '*' ? 'not one country’s nationals alone' : countries.name(only.code);
}

/** What is signed and still to come, a line an instrument, day and tier. */
function upcomingBlocks({ upcoming = [] }: BanList): Block[] {
  const groups = new Map<string, string[]>();
  for (const { name, tier, from, instrument } of upcoming) {
    const key = `From ${from}, ${tierWords[tier]} (${instrument})`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  if (groups.size === 0) return [];
  return [
    { kind: 'heading', text: 'Signed and still to come' },
    { kind: 'list', items: [...groups].map(([key, names]) => [`${key}: ${names.join(', ')}`]) },
  ];
}

function byInstrument(items: BanList['other']): Map<string, BanList['other'][number][]> {
  const groups = new Map<string, BanList['other'][number][]>();
  for (const item of items) groups.set(item.instrument, [...(groups.get(item.instrument) ?? []), item]);
  return groups;
}

function comparedBlocks({ comparedWith, on }: BanList): Block[] {
  if (!comparedWith) return [];
  const line = ({ name, before, after, instrument }: StatusChange): string =>
    `${name}: ${tierWords[before]}, then ${before === after ? 'the same tier for other visa classes' : tierWords[after]}${instrument === null ? '' : ` (${instrument})`}`;
  const { changes } = comparedWith;
  return [
    { kind: 'heading', text: `From ${comparedWith.on} to ${on}` },
    {
      kind: 'list',
      items: changes.length === 0 ? [['Nothing changed on paper.']] : changes.map((each) => [line(each)]),
    },
  ];
}
