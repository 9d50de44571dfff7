import type { Countries, CountryCode } from '../core/country.ts';
import type { Certainty, Comment, CountryRoles, MatterState, Originator, Stage, Topic } from '../core/reading.ts';
import type { StoryMember } from '../core/story.ts';
import { certaintyWords, listWords } from '../core/story-words.ts';
import { type Account, accountsOf } from './certainty.ts';
import { evidenceOf, isClaimed, kindOf, tellersOf } from './evidence.ts';
import { laterClaim, limitedClaim } from './extract/claims.ts';
import { literalFigure, settledFigure } from './figures.ts';
import { plainName } from './origins.ts';
import { capital, countryName, countryWords, measureWords, originatorWords, subjectWords } from './summary-names.ts';
import { type StepWords, stepName, stepWords } from './summary-words.ts';

/** What a summary is made from: the folded state, never the articles' sentences. */
export interface SummarySource {
  members: readonly StoryMember[];
  certainty: Certainty;
  disputed: boolean;
  stage: Stage | null;
  topics: readonly Topic[];
  matters: readonly MatterState[];
  countries: CountryRoles;
  comments: readonly Comment[];
  /** The later day on which it takes effect, `YYYY-MM-DD`; null when none is told. */
  effective: string | null;
}

export interface Summary {
  headline: string;
  /** One or two sentences: certainty, stage, what is told, and by whom. */
  summary: string;
  /** One sentence. */
  unknown: string;
}

/** The countries that those who tell the step tell it of: what another article adds is another step's. */
function toldOf(
  { members, stage: latest, countries, matters }: SummarySource,
  role: 'banned' | 'nationality' | 'receiving',
  stage = latest,
): readonly CountryCode[] {
  const told = new Set(tellersOf(members, stage).flatMap(({ reading }) => reading.countries[role]));
  const codes = told.size > 0 ? countries[role].filter((code) => told.has(code)) : countries[role];
  // A list may tell the end of one country's ban beside what goes on for others.
  const ended = codes.filter((code) => matters.some(({ id, stage: at }) => id === `ban/${code}` && at === 'lifted'));
  return role === 'banned' && stage === 'lifted' && ended.length > 0 ? ended : codes;
}

/** The removals that a court speaks of, when they are to a few countries that are matters of the story. */
function removalsBefore(source: SummarySource, countries: Countries): string | null {
  const hosts = toldOf(source, 'receiving');
  const few = hosts.length > 0 && hosts.length <= 3;
  const own = hosts.every((code) => source.matters.some(({ id }) => id === `removals/${code}`));
  return few && own ? `removals to ${countryWords(hosts, countries)}` : null;
}

const partial: ReadonlySet<string> = new Set(['lifted', 'modified', 'block-lifted']);

/** Whom a measure or a case is about, in neutral words. */
function subject(source: SummarySource, kind: string, countries: Countries): string {
  const topic = source.topics.find((candidate) => candidate !== 'court') ?? source.topics[0] ?? 'court';
  const policy = source.matters.find(({ id }) => kindOf(id) !== 'court')?.id ?? '';
  const measure = kind === 'ban' ? 'an entry suspension' : (measureWords[policy] ?? subjectWords[topic]);
  if (kind === 'removals') return measure;
  if (kind === 'court' && topic === 'third-country-removal') return removalsBefore(source, countries) ?? measure;
  const codes = toldOf(source, kind === 'ban' ? 'banned' : 'nationality');
  // A court that acts on protection may act for it or against it.
  if (kind === 'court') {
    const whom = codes.length > 0 ? ` for nationals of ${countryWords(codes, countries)}` : '';
    return topic === 'parole-and-tps' ? `government steps on ${measure}${whom}` : measure;
  }
  // A figure below the number of countries named counts only some of them; a change for one, or an end for those
  // named, leaves the others of a list where they are.
  const isPart = codes.length === 1 || (codes.length > 0 && partial.has(source.stage ?? ''));
  const isWhole = !isPart && (settledFigure(source.members, 'countries') ?? 0) > Math.max(codes.length, 1);
  const figure = isWhole ? literalFigure(source.members, 'countries') : null;
  if (figure) return `${measure} for nationals of ${figure} countries`;
  return codes.length === 0 ? measure : `${measure} for nationals of ${countryWords(codes, countries)}`;
}

