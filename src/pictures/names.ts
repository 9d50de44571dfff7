import { createRequire } from 'node:module';
import isoCountries, { type LocaleData } from 'i18n-iso-countries';
import type { Countries, CountryCode } from '../core/country.ts';
import { canDraw } from './fonts.ts';

/** What a picture calls a country. */
export type Namer = (code: CountryCode) => string;

const require = createRequire(import.meta.url);

/**
 * Country names in a language such as `ar` or `pt-BR`, as far as there are names and letters to draw them with; English
 * otherwise. Throws nothing: a language that is not known is English.
 */
export function namesIn(locale: string, countries: Countries): Namer {
  const language = languageOf(locale);
  if (language === 'en' || !register(language)) return (code) => countries.name(code);
  return (code) => {
    const name = isoCountries.getName(code, language, { select: 'alias' });
    return name !== undefined && name !== '' && canDraw(name) ? name : countries.name(code);
  };
}

/** Two letters of a locale, `en` when it has none. */
export function languageOf(locale: string): string {
  return /^[a-z]{2}(?=$|[-_])/i.exec(locale)?.[0].toLowerCase() ?? 'en';
}

/** Whether names in a language are there. */
export function register(language: string): boolean {
  if (!isoCountries.getSupportedLanguages().includes(language)) return false;
  if (isoCountries.langs().includes(language)) return true;
  isoCountries.registerLocale(require(`i18n-iso-countries/langs/${language}.json`) as LocaleData);
  return true;
}
