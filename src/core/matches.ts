import { certaintyRank, type Story } from './story.ts';
import type { Subscription } from './subscription.ts';
import { concerns, ownMatters } from './timeline.ts';

function overlaps<T>(wanted: readonly T[], present: readonly (T | null | undefined)[]): boolean {
  return wanted.length === 0 || wanted.some((one) => present.includes(one));
}

function stagesOf(story: Story) {
  return [story.stage, ...ownMatters(story).map((matter) => matter.stage)];
}

/** The outlets that tell the story, by every name a person may choose them by. */
function outletsOf(story: Story): readonly (string | null | undefined)[] {
  return story.members.flatMap((member) => [member.publisher?.toLowerCase(), member.family, member.sourceKind]);
}

/** Whether one of the countries has one of the chosen parts in the story; any part but a mention where none is chosen. */
function concernsCountries(story: Story, { countries, roles = [] }: Subscription): boolean {
  if (countries.length === 0) return true;
  if (roles.length === 0) return countries.some((code) => concerns(story, code));
  return roles.some((role) => overlaps(countries, story.countries[role]));
}

/** Why a subscription does not want a story, in words; empty when it does. Empty lists in it mean everything. */
export function mismatches(story: Story, subscription: Subscription): readonly string[] {
  const sources = subscription.sources.map((source) => source.toLowerCase());
  const languages = story.members.map((member) => member.language);
  const checks: readonly [boolean, string][] = [
    [overlaps(subscription.topics, story.topics), 'another topic'],
    [concernsCountries(story, subscription), 'other countries'],
    [certaintyRank[story.certainty] >= certaintyRank[subscription.minimumCertainty], `only ${story.certainty}`],
    [overlaps(subscription.stages, stagesOf(story)), 'another stage'],
    [overlaps(subscription.languages, languages), 'another language'],
    [overlaps(sources, outletsOf(story)), 'other sources'],
  ];
  return checks.filter(([good]) => !good).map(([, why]) => why);
}

/** Whether a subscription wants a story as it now stands. */
export function matches(story: Story, subscription: Subscription): boolean {
  return subscription.status === 'active' && mismatches(story, subscription).length === 0;
}
