import type { Ordinal, Quantity } from '../../core/reading.ts';
import { createPhraseMatcher, longestMatches, type PhraseMatch, type PhraseMatcher } from '../phrases.ts';
import { isPeopleNoun } from './mention-part.ts';
import type { Calendar } from './reading-data.ts';
import { before, hits, type Unit } from './units.ts';

export interface NumberReading {
  quantities: readonly Quantity[];
  ordinals: readonly Ordinal[];
}

export type NumberReader = (units: readonly Unit[]) => NumberReading;

type UnitName = 'people' | 'countries' | 'days' | 'flights';
type Lexeme = { kind: 'number' | 'ordinal'; value: number } | { kind: 'unit'; name: UnitName };

const unitNames: readonly UnitName[] = ['people', 'countries', 'days', 'flights'];

function* entries(calendar: Calendar): Generator<[string, Lexeme]> {
  for (const [key, words] of Object.entries(calendar.numbers)) {
    for (const word of words) yield [word, { kind: 'number', value: Number(key) }];
  }
  for (const [key, words] of Object.entries(calendar.ordinals)) {
    for (const word of words) yield [word, { kind: 'ordinal', value: Number(key) }];
  }
  for (const name of unitNames) for (const word of calendar.units[name] ?? []) yield [word, { kind: 'unit', name }];
}

interface Figure {
  value: number;
  from: number;
  to: number;
}

const digits = /^\d{1,3}(?:[,.\u00a0\u202f]\d{3})+(?!\d)|^\d+/;

/** Written figures, `25,000` as one. */
function figuresIn(unit: Unit, matches: readonly PhraseMatch<Lexeme>[]): Figure[] {
  const figures: Figure[] = [];
  const { words, starts, ends, text } = unit.tokens;
  for (let at = 0; at < words.length; at += 1) {
    if (!/^\d+$/.test(words[at] ?? '')) continue;
    const start = starts[at] ?? 0;
    const run = digits.exec(text.slice(start, start + 15))?.[0] ?? '';
    let to = at + 1;
    while (to < words.length && (ends[to - 1] ?? 0) < start + run.length) to += 1;
    if (!/[$€£]\s?$/.test(text.slice(Math.max(0, start - 2), start))) {
      figures.push({ value: Number(run.replaceAll(/\D/g, '')), from: at, to });
    }
    at = to - 1;
  }
  for (const { value, from, to } of matches)
    if (value.kind === 'number') figures.push({ value: value.value, from, to });
  return figures;
}

const quantityKind = { people: 'people', countries: 'countries', days: 'days', flights: 'flight' } as const;

function quote(unit: Unit): string {
  return unit.tokens.text.slice(0, 300);
}

function countedIn(unit: Unit, matches: readonly PhraseMatch<Lexeme>[]): Quantity[] {
  const found: Quantity[] = [];
  for (const figure of figuresIn(unit, matches)) {
    const match = matches.find(
      ({ value, from }) =>
        value.kind === 'unit' &&
        from >= figure.to &&
        from - figure.to <= 2 &&
        !unit.breaks.slice(figure.to, from + 1).includes(true),
    );
    const capped = before(unit, 'cap', figure.from, 3);
    const isYear = figure.value >= 1900 && figure.value < 2100;
    if (match === undefined || match.value.kind !== 'unit') {
      const counted = unit.mentions.find(({ kind, from }) => kind === 'people' && from === figure.to);
      if (counted !== undefined && isPeopleNoun(unit, counted) && !isYear) {
        found.push({ kind: capped ? 'cap' : 'people', value: figure.value, unit: 'people', quote: quote(unit) });
        continue;
      }
      if (capped && !isYear) found.push({ kind: 'cap', value: figure.value, unit: 'people', quote: quote(unit) });
      continue;
    }
    const name = match.value.name;
    const kind = capped && name === 'people' ? 'cap' : quantityKind[name];
    found.push({ kind, value: figure.value, unit: name, quote: quote(unit) });
  }
  return found;
}

const money =
  /(?:US\$|\$|€|£)\s?(\d+(?:[.,]\d+)*)\s*(million|billion|bn|m|millones|milliards|millions|milhões|miliona|milijuna|milion[eë]?)?\b|(\d+(?:[.,]\d+)*)\s*(millones|million|millions|billion|milhões|miliona|milijuna|milion[eë]?)\s+(?:de |d['’]|të )?(?:US )?(?:dólares|dollars|euros|dolara|dollarë)|(\d+(?:[.,]\d+)*)\s*(مليون|مليار)\s+دولار/giu;
const scale: Readonly<Record<string, number>> = { billion: 1e9, bn: 1e9, milliards: 1e9, مليار: 1e9 };

function moneyIn(unit: Unit): Quantity[] {
  const text = unit.tokens.text;
  if (!/[$€£]|d[oó]l|دولار/iu.test(text)) return [];
  return [...text.matchAll(money)].map((match) => {
    const digitsText = match[1] ?? match[3] ?? match[5] ?? '0';
    const word = (match[2] ?? match[4] ?? match[6] ?? '').toLowerCase();
    const plain = word === '' ? digitsText.replaceAll(/[,.](?=\d{3})/g, '') : digitsText.replace(',', '.');
    const value = Number(plain) * (word === '' ? 1 : (scale[word] ?? 1e6));
    const currency = text[match.index] === '€' ? 'EUR' : text[match.index] === '£' ? 'GBP' : 'USD';
    return { kind: 'money' as const, value: Math.round(value), unit: currency, quote: quote(unit) };
  });
}

function ordinalsIn(unit: Unit, matches: readonly PhraseMatch<Lexeme>[]): Ordinal[] {
  const found: Ordinal[] = [];
  for (const { value, from, to } of matches) {
    if (value.kind !== 'ordinal') continue;
    const near = (cue: string): boolean =>
      hits(unit, cue).some((hit) => (hit.from >= to && hit.from - to < 3) || (hit.to <= from && from - hit.to < 1));
    if (near('flight-noun')) found.push({ of: 'flight', n: value.value });
    else if (near('batch-noun')) found.push({ of: 'batch', n: value.value });
  }
  return found;
}

function distinct<T>(list: readonly T[], key: (one: T) => string): T[] {
  return [...new Map(list.map((one) => [key(one), one])).values()];
}

/** How far down the article numbers still belong to the development. */
const reach = 10;
const ordinalReach = 3;

/** Builds the reader of numbers with their units, and of places in a series. */
export function createNumberReader(calendar: Calendar): NumberReader {
  const matcher: PhraseMatcher<Lexeme> = createPhraseMatcher(entries(calendar));
  return (units) => {
    const quantities: Quantity[] = [];
    const ordinals: Ordinal[] = [];
    for (const unit of units.filter((one) => !one.background).slice(0, reach)) {
      const matches = longestMatches(matcher(unit.tokens));
      quantities.push(...countedIn(unit, matches), ...moneyIn(unit));
      if (unit.index < ordinalReach) ordinals.push(...ordinalsIn(unit, matches));
    }
    return {
      quantities: distinct([...quantities].reverse(), (one) => `${one.kind}${one.value}${one.unit}`).reverse(),
      ordinals: distinct(ordinals, (one) => `${one.of}${one.n}`),
    };
  };
}
