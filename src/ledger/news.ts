import type { OutboxDraft } from '../core/delivery.ts';
import type { LedgerRow, Source } from '../core/ledger.ts';
import type { Block, Message } from '../core/message.ts';
import type { LedgerChange, LedgerEntry } from '../core/review.ts';
import type { Subscription } from '../core/subscription.ts';
import { substanceOf } from './entry-words.ts';
import { nameOf, standing } from './record.ts';
import { byChannel, type NewsLine, newsLine, wantsFromLedger } from './telling.ts';

const shownLines = 12;

/** What became law of the record, or changed in it, under one instrument (or case, or country's arrangement). */
export interface LedgerNews {
  /** Names it for good: the first of its changes. */
  key: string;
  about: string;
  lines: readonly NewsLine[];
  source: Source | null;
  /** An operator approved it; else it came with a new version of the record. */
  approved: boolean;
}

interface Difference {
  before: LedgerEntry | null;
  after: LedgerEntry | null;
  change: LedgerChange;
}

/**
 * What answers say otherwise after the changes behind `from` up to and with `to` (ids of changes), in one piece an
 * instrument. What only became more precise, or was verified again, and what an approval stands over, is no news.
 */
export function newsBetween(
  changes: readonly LedgerChange[],
  from: string,
  to: string,
  countries: { name(code: string): string },
): readonly LedgerNews[] {
  const until = changes.filter((each) => each.id <= to);
  const fresh = until.filter((each) => each.id > from && !each.baseline);
  if (fresh.length === 0) return [];
  const isFresh = new Set(fresh);
  const before = byName(standing(until.filter((each) => !isFresh.has(each))));
  const after = byName(standing(until));
  const firsts = new Map<string, LedgerChange>();
  for (const change of fresh) if (!firsts.has(nameOf(change))) firsts.set(nameOf(change), change);
  const differences = [...firsts].flatMap(([name, change]): Difference[] => {
    const [was, is] = [before.get(name) ?? null, after.get(name) ?? null];
    return was && is && substanceOf(was) === substanceOf(is)
      ? []
      : was || is
        ? [{ before: was, after: is, change }]
        : [];
  });
  return grouped(differences).map(([about, group]) => newsOf(about, group, countries));
}

function byName(entries: readonly LedgerEntry[]): ReadonlyMap<string, LedgerEntry> {
  return new Map(entries.map((entry) => [nameOf(entry), entry]));
}

/** By what is new; the end or continuation of a row goes without saying beside the row that takes its place. */
function grouped(differences: readonly Difference[]): readonly [string, readonly Difference[]][] {
  const groups = new Map<string, Difference[]>();
  for (const each of differences) {
    const about = aboutOf(each);
    groups.set(about, [...(groups.get(about) ?? []), each]);
  }
  return [...groups].map(([about, group]) => {
    const told = new Set(
      group.flatMap(({ before, after }) => (before === null && after?.kind === 'row' ? [after.value.country] : [])),
    );
    return [
      about,
      group.filter((each) => !(isMark(each) && each.after?.kind === 'row' && told.has(each.after.value.country))),
    ];
  });
}

function aboutOf({ before, after }: Difference): string {
  const entry = after ?? before;
  if (entry === null) return '';
  switch (entry.kind) {
    case 'row':
      return markedBy(before?.kind === 'row' ? before.value : null, entry.value) ?? entry.value.instrument;
    case 'court':
      return entry.value.name;
    case 'deal':
      return 'Third-country removals';
    case 'programme':
      return `Rulings on ${entry.value.programme === 'tps' ? 'Temporary Protected Status' : 'parole'}`;
    default:
      return entry.value.instrument;
  }
}

/** The instrument that ended or continued a row which stood before. */
function markedBy(before: LedgerRow | null, after: LedgerRow): string | null {
  if (before === null) return null;
  if (before.ended !== after.ended) return after.endedBy;
  return before.continuedBy !== after.continuedBy ? (after.continuedBy ?? null) : null;
}

