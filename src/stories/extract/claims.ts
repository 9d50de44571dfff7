import type { Claim, Quantity } from '../../core/reading.ts';
import { createPhraseMatcher, longestMatches } from '../phrases.ts';
import type { Calendar } from './reading-data.ts';
import { has, type Unit } from './units.ts';

export type ClaimReader = (
  units: readonly Unit[],
  quantities: readonly Quantity[],
  eventDate: string | null,
) => Claim[];

/** What is told takes effect on a later day that nobody names. */
export const laterClaim = { fact: 'takes effect', value: 'later' } as const;
/** A court's order covers some people, or a part of the measure. */
export const limitedClaim = { fact: 'order covers', value: 'a part' } as const;

/** What was paid is disclosed: whatever step the words resemble, none was taken. */
export const paymentClaim = { fact: 'tells of', value: 'a payment' } as const;

/** What is told of a step beside it, with the words that say so. */
export function claimsOfTerms(
  [title, lead]: readonly Unit[],
  { isPromised, isPayment, isCourt }: { isPromised: boolean; isPayment: boolean; isCourt: boolean },
): Claim[] {
  const limits = isCourt ? [title, lead].find((unit) => unit !== undefined && has(unit, 'limited-order')) : undefined;
  const quoted = (claim: Pick<Claim, 'fact' | 'value'>, unit: Unit | undefined): Claim[] =>
    unit === undefined ? [] : [{ ...claim, quote: unit.tokens.text.slice(0, 300) }];
  return [
    ...quoted(laterClaim, isPromised ? title : undefined),
    ...quoted(paymentClaim, isPayment ? title : undefined),
    ...quoted(limitedClaim, limits),
  ];
}

const general = 'temporary legal status';
/** Numbers told this far down belong to the development itself. */
const leadUnits = 3;

/** Builds the reader of facts that sources may tell differently. */
export function createClaimReader(calendar: Calendar): ClaimReader {
  const matcher = createPhraseMatcher(
    Object.entries(calendar.programmes).flatMap(([value, phrases]) =>
      phrases.map((phrase) => [phrase, value] as const),
    ),
  );
  return (units, quantities, eventDate) => {
    const told = units.filter((unit) => !unit.background);
    const programmes = told.flatMap((unit) =>
      longestMatches(matcher(unit.tokens)).map(({ value }) => ({
        fact: 'programme',
        value,
        quote: unit.tokens.text.slice(0, 300),
      })),
    );
    const programme = programmes.find((claim) => claim.value !== general) ?? programmes[0];
    const lead = new Set(told.slice(0, leadUnits).map((unit) => unit.tokens.text.slice(0, 300)));
    const counted = quantities.flatMap((quantity): Claim[] => {
      if (!lead.has(quantity.quote)) return [];
      const fact = { people: 'people', cap: 'cap', money: 'payment', flight: null, countries: null, days: null }[
        quantity.kind
      ];
      return fact === null ? [] : [{ fact, value: String(quantity.value), quote: quantity.quote }];
    });
    const date =
      eventDate === null ? [] : [{ fact: 'date', value: eventDate, quote: told[1]?.tokens.text.slice(0, 300) ?? '' }];
    return [...(programme === undefined ? [] : [programme]), ...firstOfEach(counted), ...date];
  };
}

/** The figure told first is the article's claim. */
function firstOfEach(claims: readonly Claim[]): Claim[] {
  return claims.filter((claim, at) => claims.findIndex((other) => other.fact === claim.fact) === at);
}
