import * as z from 'zod';
import type { Topic } from '../core/reading.ts';
import { american, bit, type Concept, compounds, has, knownHost, type Mask, masks, people, place } from './concepts.ts';
import type { Gazetteer, Mention } from './extract/gazetteer.ts';
import { createPhraseMatcher, type PhraseMatch, type PhraseMatcher, type Tokens } from './phrases.ts';
import { type Measure, measures, type Points, pointsOf, sendsAway } from './relevance-points.ts';
import { explain } from './relevance-words.ts';

/** Shape of `config/topics.yaml`. */
export const topicsSchema = z.strictObject({
  concepts: z.strictObject(
    Object.fromEntries(Object.keys(masks).map((name) => [name, z.array(z.coerce.string())])) as Record<
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
    // Missing in an operator’s own older file.
    point: z.number().default(1),
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

const numeral = /^\d/;
/** `non-Examplian deportees`: of other nationalities than the host's. */
const not = new Set(['non', 'no', 'não']);
/** `Examplians home`: not in a third country. */
const homeward = /^(?:home|homeland)$/;

const onward = new Set(['to', 'into', 'via', 'a', 'hacia', 'para', 'vers', 'au', 'u', 'në', 'إلى']);

/**
 * Countries as bits. `110 Colombians` in a sentence about Colombia are its own nationals, and so are the `Colombian
 * migrants` of a sentence that names no other country: `nouns` are the tokens at which a word for people begins, `removed`
 * and `removing` those at which one for sending away has ended and begins.
 */
function placeBits(
  tokens: Tokens,
  mentions: readonly Mention[],
  hosts: ReadonlySet<string>,
  { nouns, removed, removing }: Record<'nouns' | 'removed' | 'removing', ReadonlySet<number>>,
): Mask {
  let mask = 0;
  const named = new Set<string>();
  const counted = new Set<string>();
  const moved = new Set<string>();
  for (const { code, kind, from, to } of mentions) {
    // Told apart by what else the sentence holds.
    if (code === 'GE') continue;
    // `non-Examplian deportees` are nationals of anywhere else.
    if (kind === 'people' && tokens.words[from - 1] === 'non') continue;
    mask |= kind === 'people' ? people : place;
    if (kind === 'people' && not.has(tokens.words[from - 1] ?? '')) {
      mask |= bit.third;
      continue;
    }
    if (hosts.has(code)) mask |= knownHost;
    if (kind === 'people' && homeward.test(tokens.words[to] ?? '')) mask |= bit['own-nationals'];
    if (kind !== 'people') named.add(code);
    else if (numeral.test(tokens.words[from - 1] ?? '') || removed.has(from) || removing.has(to)) counted.add(code);
    if (kind === 'people' && nouns.has(to)) moved.add(code);
  }
  // `the Examplian government takes Samplians`: told by an adjective, the host is named too.
  const hosted = mentions.some(({ code, kind, to }) => kind === 'people' && !moved.has(code) && !nouns.has(to));
  // `11 Colombians to Equatorial Guinea`, `11 colombianos a Malabo`.
  const isSent = mentions.some(
    ({ code, kind, from }) =>
      kind !== 'people' && !counted.has(code) && !moved.has(code) && onward.has(tokens.words[from - 1] ?? ''),
  );
  const ownMoved = moved.size > 0 && !hosted && [...named].every((code) => moved.has(code));
  const own = !isSent && (ownMoved || [...counted].some((code) => named.has(code)));
  return own ? mask | bit['own-nationals'] : mask;
}

/** Georgia is far more often the state, but a state is not asked to take people in. */
function asksGeorgia(mentions: readonly Mention[], matches: readonly PhraseMatch<number>[]): boolean {
  const asked = new Set(matches.flatMap(({ value, to }) => (has(value, bit.host) ? [to, to + 1] : [])));
  return mentions.some(({ code, from }) => code === 'GE' && asked.has(from));
}

/** `a Yemeni flown …`, `removing Iranians to …`, `sending the nine Iranians to …`: who is moved may be told by nationality alone. */
function movesPeople(tokens: Tokens, mentions: readonly Mention[], matches: readonly PhraseMatch<number>[]): boolean {
  const moves = matches.filter(({ value }) => has(value, bit.moved | bit.removal));
  return mentions.some(
    ({ kind, from, to }) =>
      kind === 'people' &&
      moves.some(
        (move) => move.from === to || (move.to <= from && from - move.to < 3 && onward.has(tokens.words[to] ?? '')),
      ),
  );
}

const ofActors = bit['bars-itself'] | bit['expels-itself'];

/** Of `stops visas for US citizens` or `students from travel-ban countries` only the whole is heard, not what stands within. */
function heard(matches: readonly PhraseMatch<number>[]): readonly PhraseMatch<number>[] {
  const wholes = matches.filter(({ value }) => value === compounds['by-the-way'] || value === bit.elsewhere);
  if (wholes.length === 0) return matches;
  return matches.filter(
    (match) => !wholes.some((whole) => whole.value !== match.value && whole.from <= match.from && match.to <= whole.to),
  );
}

/** Verbs of a government count only right behind the country whose government it is. */
function maskOf(tokens: Tokens, { matcher, hosts }: Words, places: Gazetteer): Mask {
  const matches = heard(matcher(tokens));
  const nouns = new Set(matches.flatMap(({ value, from }) => (has(value, bit.people) ? [from] : [])));
  const removed = new Set(matches.flatMap(({ value, to }) => (has(value, bit.removal) ? [to] : [])));
  const removing = new Set(matches.flatMap(({ value, from }) => (has(value, bit.removal) ? [from] : [])));
  const mentions = places(tokens);
  const actors = new Set(mentions.flatMap(({ kind, to }) => (kind === 'people' ? [] : [to])));
  let mask = placeBits(tokens, mentions, hosts, { nouns, removed, removing });
  for (const { value, from } of matches) {
    if (value !== compounds['us-court'] && (!has(value, ofActors) || actors.has(from))) mask |= value;
  }
  if (movesPeople(tokens, mentions, matches)) mask |= bit.people;
  if (has(mask, american) && sendsAway(mask) && asksGeorgia(mentions, matches)) mask |= place;
  // Other countries have supreme and appeals courts too.
  const judged = !has(mask, bit['other-sender']) && matches.some(({ value }) => value === compounds['us-court']);
  return judged ? mask | compounds['us-court'] : mask;
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
  /** Two sentences after each other, as one, from the lead on: where a long beginning comes to its point. */
  pairs: readonly Points[];
}

function total({ title, together, lead, rest, pairs }: Parts, data: TopicsData, measure: Measure): number {
  const sum = (list: readonly Points[]): number => list.reduce((all, points) => all + points[measure], 0);
  const { weights } = data;
  return (
    weights.title * title[measure] +
    weights.together * Math.max(0, together[measure]) +
    weights.lead * sum(lead) +
    Math.min(weights.restCap, weights.rest * sum(rest)) +
    weights.point * Math.max(0, ...pairs.map((points) => points[measure]))
  );
}

const leadSentences = 3;
/** By this sentence an article has come to its point. */
const pointWithin = 9;
const ofTheUs: ReadonlySet<Measure> = new Set<Measure>(['travel-ban', 'visa-policy']);
/** Points from which a headline tells plainly what it is about. */
const plain = 2;

/** Builds the judge of relevance once from the parsed data. */
export function createRelevance(data: TopicsData): (article: TokenizedArticle, places: Gazetteer) => Relevance {
  const matcher = createPhraseMatcher(
    Object.entries(masks).flatMap(([name, mask]) =>
      data.concepts[name as Concept].map((phrase) => [phrase, mask] as const),
    ),
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
      pairs: masks
        .slice(leadSentences, pointWithin)
        .map((mask, at) => pointsOf(mask | (masks[leadSentences + at + 1] ?? 0))),
    };
    const isBare = masks.length === 0;
    const share = isBare ? data.weights.bare : 1;
    const totals = measures.map((measure) => ({ measure, points: total(parts, data, measure) }));
    const most = Math.max(...totals.map(({ points }) => points));
    // Bans and visa rules of a country that the headline names, in a text that never names the United States, are its own.
    const isAbroad =
      !isBare &&
      has(titleMask, place) &&
      ![titleMask, ...masks].some((mask) => has(mask, american | bit['ban-instrument']));
    const titled = measures.some((measure) => parts.title[measure] >= plain);
    const topics: Topic[] = totals
      .filter(({ measure, points }) => {
        if (isAbroad && ofTheUs.has(measure)) return false;
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