function isMark({ before, after }: Difference): boolean {
  return before?.kind === 'row' && after?.kind === 'row' && markedBy(before.value, after.value) !== null;
}

function newsOf(about: string, group: readonly Difference[], countries: { name(code: string): string }): LedgerNews {
  const [first] = group;
  return {
    key: first?.change.id ?? about,
    about,
    lines: group.flatMap((each) => lineOf(each, countries)),
    source: sourceOf(first?.after ?? first?.before ?? null),
    approved: group.some(({ change }) => change.origin === 'review'),
  };
}

function lineOf({ before, after }: Difference, countries: { name(code: string): string }): NewsLine[] {
  if (after !== null) {
    const line = newsLine(after, countries);
    const was = before === null ? '' : newsLine(before, countries).words;
    return [was === '' || was === line.words ? line : { ...line, words: `${line.words}. Before: ${was}` }];
  }
  if (before === null) return [];
  const line = newsLine(before, countries);
  return [{ ...line, words: `No longer in the record: ${line.words}` }];
}

function sourceOf(entry: LedgerEntry | null): Source | null {
  switch (entry?.kind) {
    case 'row':
    case 'exception':
    case 'programme':
      return entry.value.source;
    case 'deal':
      return entry.value.step.source;
    case 'court':
      return entry.value.event.source;
    default:
      return null;
  }
}

/**
 * An official notice for each channel that a piece of news concerns: the lines that its subscriptions want, once.
 * `when` says when a subscription may be told, ISO 8601 UTC.
 */
export function newsDrafts(
  news: readonly LedgerNews[],
  subscriptions: readonly Subscription[],
  when: (subscription: Subscription) => string,
): readonly OutboxDraft[] {
  return byChannel(subscriptions).flatMap(({ channel, all }) =>
    news.flatMap((each): OutboxDraft[] => {
      const lines = each.lines.filter((line) => all.some((one) => wantsFromLedger(one, line)));
      const wanting = all.filter((one) => lines.some((line) => wantsFromLedger(one, line)));
      const [notBefore] = wanting.map(when).sort();
      if (notBefore === undefined) return [];
      return [
        {
          channel,
          kind: 'notice',
          subject: `ledger/${each.key}`,
          revision: 1,
          action: 'post',
          message: newsMessage(each, lines),
          notBefore,
          late: false,
        },
      ];
    }),
  );
}

function newsMessage({ about, source, approved }: LedgerNews, lines: readonly NewsLine[]): Message {
  const isOfficial = lines.every(({ certainty = 'official' }) => certainty === 'official');
  const title = isOfficial ? `Official · now in the ledger: ${about}` : `Now in the ledger: ${about}`;
  const rest = lines.length - shownLines;
  const code = lines.flatMap((line) => line.countries)[0];
  const why = approved ? 'Approved by an operator of this installation.' : 'Came with a new version of the record.';
  const blocks: Block[] = [
    { kind: 'list', items: lines.slice(0, shownLines).map((line) => [line.words]) },
    ...(rest > 0 ? [{ kind: 'note' as const, line: [`And ${rest} more: /timeline and /ban-status show them.`] }] : []),
    ...(source === null
      ? []
      : [
          {
            kind: 'text' as const,
            lines: [['Source: ', source.url === null ? source.title : { text: source.title, url: source.url }]],
          },
        ]),
  ];
  return {
    title,
    plain: `${title}. ${lines[0]?.words ?? ''}${lines.length > 1 ? `, and ${lines.length - 1} more` : ''}.`,
    blocks,
    actions:
      code === undefined
        ? [{ kind: 'command', label: 'Timeline', command: '/timeline' }]
        : [
            { kind: 'command', label: 'Status', command: `/ban-status ${code}` },
            { kind: 'command', label: 'Timeline', command: `/timeline ${code}` },
          ],
    footer: [`${why} Answers follow it from now on. Information, not legal advice.`],
    tone: isOfficial ? 'official' : 'neutral',
  };
}
