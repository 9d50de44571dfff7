import * as z from 'zod';
import type { Topic } from '../core/story.ts';
import {
  american,
  bit,
  type Concept,
  concepts,
  foreign,
  has,
  knownHost,
  type Mask,
  people,
  place,
} from './concepts.ts';
import type { Gazetteer, Mention } from './extract/gazetteer.ts';
import { createPhraseMatcher, type PhraseMatch, type PhraseMatcher, type Tokens } from './phrases.ts';
import { explain } from './relevance-words.ts';

/** Shape of `config/topics.yaml`. */
export const topicsSchema = z.strictObject({
  concepts: z.strictObject(
    Object.fromEntries(concepts.map((name) => [name, z.array(z.coerce.string())])) as Record<
      Concept,
      z.ZodArray<z.ZodCoercedString>
    >,
  ),
  hosts: z.array(z.string()),
  weights: z.strictObject({
    title: z.number(),
    together: z.number(),
    lead: z.number(),
    rest: z.number(),
    restCap: z.number(),
    bare: z.number(),
    beside: z.number(),
  }),
  thresholds: z.strictObject({
    'third-country-removal': z.number(),
    'travel-ban': z.number(),
    'visa-policy': z.number(),
    'parole-and-tps': z.number(),
    court: z.number(),
  }),
});
export type TopicsData = z.infer<typeof topicsSchema>;

/** Whether an article is about the subjects followed, and why. */
export interface Relevance {
  relevant: boolean;
  topics: Topic[];
  /** In words, for "why this?". */
  why: string;
}

/** The parts of an article as matching sees them. */
export interface TokenizedArticle {
  title: Tokens;
  sentences: readonly Tokens[];
}

type Measure = 'third-country-removal' | 'travel-ban' | 'visa-policy' | 'parole-and-tps';
type Points = Record<Measure, number>;

/** Someone is being sent away, told plainly or by the words around it. */
function sendsAway(mask: Mask): boolean {
  return has(mask, bit.removal) || (has(mask, bit.moved) && has(mask, bit.people));
}

function removalStrength(mask: Mask): number {
  const us = has(mask, american | bit.case);
  const abroad = has(mask, place | bit.region);
  const elsewhere = has(mask, bit.third | bit['us-request'] | bit.case);
  if (has(mask, bit['third-country-exact'])) return us ? 3 : 2;
  if (has(mask, bit.deportees)) return has(mask, foreign | bit.third | bit.host) ? 2.5 : 1.5;
  if (has(mask, bit['us-request']) && has(mask, bit.people | bit.removal | bit.third)) return 2.2;
  if (has(mask, bit.case)) return sendsAway(mask) || has(mask, bit.court) ? 2.2 : 1.5;
  if (sendsAway(mask) && us && elsewhere) return 2.2;
  if (us && has(mask, bit.third) && has(mask, bit.people) && has(mask, bit.host)) return 2;
  if (sendsAway(mask) && us && abroad) return has(mask, bit.host) ? 2 : 1.6;
  if (sendsAway(mask) && us && has(mask, bit.court) && has(mask, bit.deportees | bit.people | bit.moved)) return 1.2;
  if (sendsAway(mask) && elsewhere && has(mask, bit.host)) return 1.2;
  if (sendsAway(mask) && abroad && has(mask, bit.host | bit.court | knownHost)) return 0.8;
  return 0;
}

function removalPoints(mask: Mask): number {
  const us = has(mask, american | bit.deportees | bit.case);
  if (has(mask, bit['expels-itself']) && !us && has(mask, place)) return -1;
  if (has(mask, bit['other-sender']) && !us) return has(mask, bit.removal | bit.host | bit.third) ? -1.5 : 0;
  const points = removalStrength(mask) - (has(mask, bit['own-nationals']) ? 2 : 0);
  if (points <= 0) return points;
  const doubt = (has(mask, bit.elsewhere) ? 0.4 : 1) * (has(mask, bit['other-us']) ? 0.5 : 1);
  return points * doubt;
}