function courtWords(members: readonly StoryMember[]): string {
  const readings = evidenceOf(members).map(({ reading }) => reading);
  const named = readings.flatMap(({ originators }) => originators.map(({ name }) => name));
  if (named.some((name) => name.startsWith('official:US District Court'))) return 'a court';
  if (named.some((name) => name.startsWith('official:US Court of Appeals'))) return 'an appeals court';
  const courts = new Set(readings.flatMap((reading) => reading.courts.slice(0, 1)));
  if (courts.has('scotus')) return 'the Supreme Court';
  return [...courts].some((court) => court.startsWith('ca')) ? 'an appeals court' : 'a court';
}

/** Fills the places of a template; `agree|agrees` follows the number of countries. */
function fill(template: string, places: { C: string; S: string; K: string }, many: boolean): string {
  return template
    .replace(/(\w+)\|(\w+)/g, many ? '$1' : '$2')
    .replace('{C}', places.C)
    .replace('{S}', places.S)
    .replace('{T}', places.S.replace(/^an? /, 'the '))
    .replace('{K}', places.K);
}

const shortTitle = 11;

/**
 * The best title, cut short, for a story whose step is not understood; where none is in English, what it is about and
 * the countries that play a part.
 */
function borrowedHeadline(source: SummarySource, countries: Countries): string {
  const evidence = evidenceOf(source.members);
  const english = evidence.find(({ language }) => language === undefined || language === 'en');
  const words = english?.title.split(/\s+/).filter(Boolean) ?? [];
  if (words.length === 0) {
    const topic = source.topics[0] ?? 'court';
    const { receiving, banned, nationality } = source.countries;
    const own = topic === 'third-country-removal' ? receiving : banned;
    const codes = own.length > 0 ? own : nationality;
    const places = codes.length > 0 ? `: ${countryWords(codes, countries)}` : '';
    return `News on ${subjectWords[topic]}${places}`;
  }
  return words.length > shortTitle ? `${words.slice(0, shortTitle).join(' ')}…` : words.join(' ');
}

