import type { CountryCode } from '../../core/country.ts';
import type { Act } from './structure.ts';

/** Steps as a person would name them. */
export const actWords: Readonly<Record<Act, string>> = {
  ask: 'a request or talks',
  deal: 'an agreement',
  denial: 'a denial or refusal',
  arrival: 'people arriving',
  suspension: 'an end or a pause',
  plan: 'a plan',
  order: 'an order',
  effect: 'taking effect',
  end: 'an end',
  block: 'a court’s block',
  unblock: 'a court letting it go on',
  hearing: 'a hearing or filing',
};

const regions = new Intl.DisplayNames('en', { type: 'region' });

/** Names of countries for "why this?": at most six. */
export function countryWords(codes: readonly CountryCode[]): string {
  return listed(codes.map((code) => regions.of(code) ?? code));
}

/** At most six values. */
export function listed(values: readonly (string | number)[]): string {
  return values.slice(0, 6).join(', ') + (values.length > 6 ? ', …' : '');
}

/** `1 day apart`, for a gap of a day and more. */
export function daysApart(gap: number): string {
  const days = Math.round(gap);
  return `${days} ${days === 1 ? 'day' : 'days'} apart`;
}
