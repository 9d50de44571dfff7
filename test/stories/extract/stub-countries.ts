import { createRequire } from 'node:module';
import type { Countries, Country } from '../../../src/core/country.ts';

const require = createRequire(import.meta.url);
const languages = ['en', 'es', 'fr', 'pt', 'sr', 'bs', 'hr', 'sq', 'ar'] as const;

interface IsoCountries {
  registerLocale(locale: unknown): void;
  getAlpha2Codes(): Record<string, string>;
  getName(code: string, language: string, options: { select: 'all' }): string[] | undefined;
}

/** An index good enough for reading: names from the ISO list, no demonyms. */
export function stubCountries(): Countries {
  const iso = require('i18n-iso-countries') as IsoCountries;
  for (const language of languages) iso.registerLocale(require(`i18n-iso-countries/langs/${language}.json`));
  const all = Object.entries(iso.getAlpha2Codes()).map(([code, alpha3]): Country => {
    const names = Object.fromEntries(
      languages.map((language) => [language, iso.getName(code, language, { select: 'all' }) ?? []]),
    );
    const name = names['en']?.[0] ?? code;
    return { code, alpha3, name, official: name, flag: '', names, demonyms: {} };
  });
  return {
    all,
    get: (code) => all.find((country) => country.code === code),
    name: (code) => all.find((country) => country.code === code)?.name ?? code,
    resolve: () => ({ kind: 'unknown', suggestions: [] }),
    suggest: () => [],
  };
}