function banStrength(mask: Mask): number {
  const us = has(mask, american);
  const whom = has(mask, foreign | bit.nationals);
  const nationals = has(mask, bit.nationals | people);
  if (has(mask, bit['ban-instrument'])) return has(mask, bit.ban | bit.bar | bit.entry | bit.order) ? 2.5 : 1;
  if (has(mask, bit.ban)) return us && (whom || has(mask, bit.court)) ? 2.5 : us || whom ? 1.6 : 1;
  const ordered = has(mask, bit.order) && has(mask, bit.entry);
  if (ordered && us && nationals) return has(mask, bit.bar) ? 1.5 : 1;
  if (!has(mask, bit.bar) || !whom) return 0;
  if (ordered && has(mask, place)) return us ? 1.5 : 1;
  if (has(mask, bit['us-government']) && has(mask, bit.nationals) && has(mask, place)) return 1.5;
  if (us && has(mask, bit.order) && nationals && has(mask, place)) return 1.2;
  if (has(mask, bit.entry) && nationals) return us || ordered ? 1.5 : 0.6;
  return us && nationals ? 0.5 : 0;
}

function banPoints(mask: Mask): number {
  if (has(mask, bit.elsewhere)) return has(mask, bit.ban | bit.bar) ? -2 : -0.5;
  if (has(mask, bit['other-sender'] | bit['bars-itself']) && !has(mask, american)) return 0;
  const points = banStrength(mask);
  return has(mask, bit['other-us']) ? points * 0.3 : points;
}

function visaPoints(mask: Mask): number {
  if (!has(mask, bit.visa)) return 0;
  if (!has(mask, bit['visa-pause'])) return 0.4;
  const points = has(mask, american | bit.court) || has(mask, foreign | bit.nationals) ? 2.2 : 1.5;
  return has(mask, bit['other-us'] | bit.elsewhere) ? points * 0.5 : points;
}

function tpsPoints(mask: Mask): number {
  if (!has(mask, bit.tps)) return 0;
  return has(mask, american | bit.court | foreign) ? 2 : 1;
}

function pointsOf(mask: Mask): Points {
  return {
    'third-country-removal': removalPoints(mask),
    'travel-ban': banPoints(mask),
    'visa-policy': visaPoints(mask),
    'parole-and-tps': tpsPoints(mask),
  };
}

const measures = ['third-country-removal', 'travel-ban', 'visa-policy', 'parole-and-tps'] as const;

const numeral = /^\d/;
/** `Examplians home`: not in a third country. */
const homeward = /^(?:home|homeland)$/;

/**
 * Countries as bits. `110 Colombians` in a sentence about Colombia are its own nationals, and so are the `Colombian
 * migrants` of a sentence that names no country: `nouns` are the tokens at which a word for people begins, `removed`
 * those at which one for sending away has ended.
 */
function placeBits(
  tokens: Tokens,
  mentions: readonly Mention[],
  hosts: ReadonlySet<string>,
  { nouns, removed }: { nouns: ReadonlySet<number>; removed: ReadonlySet<number> },
): Mask {
  let mask = 0;
  const named = new Set<string>();
  const counted = new Set<string>();
  let moved = false;
  for (const { code, kind, from, to } of mentions) {
    // Told apart by what else the sentence holds.
    if (code === 'GE') continue;
    mask |= kind === 'people' ? people : place;
    if (hosts.has(code)) mask |= knownHost;
    if (kind === 'people' && homeward.test(tokens.words[to] ?? '')) mask |= bit['own-nationals'];
    if (kind !== 'people') named.add(code);
    else if (numeral.test(tokens.words[from - 1] ?? '') || removed.has(from)) counted.add(code);
    moved ||= kind === 'people' && nouns.has(to);
  }
  const own = [...counted].some((code) => named.has(code)) || (moved && named.size === 0);
  return own ? mask | bit['own-nationals'] : mask;
}

/** Georgia is far more often the state, but a state is not asked to take people in. */
function asksGeorgia(mentions: readonly Mention[], matches: readonly PhraseMatch<number>[]): boolean {
  const asked = new Set(matches.flatMap(({ value, to }) => (has(value, bit.host) ? [to, to + 1] : [])));
  return mentions.some(({ code, from }) => code === 'GE' && asked.has(from));
}

const onward = new Set(['to', 'into', 'via']);

