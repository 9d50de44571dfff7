import type { Article, RawArticle } from '../core/article.ts';
import type { Countries } from '../core/country.ts';
import type { ArticleForm, Reading } from '../core/story.ts';
import { cleanArticle } from './clean/article.ts';
import { createFurniture } from './clean/furniture.ts';
import { createDevelopmentReader, type DevelopmentReader } from './extract/development.ts';
import { createGazetteers, type Gazetteer, type Mention } from './extract/gazetteer.ts';
import { readingLanguageOf } from './extract/reading-data.ts';
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

const leadSentences = 8;

/** Countries named near the top; ambiguous names settle nothing here. */
function namedCountries(tokens: TokenizedArticle, places: Gazetteer): string[] {
  const lead = [tokens.title, ...tokens.sentences.slice(0, leadSentences)];
  const codes = lead.flatMap((one) => places(one)).map((mention) => mention.code);
  return [...new Set(codes.filter((code) => !code.includes('|')))].sort();
}

/** An article about something else names countries, but none has a part in a development. */
function irrelevantReading(relevance: Relevance, form: ArticleForm, mentioned: readonly string[]): Reading {
  return {
    relevant: false,
    relevance: relevance.why,
    topics: [],
    form,
    countries: { banned: [], receiving: [], nationality: [], mentioned },
    matters: [],
    stage: null,
    certainty: 'reported',
    originators: [],
    earlier: [],
    comments: [],
    claims: [],
    quantities: [],
    ordinals: [],
    courts: [],
    cases: [],
    instruments: [],
    tier: null,
    eventDate: null,
    effectiveDate: null,
    correction: null,
  };
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
    const form = formOf(article);
    if (!relevance.relevant)
      return { article, reading: irrelevantReading(relevance, form, namedCountries(tokens, places)) };
    const { provenance, certainty } = readProvenance(article, tokens, places, relevance.topics);
    const { american: _american, ...development } = readDevelopment(article, provenance);
    // A round-up retells many developments: it goes back to nobody in particular.
    const own = form !== 'roundup';
    const reading: Reading = {
      relevant: true,
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
