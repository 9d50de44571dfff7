import type { Article } from '../../core/article.ts';
import { type Sketch, sketchOf } from './copies.ts';
import { type Token, termSpace, tokenise } from './text.ts';
import type { Model } from './types.ts';

/** Places of a term's figures in `Vector.figures`: side by side, since a comparison reads them together. */
export const figure = { all: 0, title: 1, lead: 2, nameness: 3, idf: 4 } as const;
/** Figures a term. */
export const stride = 5;

/** What comparison needs of one article: sparse unit vectors that share one list of terms, heaviest first. */
export interface Vector {
  ids: Int32Array;
  /**
   * By `stride`, for each term: its weights in all of the article, in the title and in the lead, each of unit length
   * over the terms or all zero; 0 to 1, how much it is a proper name, -1 for numbers; how rare it is.
   */
  figures: Float32Array;
  nameNorm: number;
  wordNorm: number;
  numberNorm: number;
  titleNumbers: boolean;
  titleNames: number;
  /** Pairs of neighbouring title words, hashed and sorted. */
  bigrams: Int32Array;
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
  /** Where what is known of the term begins. */
  known: number;
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
      entry = {
        id: token.id,
        title: 0,
        lead: 0,
        all: 0,
        capital: 0,
        count: 0,
        number: token.number,
        known: 0,
        weight: 0,
      };
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

/** Brings one kind of weight to unit length. */
function normalise(figures: Float32Array, which: number): void {
  let sum = 0;
  for (let i = which; i < figures.length; i += stride) sum += (figures[i] as number) * (figures[i] as number);
  if (sum === 0) return;
  const scale = 1 / Math.sqrt(sum);
  for (let i = which; i < figures.length; i += stride) figures[i] = (figures[i] as number) * scale;
}

/** `1 + log(count)` for the counts of short texts; 0 for none. */
const damping = Float64Array.from({ length: 64 }, (_, count) => (count === 0 ? 0 : 1 + Math.log(count)));

function damped(count: number, idf: number): number {
  return (damping[count] ?? 1 + Math.log(count)) * idf;
}

/** Lengths of the parts of an article that are names, other words and numbers. */
function partNorms(figures: Float32Array): Pick<Vector, 'nameNorm' | 'wordNorm' | 'numberNorm'> {
  let names = 0;
  let words = 0;
  let numbers = 0;
  for (let i = 0; i < figures.length; i += stride) {
    const weight = figures[i + figure.all] as number;
    const nameness = figures[i + figure.nameness] as number;
    if (nameness < 0) numbers += weight * weight;
    else {
      names += weight * weight * nameness;
      words += weight * weight * (1 - nameness);
    }
  }
  return { nameNorm: Math.sqrt(names), wordNorm: Math.sqrt(words), numberNorm: Math.sqrt(numbers) };
}

function titleBigrams(title: readonly Token[]): Int32Array {
  const pairs = new Int32Array(Math.max(0, title.length - 1));
  for (let i = 0; i + 1 < title.length; i++) {
    pairs[i] = (Math.imul(title[i]?.id ?? 0, 31) + (title[i + 1]?.id ?? 0)) & 0x7fffffff;
  }
  return pairs.sort();
}

/** What is known of terms: for each how rare it is, and how much it is a name (-1: unknown). */
interface KnownTerms {
  figures: Float32Array;
  /** Where the two of a term begin. */
  placeOf: (id: number) => number;
}

/** Made once from the shipped figures, the unseen term's first. A slot for every id there may be would fill 16 MB. */
function knownTerms(model: Model): KnownTerms {
  const bits = 33 - Math.clz32(model.frequencies.size + model.properness.size);
  // One more than the id; 0 is free. At most half are taken.
  const ids = new Int32Array(1 << bits);
  const figures = new Float32Array(2 * ids.length + 2);
  const slotOf = (id: number): number => {
    let slot = Math.imul(id, 0x9e3779b1) >>> (32 - bits);
    while (ids[slot] !== 0 && ids[slot] !== id + 1) slot = (slot + 1) & (ids.length - 1);
    return slot;
  };
  function placeToFill(id: number): number {
    const slot = slotOf(id);
    ids[slot] = id + 1;
    return 2 * slot + 2;
  }
  const unseen = Math.log(model.documents / 3);
  for (let i = 0; i < figures.length; i++) figures[i] = i % 2 === 0 ? unseen : -1;
  for (const [id, count] of model.frequencies)
    figures[placeToFill(id)] = Math.log((model.documents + 1) / (count + 0.5));
  for (const [id, share] of model.properness) figures[placeToFill(id) + 1] = share;
  return {
    figures,
    placeOf: (id) => {
      const slot = slotOf(id);
      return ids[slot] === 0 ? 0 : 2 * slot + 2;
    },
  };
}

/** Makes vectors with the model's frequencies. Pure; about 20 µs for a headline with 60 words. */
export function createVectoriser(model: Model): Vectorise {
  const { figures: known, placeOf } = knownTerms(model);
  const nameOf = (entry: Entry): number => {
    if (entry.number) return -1;
    const shipped = known[entry.known + 1] as number;
    if (shipped >= 0) return shipped;
    return entry.count > 0 ? 0.3 + 0.7 * (entry.capital / entry.count) : 0.7;
  };
  return ({ title, text }) => {
    const titleTokens = tokenise(title, 60);
    const bodyTokens = tokenise(text, bodyWords);
    let entries = collect(titleTokens, bodyTokens);
    for (const entry of entries) {
      entry.known = placeOf(entry.id);
      entry.weight = damped(entry.all, known[entry.known] as number) * (entry.title > 0 ? 1.5 : 1);
    }
    entries.sort((a, b) => b.weight - a.weight || a.id - b.id);
    if (entries.length > maxTerms) entries = entries.slice(0, maxTerms);
    const ids = new Int32Array(entries.length);
    const figures = new Float32Array(entries.length * stride);
    let titleNumbers = false;
    let titleNames = 0;
    for (let i = 0, at = 0; i < entries.length; i++, at += stride) {
      const entry = entries[i] as Entry;
      const rarity = known[entry.known] as number;
      const name = nameOf(entry);
      ids[i] = entry.id;
      figures[at + figure.all] = damped(entry.all, rarity);
      figures[at + figure.title] = damped(entry.title / 2, rarity);
      figures[at + figure.lead] = damped(entry.lead + entry.title / 2, rarity);
      figures[at + figure.nameness] = name;
      figures[at + figure.idf] = rarity;
      if (entry.title > 0 && entry.number) titleNumbers = true;
      if (entry.title > 0 && name > 0.6) titleNames += rarity;
    }
    for (const which of [figure.all, figure.title, figure.lead]) normalise(figures, which);
    return {
      ids,
      figures,
      ...partNorms(figures),
      titleNumbers,
      titleNames,
      bigrams: titleBigrams(titleTokens),
      words: bodyTokens.length,
      sketch: sketchOf(bodyTokens),
    };
  };
}
