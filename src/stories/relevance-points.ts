import { american, bit, foreign, has, knownHost, type Mask, people, place } from './concepts.ts';

/** What is followed for its own sake; a court is a topic only beside one of these. */
export type Measure = 'third-country-removal' | 'travel-ban' | 'visa-policy' | 'parole-and-tps';
/** How strongly one title or sentence tells of each measure. */
export type Points = Record<Measure, number>;

/** Someone is being sent away, told plainly or by the words around it. */
export function sendsAway(mask: Mask): boolean {
  return has(mask, bit.removal) || (has(mask, bit.moved) && has(mask, bit.people));
}

/** Rules on visas or enforcement that turn on no nationality. */
const anyNationality = bit['other-us'] | bit['visa-rule'];

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
  const abroad = has(mask, bit.third | bit['third-country-exact']);
  const points = removalStrength(mask) - (has(mask, bit['own-nationals']) && !abroad ? 2 : 0);
  if (points <= 0) return points;
  const doubt =
    (has(mask, bit.elsewhere) ? 0.4 : 1) * (has(mask, anyNationality) && !abroad && !has(mask, knownHost) ? 0.5 : 1);
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
  if (has(mask, bit['us-government']) && has(mask, bit.nationals | bit.entry) && has(mask, place)) return 1.5;
  if (us && has(mask, bit.order) && nationals && has(mask, place)) return 1.2;
  if (has(mask, bit.entry) && nationals) return us || ordered ? 1.5 : 0.6;
  return us && nationals ? 0.5 : 0;
}

function banPoints(mask: Mask): number {
  const plainly = has(mask, bit.ban) && has(mask, bit['us-government']) && has(mask, place);
  if (has(mask, bit.elsewhere) && !plainly) return has(mask, bit.ban | bit.bar) ? -2 : -0.5;
  if (has(mask, bit['other-sender'] | bit['bars-itself']) && !has(mask, american)) return 0;
  const points = banStrength(mask);
  if (has(mask, anyNationality)) return points * 0.3;
  return has(mask, bit.elsewhere) ? points * 0.5 : points;
}

function visaPoints(mask: Mask): number {
  const us = has(mask, american);
  const itself = has(mask, bit['bars-itself']) && !has(mask, bit['us-government']);
  // A rule that turns on no nationality is ours only where the state followed is told to make it.
  if (has(mask, bit['visa-rule']) && us && !itself) return has(mask, bit.elsewhere) ? 1.1 : 2.2;
  if (!has(mask, bit.visa) || (has(mask, bit['other-sender'] | bit['bars-itself']) && !us)) return 0;
  if (!has(mask, bit['visa-pause'])) return 0.4;
  const points = us || has(mask, bit.court | foreign | bit.nationals) ? 2.2 : 1.5;
  return has(mask, bit['other-us'] | bit.elsewhere) ? points * 0.5 : points;
}

function tpsPoints(mask: Mask): number {
  if (!has(mask, bit.tps)) return 0;
  return has(mask, american | bit.court | foreign) ? 2 : 1;
}

/** The points of a title or sentence by the concepts and countries that it holds. */
export function pointsOf(mask: Mask): Points {
  return {
    'third-country-removal': removalPoints(mask),
    'travel-ban': banPoints(mask),
    'visa-policy': visaPoints(mask),
    'parole-and-tps': tpsPoints(mask),
  };
}

export const measures = ['third-country-removal', 'travel-ban', 'visa-policy', 'parole-and-tps'] as const;
