import type { Article } from '../../core/article.ts';
import { type Sketch, sketchOf } from './copies.ts';
import { type Token, termSpace, tokenise } from './text.ts';
import type { Model } from './types.ts';

/** What comparison needs of one article: sparse unit vectors that share one list of terms. */
export interface Vector {
  ids: Int32Array;
  /** Weights of the same terms in the title, the lead and all of it; each of unit length or all zero. */
  title: Float32Array;
  lead: Float32Array;
  all: Float32Array;
  /** 0 to 1: how much each term is a proper name; -1 for numbers. */
  nameness: Float32Array;
  idf: Float32Array;
  nameNorm: number;
  wordNorm: number;
  numberNorm: number;
  titleNumbers: boolean;
  titleNames: number;
  /** Pairs of neighbouring title words, hashed and sorted. */
  bigrams: Int32Array;
  /** Terms to look candidates up by, heaviest first. */
  heaviest: Int32Array;
  /** Words of body text looked at. */
  words: number;
  sketch: Sketch;
}

export type Vectorise = (article: Pick<Article, 'title' | 'text'>) => Vector;

const maxTerms = 110;
const leadWords = 60;
const bodyWords = 400;

interface Entry {
  id: number;
  title: number;
  lead: number;
  all: number;
  capital: number;
  count: number;
  number: boolean;
  weight: number;
}

/** A title in sentence case tells names by their capitals; one in title case or lower case does not. */
function inSentenceCase(title: readonly Token[]): boolean {
  let capitals = 0;
  for (const token of title) if (token.capital) capitals++;
  return capitals > 0 && capitals < title.length * 0.6;
}

/** Where each term stands among the entries, one more than its index; empty between calls. */
const places = new Uint16Array(termSpace);

function collect(title: readonly Token[], body: readonly Token[]): Entry[] {
  const told = inSentenceCase(title);
  const entries: Entry[] = [];
  const add = (token: Token, inTitle: boolean) => {
    const place = places[token.id] as number;
    let entry = place === 0 ? undefined : entries[place - 1];
    if (!entry) {
      entry = { id: token.id, title: 0, lead: 0, all: 0, capital: 0, count: 0, number: token.number, weight: 0 };
      places[token.id] = entries.push(entry);
    }
    entry.all++;
    if (inTitle) entry.title++;
    if (!inTitle || told) {
      entry.count++;
      if (token.capital) entry.capital++;
      if (!inTitle && token.at < leadWords) entry.lead++;
    }
  };
  for (const token of title) {
    add(token, true);
    add(token, true);
  }
  for (const token of body) add(token, false);
  for (const { id } of entries) places[id] = 0;
  return entries;
}

function normalise(values: Float32Array): void {
  let sum = 0;
  for (const value of values) sum += value * value;
  if (sum === 0) return;
  const scale = 1 / Math.sqrt(sum);
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) * scale;
}

/** `1 + log(count)` for the counts of short texts; 0 for none. */
const damping = Float64Array.from({ length: 64 }, (_, count) => (count === 0 ? 0 : 1 + Math.log(count)));

function damped(count: number, idf: number): number {
  return (damping[count] ?? 1 + Math.log(count)) * idf;
}

function partNorm(all: Float32Array, nameness: Float32Array, part: (nameness: number) => number): number {
  let sum = 0;
  for (let i = 0; i < all.length; i++) {
    const weight = all[i] as number;
    sum += weight * weight * part(nameness[i] as number);
  }
  return Math.sqrt(sum);
}

export function asName(nameness: number): number {
  return nameness < 0 ? 0 : nameness;
}
export function asWord(nameness: number): number {
  return nameness < 0 ? 0 : 1 - nameness;
}
export function asNumber(nameness: number): number {
  return nameness < 0 ? 1 : 0;
}

function titleBigrams(title: readonly Token[]): Int32Array {
  const pairs = new Int32Array(Math.max(0, title.length - 1));
  for (let i = 0; i + 1 < title.length; i++) {
    pairs[i] = (Math.imul(title[i]?.id ?? 0, 31) + (title[i + 1]?.id ?? 0)) & 0x7fffffff;
  }
  return pairs.sort();
}

/** Tables by term id, made once from the shipped figures. */
function tables(model: Model): { idf: Float32Array; properness: Float32Array } {
  const unseen = Math.log(model.documents / 3);
  const idf = new Float32Array(termSpace).fill(unseen);
  const properness = new Float32Array(termSpace).fill(-1);
  for (const [id, count] of model.frequencies) idf[id] = Math.log((model.documents + 1) / (count + 0.5));
  for (const [id, share] of model.properness) properness[id] = share;
  return { idf, properness };
}

/** Makes vectors with the model's frequencies. Pure; about 20 µs for a headline with 60 words. */
export function createVectoriser(model: Model): Vectorise {
  const { idf, properness } = tables(model);
  const nameOf = (entry: Entry): number => {
    if (entry.number) return -1;
    const shipped = properness[entry.id] ?? -1;
    if (shipped >= 0) return shipped;
    return entry.count > 0 ? 0.3 + 0.7 * (entry.capital / entry.count) : 0.7;
  };
  return ({ title, text }) => {
    const titleTokens = tokenise(title, 60);
    const bodyTokens = tokenise(text, bodyWords);
    let entries = collect(titleTokens, bodyTokens);
    for (const entry of entries) {
      entry.weight = damped(entry.all, idf[entry.id] ?? 0) * (entry.title > 0 ? 1.5 : 1);
    }
    entries.sort((a, b) => b.weight - a.weight || a.id - b.id);
    if (entries.length > maxTerms) entries = entries.slice(0, maxTerms);
    const size = entries.length;
    const made: Vector = {
      ids: new Int32Array(size),
      title: new Float32Array(size),
      lead: new Float32Array(size),
      all: new Float32Array(size),
      nameness: new Float32Array(size),
      idf: new Float32Array(size),
      nameNorm: 0,
      wordNorm: 0,
      numberNorm: 0,
      titleNumbers: false,
      titleNames: 0,
      bigrams: titleBigrams(titleTokens),
      heaviest: new Int32Array(Math.min(24, size)),
      words: bodyTokens.length,
      sketch: sketchOf(bodyTokens),
    };
    for (const [i, entry] of entries.entries()) {
      const rarity = idf[entry.id] ?? 0;
      made.ids[i] = entry.id;
      made.idf[i] = rarity;
      made.title[i] = damped(entry.title / 2, rarity);
      made.lead[i] = damped(entry.lead + entry.title / 2, rarity);
      made.all[i] = damped(entry.all, rarity);
      const name = nameOf(entry);
      made.nameness[i] = name;
      if (entry.title > 0 && entry.number) made.titleNumbers = true;
      if (entry.title > 0 && name > 0.6) made.titleNames += rarity;
      if (i < made.heaviest.length) made.heaviest[i] = entry.id;
    }
    normalise(made.title);
    normalise(made.lead);
    normalise(made.all);
    made.nameNorm = partNorm(made.all, made.nameness, asName);
    made.wordNorm = partNorm(made.all, made.nameness, asWord);
    made.numberNorm = partNorm(made.all, made.nameness, asNumber);
    return made;
  };
}