function tellerWords(originators: readonly Originator[]): string {
  const names = [...new Set(originators.map(({ name }) => originatorWords(name)))];
  if (names.length === 0) return 'articles that name no originator';
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and others` : listWords(names);
}

/** What others tell against a denial, in a sentence of its own. */
function claimWords({ originators }: Account, clause: string): string {
  const say = originators.length === 1 ? 'says' : 'say';
  return ` ${capital(tellerWords(originators))} ${say} that ${clause}.`;
}

/** Outlets that took their report back, and whether nobody else stands for it. */
function withdrawals(members: readonly StoryMember[]): { by: readonly string[]; all: boolean } {
  const evidence = evidenceOf(members);
  const by = new Set(
    evidence.flatMap(({ reading, publisher }) =>
      reading.correction?.field === 'retraction' && publisher !== null ? [publisher] : [],
    ),
  );
  const names = new Set([...by].map(plainName));
  const rests = ({ publisher, reading }: StoryMember): boolean =>
    (reading.originators.length > 0 ? reading.originators.map(({ name }) => name) : [publisher ?? '']).every((name) =>
      names.has(plainName(name)),
    );
  return { by: [...by], all: by.size > 0 && evidence.every(rests) };
}

function withdrawalWords(by: readonly string[]): string {
  return by.length === 1 ? ` ${by[0]} has withdrawn its report.` : ` ${listWords(by)} have withdrawn their reports.`;
}

/** People who arrived, or the most that a country agreed to take: never one for the other. */
function figureWords({ members, stage }: SummarySource): string {
  const arrived = stage === 'operational' ? literalFigure(members, 'people') : null;
  if (arrived) return ` The number of people told is ${arrived}.`;
  const cap = stage === 'agreed' || stage === 'signed' ? literalFigure(members, 'cap') : null;
  return cap ? ` The cap told is ${cap}.` : '';
}

/** A second sentence with the detail that matters most: who is moved, or how many. */
function detail(source: SummarySource, kind: string, countries: Countries): string {
  if (source.disputed || source.certainty === 'disputed') {
    const denier = source.comments.find(({ said }) => said === 'denied');
    if (denier) return ` ${capital(bodyWords(denier.who))} denies it.`;
    if (source.certainty !== 'disputed') return ' The report is disputed.';
  }
  const figure = kind === 'removals' ? figureWords(source) : '';
  if (figure) return figure;
  const people = source.countries.nationality;
  if (kind !== 'removals' || people.length === 0) return '';
  const names = people.slice(0, 5).map((code) => countryName(code, countries));
  const are = source.stage === 'operational' ? 'are' : 'would be';
  return ` They ${are} nationals of ${listWords([...names, ...(people.length > 5 ? ['other countries'] : [])])}.`;
}

/** `Serbia: foreign ministry` is "Serbia’s foreign ministry", `White House` "the White House". */
function bodyWords(who: string): string {
  const [country, office] = who.split(': ');
  return office ? `${country}’s ${office}` : `the ${who.replace(/^the /i, '')}`;
}

/** Bodies of the US, and of the countries that the story is about while none of them has spoken. */
function isAsked(who: string, { countries, certainty }: SummarySource, names: Countries): boolean {
  const [country, office] = who.split(': ');
  if (!office) return true;
  const about = [...countries.receiving, ...countries.banned].map((code) => names.name(code));
  return certainty !== 'official' && about.includes(country ?? '');
}

function unknownWords(open: string | undefined, source: SummarySource, countries: Countries): string {
  const silent = source.comments
    .filter(({ who, said }) => said === 'no-comment' && isAsked(who, source, countries))
    .map(({ who }) => bodyWords(who));
  const told = open ?? 'What follows is not known';
  const noComment =
    silent.length > 0 ? `; no comment came from ${listWords([...new Set(silent)].slice(0, 4), 'or')}` : '';
  return `${told}${noComment}.`;
}

/**
 * A headline, one or two attributed sentences and what is not known, in English, made from structure alone: no
 * sentence of an article is repeated, and no adjective is added.
 */
export function summarise(source: SummarySource, countries: Countries): Summary {
  const kind = source.matters[0] ? kindOf(source.matters[0].id) : '';
  const [S, K] = [subject(source, kind, countries), courtWords(source.members)];
  const terms = {
    isToCome: source.effective !== null || isClaimed(source.members, source.stage, laterClaim),
    isInPart: isClaimed(source.members, source.stage, limitedClaim),
  };
  /** A step in words; none for removals to nobody in particular, of which nobody is told to have agreed. */
  const inWords = (stage: Stage | null | undefined): StepWords | undefined => {
    const words = stage ? stepWords(kind, stage, terms) : undefined;
    const hosts = toldOf(source, 'receiving', stage ?? null);
    if (!words || (hosts.length === 0 && words.headline.includes('{C}'))) return undefined;
    const said = (template: string): string =>
      fill(template, { C: countryWords(hosts, countries), S, K }, hosts.length !== 1);
    return { headline: capital(said(words.headline)), clause: said(words.clause), unknown: words.unknown };
  };
  const step = inWords(source.stage);
  const isSaid = step || source.countries.receiving.length > 0 ? source.stage : null;
  const label = [certaintyWords[source.certainty], isSaid ? stepName(isSaid, terms) : ''].filter(Boolean);
  const { told, against } = accountsOf(source.members, source);
  const claim = inWords(against?.stage);
  const tellers = tellerWords(told.originators);
  const sentence = `${label.join(', ')}: ${step?.clause ?? `news on ${S}`}, according to ${tellers}.`;
  const withdrawn = withdrawals(source.members);
  const headline = step?.headline ?? borrowedHeadline(source, countries);
  const more = against && claim ? claimWords(against, claim.clause) : detail(source, kind, countries);
  return {
    headline: withdrawn.all ? `Withdrawn: ${headline}` : headline,
    summary: sentence + (withdrawn.by.length > 0 ? withdrawalWords(withdrawn.by) : more),
    unknown: unknownWords(claim ? 'Whether there is a deal is not settled' : step?.unknown, source, countries),
  };
}
