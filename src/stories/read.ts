import type { Article, RawArticle } from '../core/article.ts';
import type { Countries } from '../core/country.ts';
import type { Reading } from '../core/story.ts';
import { cleanArticle } from './clean/article.ts';
import { createFurniture } from './clean/furniture.ts';
import { createDevelopmentReader, type DevelopmentReader } from './extract/development.ts';
import { createGazetteers, type Gazetteer, type Mention } from './extract/gazetteer.ts';
import { readingLanguageOf } from './extract/reading-data.ts';
import type { DevelopmentReading } from './extract/types.ts';
import { formOf } from './form.ts';
import { type Tokens, tokenize } from './phrases.ts';
import { createProvenanceReader } from './provenance/provenance.ts';
import { createPublishers } from './publishers.ts';
import type { ReaderData } from './reader-data.ts';
import { createRelevance, type Relevance, type TokenizedArticle } from './relevance.ts';

export interface ReaderDeps {
  countries: Countries;
  /** From `loadReaderData(folder)`. */
  data: ReaderData;
  /** Reads what happened; the project's own unless a test gives another. */
  development?: DevelopmentReader;
}

/** Raw article to clean article and reading. Pure; never throws for what an article holds. */
export type Reader = (raw: RawArticle) => { article: Article; reading: Reading };

function tokenizeArticle(article: Article): TokenizedArticle {
  return { title: tokenize(article.title), sentences: article.sentences.map((sentence) => tokenize(sentence.text)) };
}

/** Relevance and provenance ask for the same sentences. */
function remembering(places: Gazetteer): Gazetteer {
  const known = new Map<Tokens, Mention[]>();
  return (tokens) => {
    const found = known.get(tokens) ?? places(tokens);
    known.set(tokens, found);
    return found;
  };
}

/** An article about something else names countries, but none has a part in a development. */
function withoutDevelopment(development: DevelopmentReading): DevelopmentReading {
  const { countries } = development;
  const all = [...countries.banned, ...countries.receiving, ...countries.nationality, ...countries.mentioned];
  const mentioned = [...new Set(all)].sort();
  return {
    ...development,
    countries: { banned: [], receiving: [], nationality: [], mentioned },
    matters: [],
    stage: null,
    tier: null,
    earlier: [],
  };
}

function settle(relevance: Relevance, development: DevelopmentReading): DevelopmentReading {
  return relevance.relevant ? development : withoutDevelopment(development);
}

/** Builds the reader of articles once: every list is compiled here, nothing at reading. */
export function createReader(deps: ReaderDeps): Reader {
  const { countries, data } = deps;
  const publishers = createPublishers(data.publishers);
  const furniture = createFurniture(data.boilerplate);
  const gazetteers = createGazetteers(countries, data.cues);
  const judge = createRelevance(data.topics);
  const readProvenance = createProvenanceReader({
    countries,
    publishers,
    legal: data.cues.legal,
    data: data.provenance,
  });
  const readDevelopment = deps.development ?? createDevelopmentReader({ countries, cues: data.cues });
  return (raw) => {
    const article = cleanArticle(raw, { furniture, publishers });
    const tokens = tokenizeArticle(article);
    const places = remembering(gazetteers[readingLanguageOf(article.language)]);
    const relevance = judge(tokens, places);
    const { provenance, certainty } = readProvenance(article, tokens, places, relevance.topics);
    const { american: _american, ...development } = settle(relevance, readDevelopment(article, provenance));
    const form = formOf(article);
    // A round-up retells many developments: it goes back to nobody in particular.
    const own = form !== 'roundup';
    const reading: Reading = {
      relevant: relevance.relevant,
      relevance: relevance.why,
      topics: relevance.topics,
      form,
      certainty: own ? certainty : 'reported',
      originators: own ? provenance.originators : [],
      comments: provenance.comments,
      correction: provenance.correction,
      ...development,
    };
    return { article, reading };
  };
}
