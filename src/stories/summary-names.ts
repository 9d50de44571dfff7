import type { Countries, CountryCode } from '../core/country.ts';
import type { Topic } from '../core/reading.ts';
import { listWords } from '../core/story-words.ts';

const withArticle = new Set(['AE', 'BS', 'CD', 'CF', 'CG', 'CZ', 'DO', 'GB', 'GM', 'KM', 'MH', 'MV', 'NL', 'PH', 'SC']);

/** A country as it stands in a sentence: the Philippines, Rwanda. */
export function countryName(code: CountryCode, countries: Countries): string {
  return `${withArticle.has(code) ? 'the ' : ''}${countries.name(code)}`;
}

/** At most three names; a longer list gives two and says that there are more. */
export function countryWords(codes: readonly CountryCode[], countries: Countries): string {
  const names = codes.map((code) => countryName(code, countries));
  return names.length > 3 ? `${names.slice(0, 2).join(', ')} and other countries` : listWords(names);
}

/** `official:Government of Rwanda` is "the government of Rwanda"; courts are told without their district. */
export function originatorWords(name: string): string {
  if (!name.startsWith('official:')) return name;
  const body = name.slice('official:'.length);
  if (body.startsWith('US District Court')) return 'a US district court';
  if (body.startsWith('US Court of Appeals')) return 'a US appeals court';
  const common = /^(Government|Presidency|Parliament|Ministry|Embassy)(?= of (?!National Unity))/;
  return `the ${body.replace(common, (word) => word.toLowerCase())}`;
}

/** With a capital first letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a story is about when no matter says more. */
export const subjectWords: Readonly<Record<Topic, string>> = {
  'travel-ban': 'an entry suspension',
  'third-country-removal': 'removals to third countries',
  court: 'a court case on removals or entry',
  'parole-and-tps': 'protection from removal',
  'visa-policy': 'a visa restriction',
};

/** What a measure is called, by the id of its matter. */
export const measureWords: Readonly<Record<string, string>> = {
  'visa/visa-policy': 'a visa restriction',
  'visa/benefit-hold': 'a hold on immigration benefits',
  'visa/immigrant-visa-pause': 'a pause on visas',
  'visa/visa-bond': 'a visa bond',
  'parole/tps': 'temporary protected status',
  'parole/humanitarian-parole': 'humanitarian parole',
};
