import type { Article } from '../../core/article.ts';
import type { Countries, CountryCode } from '../../core/country.ts';
import type { Certainty, Originator, Topic } from '../../core/reading.ts';
import type { Gazetteer, Mention } from '../extract/gazetteer.ts';
import type { Legal } from '../extract/reading-data.ts';
import type { Provenance } from '../extract/types.ts';
import { createPhraseMatcher, tokenize } from '../phrases.ts';
import type { Publishers } from '../publishers.ts';
import type { TokenizedArticle } from '../relevance.ts';
import { readCertainty } from './certainty.ts';
import { type Choice, official, type Voice } from './choice.ts';
import { readComments } from './comments.ts';
import { readCorrection } from './correction.ts';
import { createCourtResolver } from './courts.ts';
import { type Credit, readCredits } from './credits.ts';
import { readEarlierMarks } from './earlier.ts';
import { createNewsroomFinder } from './newsrooms.ts';
import { chooseOriginator } from './originator.ts';
import { readSpeakers } from './speakers.ts';
import type { Unit } from './unit.ts';
import { createMarkFinder, hits, type ProvenanceData } from './vocabulary.ts';

export interface ProvenanceDeps {
  countries: Countries;
  publishers: Publishers;
  legal: Legal;
  /** Words by which Georgia is the country. */
  georgia: readonly string[];
  data: ProvenanceData;
}

/** What provenance found, with the article's own certainty. */
export interface ProvenanceReading {
  provenance: Provenance;
  /** Nobody speaks: the originator is who made a ban that the article only names. */
  inForce: boolean;
  certainty: Certainty;
}

export type ProvenanceReader = (
  article: Article,
  tokens: TokenizedArticle,
  places: Gazetteer,
  topics: readonly Topic[],
) => ProvenanceReading;

/** Sentences, the title first, in which an article says whom it has its story from. */
const leadUnits = 8;

function addPoints(points: Map<CountryCode, number>, unit: Unit, order: number): void {
  for (const { code, kind } of unit.mentions) {
    if (code.includes('|') || kind === 'weak') continue;
    const weight = (unit.index < 0 ? 3 : 1.5 / (order + 1)) * (kind === 'people' ? 0.6 : 1);
    points.set(code, (points.get(code) ?? 0) + weight);
  }
}

/** The country an article is about: named most, headline and first sentence before all; none that only stands below. */
function mainCountryOf(units: readonly Unit[]): CountryCode | null {
  const points = new Map<CountryCode, number>();
  units.slice(0, 5).forEach((unit, order) => addPoints(points, unit, order));
  if (units.slice(0, 2).every(({ mentions }) => mentions.length === 0)) return null;
  let best: CountryCode | null = null;
  for (const [code, value] of points) if (best === null || value > (points.get(best) ?? 0)) best = code;
  return best;
}

/** The name is the US state's far more often, unless the top of the article names what only the country has. */
function isCountry(mention: Mention, hasGeorgia: boolean): boolean {
  return mention.code !== 'GE' || hasGeorgia;
}

/** A request for comment names the asking newsroom, not a source. */
function creditsOf(unit: Unit, credits: readonly Credit[]): readonly Credit[] {
  if (hits(unit.marks, 'noComment').length === 0 || hits(unit.marks, 'accord').length > 0) return credits;
  // `did not answer questions about a Bloomberg report`: it has the story.
  return credits.filter(({ evidence }) => /\breport(?:ed)?\b/i.test(evidence));
}

/** The agency in a dateline or closing credit is the origin of a text that credits nobody. */
function agencyOf(article: Article, publishers: Publishers): Originator | null {
  const found = /\(([^)]{2,30})\)/.exec(article.dateline ?? '')?.[1] ?? article.byline;
  if (found === null || found === undefined || !publishers.isAgency(found)) return null;
  return { name: publishers.canonical(found), evidence: article.dateline ?? found };
}

function withAgency(choice: Choice, article: Article, publishers: Publishers): Choice {
  if (choice.kind !== 'none') return choice;
  const agency = agencyOf(article, publishers);
  return agency === null ? choice : { kind: 'newsroom', originator: agency, public: false };
}

