import { tierWords } from '../core/ban-status.ts';
import type { CountryCode } from '../core/country.ts';
import type { MeasureKind } from '../core/ledger.ts';
import type { Certainty, Stage, Topic } from '../core/reading.ts';
import type { LedgerEntry } from '../core/review.ts';
import { certaintyRank } from '../core/story.ts';
import type { Channel, Subscription } from '../core/subscription.ts';
import { countriesOf, entryWords } from './entry-words.ts';
import { effectiveStages } from './events.ts';

/** What decides which subscriptions hear of something in the record. */
export interface Reach {
  /** Empty where no country is named. */
  countries: readonly CountryCode[];
  /** It reaches every nationality, so that every choice of countries holds it. */
  everyone: boolean;
  topics: readonly Topic[];
  /** Empty where stages have no part in it. */
  stages: readonly Stage[];
  /** Official where it is absent: only steps of deals may be less. */
  certainty?: Certainty;
}

export interface NewsLine extends Reach {
  words: string;
}

/** An entry of the record as subscribers are told of it, and whom it concerns. */
export function newsLine(entry: LedgerEntry, countries: { name(code: string): string }): NewsLine {
  return {
    words: wordsOf(entry, countries),
    countries: countriesOf(entry).filter((code) => code !== '*'),
    everyone: entry.kind === 'row' && entry.value.country === '*',
    topics: topicsOf(entry),
    stages: stagesOf(entry),
    ...(entry.kind === 'deal' ? { certainty: entry.value.step.certainty } : {}),
  };
}

export function measureTopic(kind: MeasureKind): Topic {
  return kind === 'entry-ban' || kind === 'document-rule' || kind === 'review-flag' ? 'travel-ban' : 'visa-policy';
}

function topicsOf(entry: LedgerEntry): readonly Topic[] {
  switch (entry.kind) {
    case 'row':
      return [measureTopic(entry.value.kind)];
    case 'deal':
      return ['third-country-removal'];
    case 'court':
      return ['court'];
    case 'exception':
      return ['travel-ban', 'visa-policy'];
    case 'enforcement':
      return ['travel-ban', 'court'];
    case 'programme':
      return ['parole-and-tps'];
  }
}

function stagesOf(entry: LedgerEntry): readonly Stage[] {
  switch (entry.kind) {
    case 'row':
      return [...(entry.value.signed === null ? [] : ['signed' as const]), effectiveStages[entry.value.change]];
    case 'deal':
      return [entry.value.step.stage];
    case 'court':
      return entry.value.event.stage === undefined ? [] : [entry.value.event.stage];
    case 'enforcement':
      return [entry.value.state === 'enjoined' ? 'blocked' : 'block-lifted'];
    default:
      return [];
  }
}

function wordsOf(entry: LedgerEntry, countries: { name(code: string): string }): string {
  if (entry.kind === 'deal') {
    const { code, step } = entry.value;
    return `${countries.name(code)}: ${step.stage.replaceAll('-', ' ')} on ${step.date} (${step.certainty})`;
  }
  if (entry.kind !== 'row') return entryWords(entry);
  const { country, kind, tier, visaClasses, effective, ended, change } = entry.value;
  const name = country === '*' ? 'Every nationality' : countries.name(country);
  if (change === 'removed' || change === 'revoked') return `${name}: entry suspension ended on ${effective}`;
  const what = kind === 'entry-ban' ? tierWords[tier] : kind.replaceAll('-', ' ');
  const whom = visaClasses.length > 0 ? ` for ${visaClasses.join(', ')}` : '';
  return `${name}: ${what}${whom}, from ${effective}${ended === null ? '' : ` to ${ended}`}`;
}

/** Whether a subscription wants something that the record says. The record has no outlet: outlets and languages choose nothing here. */
export function wantsFromLedger(subscription: Subscription, reach: Reach): boolean {
  const { topics, countries, stages, minimumCertainty } = subscription;
  return (
    subscription.status === 'active' &&
    certaintyRank[reach.certainty ?? 'official'] >= certaintyRank[minimumCertainty] &&
    (topics.length === 0 || reach.topics.some((topic) => topics.includes(topic))) &&
    (countries.length === 0 || reach.everyone || reach.countries.some((code) => countries.includes(code))) &&
    (stages.length === 0 || reach.stages.length === 0 || reach.stages.some((stage) => stages.includes(stage)))
  );
}

/** Subscriptions by the channel that they are of. */
export function byChannel(
  subscriptions: readonly Subscription[],
): readonly { channel: Channel; all: readonly Subscription[] }[] {
  const channels = new Map<string, { channel: Channel; all: Subscription[] }>();
  for (const one of subscriptions) {
    const { platform, workspace, id } = one.channel;
    const key = JSON.stringify([platform, workspace, id]);
    const place = channels.get(key) ?? { channel: one.channel, all: [] };
    place.all.push(one);
    channels.set(key, place);
  }
  return [...channels.values()];
}
