import type { Topic } from '../core/reading.ts';
import { american, bit, foreign, has, type Mask } from './concepts.ts';

/** What the concepts that decide are called when a person asks. */
const spoken: readonly (readonly [Mask, string])[] = [
  [bit['third-country-exact'], 'removals to third countries'],
  [bit.deportees, 'people deported by the United States'],
  [bit['us-request'], 'a request of or a deal with the United States'],
  [bit.case, 'the case about third countries'],
  [bit.removal, 'people being sent away'],
  [bit.third, 'countries other than their own'],
  [bit.host, 'taking people in or refusing to'],
  [bit['ban-instrument'], 'the proclamations that restrict entry'],
  [bit.ban, 'a ban on entry'],
  [bit.visa | bit['visa-rule'], 'visas'],
  [bit.tps, 'protected status or parole'],
  [bit.court, 'a court'],
  [american, 'the United States'],
  [foreign, 'a foreign country'],
];
const against: readonly (readonly [Mask, string])[] = [
  [bit['other-sender'], 'another country’s measures'],
  [bit['own-nationals'], 'people returned to their own country'],
  [bit.elsewhere, 'a matter that uses the same words'],
  [bit['other-us'], 'United States rules that turn on no nationality'],
];

function named(mask: Mask, names: readonly (readonly [Mask, string])[]): string {
  return names.flatMap(([bits, name]) => (has(mask, bits) ? [name] : [])).join(', ');
}

/** Why an article is relevant or not, in words. */
export function explain(topics: readonly Topic[], title: Mask, lead: Mask): string {
  if (topics.length === 0) {
    const other = named(title | lead, against);
    return other === '' ? 'about none of the subjects followed' : `about none of the subjects followed; names ${other}`;
  }
  const parts = [
    ['headline', named(title, spoken)],
    ['opening', named(lead & ~title, spoken)],
  ].flatMap(([part, names]) => (names === '' ? [] : [`the ${part} names ${names}`]));
  return [`about ${topics.map((topic) => topic.replaceAll('-', ' ')).join(', ')}`, ...parts].join('; ');
}