/** `a Yemeni flown …`, `removing Iranians to …`: who is moved may be told by nationality alone. */
function movesPeople(tokens: Tokens, mentions: readonly Mention[], matches: readonly PhraseMatch<number>[]): boolean {
  const moves = matches.filter(({ value }) => has(value, bit.moved | bit.removal));
  return mentions.some(
    ({ kind, from, to }) =>
      kind === 'people' &&
      moves.some((move) => move.from === to || (move.to === from && onward.has(tokens.words[to] ?? ''))),
  );
}

const ofActors = bit['bars-itself'] | bit['expels-itself'];

/** Verbs of a government count only right behind the country whose government it is. */
function maskOf(tokens: Tokens, { matcher, hosts }: Words, places: Gazetteer): Mask {
  const matches = matcher(tokens);
  const nouns = new Set(matches.flatMap(({ value, from }) => (has(value, bit.people) ? [from] : [])));
  const removed = new Set(matches.flatMap(({ value, to }) => (has(value, bit.removal) ? [to] : [])));
  const mentions = places(tokens);
  const actors = new Set(mentions.flatMap(({ kind, to }) => (kind === 'people' ? [] : [to])));
  let mask = placeBits(tokens, mentions, hosts, { nouns, removed });
  for (const { value, from } of matches) {
    if (!has(value, ofActors) || actors.has(from)) mask |= value;
  }
  if (movesPeople(tokens, mentions, matches)) mask |= bit.people;
  if (has(mask, american) && sendsAway(mask) && asksGeorgia(mentions, matches)) mask |= place;
  // Other countries have supreme and appeals courts too.
  return has(mask, bit['us-court']) && !has(mask, bit['other-sender']) ? mask | bit['us-government'] : mask;
}

/** The words and countries of `config/topics.yaml`. */
interface Words {
  matcher: PhraseMatcher<number>;
  hosts: ReadonlySet<string>;
}

interface Parts {
  title: Points;
  /** Title and first sentences as if they were one: who acts is often named only once. */
  together: Points;
  lead: readonly Points[];
  rest: readonly Points[];
}

function total({ title, together, lead, rest }: Parts, data: TopicsData, measure: Measure): number {
  const sum = (list: readonly Points[]): number => list.reduce((all, points) => all + points[measure], 0);
  const { weights } = data;
  return (
    weights.title * title[measure] +
    weights.together * Math.max(0, together[measure]) +
    weights.lead * sum(lead) +
    Math.min(weights.restCap, weights.rest * sum(rest))
  );
}

const leadSentences = 3;
/** Points from which a headline tells plainly what it is about. */
const plain = 2;

/** Builds the judge of relevance once from the parsed data. */
export function createRelevance(data: TopicsData): (article: TokenizedArticle, places: Gazetteer) => Relevance {
  const matcher = createPhraseMatcher(
    concepts.flatMap((name) => data.concepts[name].map((phrase) => [phrase, bit[name]] as const)),
  );
  const words = { matcher, hosts: new Set(data.hosts) };
  return (article, places) => {
    const titleMask = maskOf(article.title, words, places);
    const masks = article.sentences.map((sentence) => maskOf(sentence, words, places));
    const parts: Parts = {
      title: pointsOf(titleMask),
      together: pointsOf(masks.slice(0, leadSentences).reduce((all, mask) => all | mask, titleMask)),
      lead: masks.slice(0, leadSentences).map(pointsOf),
      rest: masks.slice(leadSentences).map(pointsOf),
    };
    const isBare = masks.length === 0;
    const share = isBare ? data.weights.bare : 1;
    const totals = measures.map((measure) => ({ measure, points: total(parts, data, measure) }));
    const most = Math.max(...totals.map(({ points }) => points));
    const titled = measures.some((measure) => parts.title[measure] >= plain);
    const topics: Topic[] = totals
      .filter(({ measure, points }) => {
        const needed = titled && parts.title[measure] <= 0 ? data.weights.beside * most : 0;
        return points >= share * data.thresholds[measure] && points >= needed;
      })
      .map(({ measure }) => measure);
    const court = [titleMask, ...masks.slice(0, leadSentences)].filter((mask) =>
      has(mask, bit.court | bit.case),
    ).length;
    if (topics.length > 0 && court >= (isBare ? 1 : data.thresholds.court)) topics.push('court');
    const lead = masks.slice(0, leadSentences).reduce((all, mask) => all | mask, 0);
    return { relevant: topics.length > 0, topics, why: explain(topics, titleMask, lead) };
  };
}