/** What a government publishes itself needs no credit: it is that body's word, whatever form it has. */
function ofOwnAuthority(
  choice: Choice,
  article: Article,
  bodyNamed: (text: string, how?: 'whole') => string | null,
): Choice {
  const isAuthority =
    article.publisher !== null && bodyNamed(article.publisher.replace(/^(?:The|U\.?S\.?) /i, ''), 'whole') !== null;
  // What a gazette prints is the authority's own word, whoever found it there.
  const printed = choice.kind === 'newsroom' ? bodyNamed(choice.originator?.name ?? '', 'whole') : null;
  if (printed !== null) return official(printed, choice.originator?.evidence ?? printed);
  if (article.sourceKind !== 'primary' && article.sourceKind !== 'official' && !isAuthority) return choice;
  if (choice.kind === 'official' || article.publisher === null) return { ...choice, kind: 'official', inForce: false };
  const name = `official:${bodyNamed(article.publisher) ?? article.publisher}`;
  return { kind: 'official', originator: { name, evidence: `published by ${article.publisher}` }, public: true };
}

/** Builds the reader of originators, comments, certainty and corrections once from its data. */
export function createProvenanceReader(deps: ProvenanceDeps): ProvenanceReader {
  const marksOf = createMarkFinder(deps.data);
  const ofGeorgia = createPhraseMatcher(deps.georgia.map((phrase) => [phrase, true] as const));
  const newsrooms = createNewsroomFinder(deps.publishers);
  const resolveCourt = createCourtResolver(deps.legal, deps.data.courtPlaces);
  const bodyNamed = (text: string, how?: 'whole'): string | null => {
    const tokens = tokenize(text);
    const [body] = hits(marksOf(tokens), 'body');
    if (body === undefined || (how === 'whole' && body.to - body.from < tokens.words.length)) return null;
    return body.name;
  };
  return (article, tokens, places, topics) => {
    const hasGeorgia = [tokens.title, ...tokens.sentences.slice(0, 3)].some((one) => ofGeorgia(one).length > 0);
    const units = [article.title === '' ? null : tokens.title, ...tokens.sentences].flatMap((one, at): Unit[] =>
      one === null
        ? []
        : [
            {
              index: at - 1,
              tokens: one,
              marks: marksOf(one),
              mentions: at <= leadUnits ? places(one).filter((mention) => isCountry(mention, hasGeorgia)) : [],
            },
          ],
    );
    const voices: Voice[] = units.map((unit) => ({
      unit,
      credits: creditsOf(unit, readCredits(unit, newsrooms, article.publisher)),
      speakers: readSpeakers(unit),
    }));
    const lead = voices.slice(0, leadUnits);
    const leadOnly = lead.map((voice) => voice.unit);
    const main = mainCountryOf(leadOnly);
    const corrected = readCorrection(article);
    const told = lead.filter((voice) => !corrected.sentences.includes(voice.unit.index));
    const chosen = chooseOriginator({
      voices: told,
      topics,
      mainCountry: main,
      bodies: leadOnly.flatMap((unit) => hits(unit.marks, 'body').map((hit) => hit.name)),
      countryName: (code) => deps.countries.name(code),
      courtName: (level) => deps.data.courtNames[resolveCourt(level, leadOnly)] ?? 'US federal court',
    });
    const choice = ofOwnAuthority(withAgency(chosen, article, deps.publishers), article, bodyNamed);
    const comments = readComments(voices, deps.data, deps.countries, main);
    const earlier = readEarlierMarks(article, voices, choice.originator?.name ?? null);
    return {
      provenance: {
        originators: choice.originator === null ? [] : [choice.originator],
        comments,
        correction: corrected.correction,
        earlier,
        background: new Set([...corrected.sentences, ...earlier.flatMap((mark) => mark.sentences)]),
      },
      inForce: choice.inForce === true,
      certainty: readCertainty(choice, leadOnly, readComments(told, deps.data, deps.countries, main)),
    };
  };
}
