import type { Countries } from '../core/country.ts';
import type { Confidence, LedgerDate, Source } from '../core/ledger.ts';
import type { EnforcementPeriod, LedgerData } from '../core/ledger-data.ts';
import type { Finding } from './check.ts';
import { compareDates, firstDay, lastDay } from './dates.ts';
import { courtEntry, dealEntry, exceptionEntry } from './entries.ts';
import { entryWords } from './entry-words.ts';
import { namedCodes } from './measures.ts';

/** What stands beside the rows: exceptions, steps of arrangements, events of cases, what courts allowed. */
export function checkEntries(data: LedgerData, countries: Countries): readonly Finding[] {
  return [
    ...data.exceptions.flatMap((each, n) => {
      const at = `exception:${n}`;
      const { from, to, who } = each;
      const unordered =
        from !== undefined && to !== undefined && firstDay(to) <= firstDay(from)
          ? [
              dates(
                `the exception for ${who} ends on ${to}, not after it begins on ${from}; correct one of the two`,
                at,
              ),
            ]
          : [];
      return [
        ...unordered,
        ...unknown(namedCodes(each), countries, at),
        ...unread(each, `the exception for ${who}`, at),
      ];
    }),
    ...data.deals.flatMap(({ code, steps }) =>
      steps.flatMap((step, n) => {
        const [at, name] = [`deal:${code}:${n}`, `${code} ${step.stage} on ${step.date}`];
        const early =
          step.lastVerified !== 'unknown' && firstDay(step.date) > lastDay(step.lastVerified)
            ? [
                dates(
                  `${name} was last verified on ${step.lastVerified}, before it happened; correct one of the two`,
                  at,
                ),
              ]
            : [];
        return [...early, ...late(step.date, name, data, at), ...unread(step, name, at)];
      }),
    ),
    ...data.cases.flatMap((each) =>
      each.history.flatMap((event, n) => {
        const [at, name] = [`case:${each.id}:${n}`, `${each.name}, ${event.date}`];
        const before = each.history[n - 1];
        const unordered =
          before !== undefined && event.date !== 'unknown' && compareDates(before.date, event.date) > 0
            ? [dates(`${name} stands after an event of ${before.date}; put events in order, or correct the day`, at)]
            : [];
        return [
          ...unordered,
          ...unknown(event.countries, countries, at),
          ...late(event.date, name, data, at),
          ...unread(event, name, at),
        ];
      }),
    ),
    ...enforcement(data),
    ...repeated(data),
  ];
}

function dates(message: string, at: string): Finding {
  return { kind: 'dates', message, at };
}

function unknown(codes: readonly string[], countries: Countries, at: string): Finding[] {
  return codes
    .filter((code) => countries.get(code) === undefined)
    .map((code) => ({
      kind: 'country',
      message: `${code} is no country of config/countries.yaml; use its alpha-2 code`,
      at,
    }));
}

/** What happened after the shipped record ends cannot be in it; what operators approved since may. */
function late(date: LedgerDate, name: string, data: LedgerData, at: string): Finding[] {
  const { dataEnds } = data;
  if (data.where(at) === null || date === 'unknown' || firstDay(date) <= dataEnds) return [];
  return [dates(`${name} is after ${dataEnds}, where the record ends; correct the day or move dataEnds`, at)];
}

function unread(
  { source, confidence, noAddress }: { source: Source; confidence: Confidence; noAddress?: string },
  name: string,
  at: string,
): Finding[] {
  if (source.url !== null || noAddress !== undefined || confidence === 'from-memory-unverified') return [];
  return [
    {
      kind: 'unverified',
      message: `${name} has no source address; add one, or set confidence to from-memory-unverified`,
      at,
    },
  ];
}

/** What courts allowed of one instrument: one state a day, within its life. */
function enforcement({ enforcement: periods, instruments, rows }: LedgerData): Finding[] {
  return periods.flatMap((period, n) => {
    const at = `enforcement:${n}`;
    const name = `${period.instrument}, ${period.state} from ${period.from}`;
    const isOver = (other: EnforcementPeriod): boolean => other.to !== null && other.to <= period.from;
    const clash = periods
      .slice(0, n)
      .find(
        (other) =>
          other.instrument === period.instrument &&
          (other.countries?.some((code) => period.countries?.includes(code) ?? true) ?? true) &&
          !isOver(other) &&
          !(period.to !== null && period.to <= other.from),
      );
    const signed = instruments.find((each) => each.name === period.instrument)?.signed;
    const own = rows.filter((row) => row.instrument === period.instrument && row.tier !== 'none');
    const isEnded =
      own.length > 0 &&
      own.every((row) => row.ended !== null && row.ended !== 'unknown' && firstDay(row.ended) <= period.from);
    return [
      ...(period.to !== null && period.to <= period.from
        ? [dates(`${name} ends on ${period.to}, not after it begins; correct one of the two`, at)]
        : []),
      ...(signed && period.from < firstDay(signed)
        ? [dates(`${name} begins before it was signed on ${signed}; correct one of the two`, at)]
        : []),
      ...(isEnded ? [dates(`${name} begins after every row of it had ended; correct the day`, at)] : []),
      ...(clash
        ? [
            {
              kind: 'overlap' as const,
              message: `${name} overlaps ${clash.state} from ${clash.from}; end that one on ${period.from}`,
              at,
            },
          ]
        : []),
    ];
  });
}

/** The same step, event or exception entered twice. */
function repeated(data: LedgerData): Finding[] {
  const entries = [
    ...data.exceptions.map((each, n) => ({ entry: exceptionEntry(each), at: `exception:${n}` })),
    ...data.deals.flatMap(({ code, steps }) =>
      steps.map((step, n) => ({ entry: dealEntry(code, step), at: `deal:${code}:${n}` })),
    ),
    ...data.cases.flatMap((each) =>
      each.history.map((event, n) => ({ entry: courtEntry(each, event), at: `case:${each.id}:${n}` })),
    ),
  ].map(({ entry, at }) => ({ words: entryWords(entry), at }));
  return entries
    .filter(({ words }, n) => entries.findIndex((other) => other.words === words) !== n)
    .map(({ words, at }) => ({ kind: 'duplicate', message: `“${words}” stands there twice; remove one`, at }));
}
