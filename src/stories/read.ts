import type { Article, RawArticle } from '../core/article.ts';
import type { Countries } from '../core/country.ts';
import type { ArticleForm, Reading } from '../core/reading.ts';
import { cleanArticle } from './clean/article.ts';
import { createFurniture } from './clean/furniture.ts';
import { cutTitle } from './clean/headline.ts';
import { createDevelopmentReader, type DevelopmentReader } from './extract/development.ts';
import { createGazetteers, type Gazetteer, type Mention } from './extract/gazetteer.ts';
import { readingLanguageOf } from './extract/reading-data.ts';
import { formOf, isAftermath, isProtest } from './form.ts';
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

/** Sentences of a flattened page among which its article may begin. */
const searched = 12;

/** A page whose lines were run together repeats its title where the article begins. */
function fromItsTitle(article: Article): Article {
  const { title, sentences } = article;
  const at = sentences.slice(0, searched).findLastIndex(({ text }) => text.includes(title));
  const first = sentences[at];
  if (first === undefined || at === 0) return article;
  const rest = first.text.slice(first.text.lastIndexOf(title) + title.length).trim();
  const kept = [...(rest === '' ? [] : [{ ...first, text: rest }]), ...sentences.slice(at + 1)];
  return { ...article, text: kept.map(({ text }) => text).join(' '), sentences: kept };
}

/**
 * A page whose lines were run together begins with other articles' teasers: then its article begins with the first
 * sentence that is relevant by itself, or where it repeats the title that it was given. Texts with paragraphs stay.
 */
function withoutTeasers(
  article: Article,
  titled: boolean,
  isRelevant: (one: TokenizedArticle, language: string) => boolean,
): Article {
  const { sentences } = article;
  if (sentences.length < 3 || sentences.some(({ paragraph }) => paragraph > 0)) return article;
  if (titled) return fromItsTitle(article);
  const at = sentences
    .slice(0, searched)
    .findIndex(({ text }) => isRelevant({ title: tokenize(text), sentences: [] }, article.language));
  const start = sentences[at];
  if (start === undefined || at === 0) return article;
  const kept = sentences.slice(at);
  return { ...article, title: cutTitle(start.text), text: kept.map(({ text }) => text).join(' '), sentences: kept };
}

/** Whether an article was taken to go back to a court. */
function isFromCourt(originators: Reading['originators']): boolean {
  return originators.some(({ name }) => /^official:.*\bcourt\b/i.test(name));
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
    georgia: data.cues.context.georgiaCountry,
    data: data.provenance,
  });
  const readDevelopment = deps.development ?? createDevelopmentReader({ gazetteers, cues: data.cues });
  /**
   * An article whose headline tells a removal's step does not go back to a court that its body names beside it; one in
   * which a court acts is about a court, whatever the court is called.
   */
  const read = (article: Article, tokens: TokenizedArticle, places: Gazetteer, topics: Reading['topics']) => {
    const readUnder = (others: Reading['topics']) => {
      const again = readProvenance(article, tokens, places, others);
      return { ...again, ...readDevelopment(article, again.provenance, others), topics };
    };
    const found = readProvenance(article, tokens, places, topics);
    const development = readDevelopment(article, found.provenance, topics);
    const acts = development.matters[0]?.id.startsWith('court/') === true;
    const told = topics.filter((topic) => topic !== 'court');
    if (acts && told.length === topics.length)
      return { ...readUnder([...told, 'court']), topics: [...topics, 'court' as const] };
    if (development.titleTells && isFromCourt(found.provenance.originators)) return readUnder(told);
    return { ...found, ...development, topics };
  };
  const isRelevant = (one: TokenizedArticle, language: string): boolean =>
    judge(one, gazetteers(readingLanguageOf(language))).relevant;
  return (raw) => {
    const titled = raw.title !== null;
    const article = withoutTeasers(cleanArticle(raw, { furniture, publishers }), titled, isRelevant);
    const tokens = tokenizeArticle(article);
    const places = remembering(gazetteers(readingLanguageOf(article.language)));
    const relevance = judge(tokens, places);
    const form = formOf(article);
    if (!relevance.relevant)
      return { article, reading: irrelevantReading(relevance, form, namedCountries(tokens, places)) };
    const {
      provenance,
      certainty,
      inForce,
      american: _american,
      titleTells,
      ...development
    } = read(article, tokens, places, relevance.topics);
    // A round-up retells many developments, and who made the ban that is in force vouches for no step still to come.
    const toCome = development.stage === null || development.stage === 'considered';
    const own = form !== 'roundup' && !(inForce && toCome);
    // Who takes a report back tells nothing in its stead, but what its headline says.
    const takenBack = provenance.correction?.field === 'retraction' && !titleTells;
    // Nor are people removed in an article that is about visas.
    const matter = development.matters[0]?.id ?? '';
    const strange = matter.startsWith('removals/') && !relevance.topics.includes('third-country-removal');
    const isContext = form === 'news' && article.sourceKind === 'news' && isAftermath(article, development, titleTells);
    // A state's protest against an arrival that officials tell of may be all that is heard of it.
    const isProtested = form === 'reaction' && isProtest(article.title);
    const isArrival = isProtested && development.stage === 'operational' && certainty === 'official';
    const reading: Reading = {
      relevant: true,
      relevance: relevance.why,
      form: isContext ? 'reaction' : isArrival ? 'news' : form,
      certainty: own ? certainty : 'reported',
      originators: own ? provenance.originators : [],
      comments: provenance.comments,
      correction: provenance.correction,
      ...development,
      // A round-up tells many steps, none of them as its own.
      ...(takenBack || strange || form === 'roundup'
        ? { stage: null, matters: development.matters.map((matter) => ({ ...matter, stage: null })) }
        : {}),
    };
    return { article, reading };
  };
}
