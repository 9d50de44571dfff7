import type { Countries, CountryCode } from '../core/country.ts';
import { canDraw } from './fonts.ts';

/** What a picture calls a country. */
export type Namer = (code: CountryCode) => string;

/**
 * Country names in a language such as `ar` or `pt-BR`, from the Unicode data as answers have them, as far as there are
 * letters to draw them with; English otherwise. Throws nothing: a language that is not known is English.
 */
export function namesIn(locale: string, countries: Countries): Namer {
  const language = languageOf(locale);
  if (language === 'en' || !isNamed(language)) return (code) => countries.name(code);
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
  return (code) => {
    const name = names.of(code);
    return name !== undefined && canDraw(name) ? name : countries.name(code);
  };
}

/** Two letters of a locale, `en` when it has none. */
export function languageOf(locale: string): string {
  return /^[a-z]{2}(?=$|[-_])/i.exec(locale)?.[0].toLowerCase() ?? 'en';
}

/** Whether names in a language are there. */
function isNamed(language: string): boolean {
  return Intl.DisplayNames.supportedLocalesOf([language]).length > 0;
}
