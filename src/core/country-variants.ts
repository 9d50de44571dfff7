import { foldName } from './country-fold.ts';

const prefixes =
  /^(?:the |(?:islamic )?republic of (?:the )?|kingdom of (?:the )?|country of |republique (?:d[eu] |d(?=[aeiou]))(?:la )?|republica (?:d[aeo]l? )(?:la )?|les? |las? |los )/;
const people =
  /^(?:i am |im )?(?:(?:an?|the) )?(?:(?:nationals?|citizens?|passport holders?|holders of (?:an? )?passports?|people|persons?|someone|passports?|flag) )?(?:of|from) (?:the )?/;
const suffixes = / (?:passports?(?: holders?)?|citizens?|nationals?|people|republic|the country|the)$/;
const inverted = /^([^,(]+)[,(] *(?:the )?([^,()]+? of(?: the)?|[^,()]*republic) *\)?$/i;
const flags = /(?:[\u{1F1E6}-\u{1F1FF}]{2}|:flag[-_][a-z]{2}:)+/gu;

/**
 * Other ways of writing what was typed, folded, most faithful first: articles and forms of state taken away
 * (`the Republic of Niger`, `Niger passport`), written out (`Rep. of Congo`), turned round (`Congo, Republic of the`).
 */
export function nameVariants(text: string): readonly string[] {
  const folded = foldName(text);
  const written = folded.replace(/\brep\b/g, 'republic').replace(/\bdem\b/g, 'democratic');
  const variants = [written];
  const [, name = '', form = ''] = inverted.exec(text) ?? [];
  if (name !== '') {
    const state = foldName(form);
    variants.push(foldName(`${state} ${name}`), foldName(`${state} of ${name}`), foldName(`${state} of the ${name}`));
  }
  // `Sudan’s`: a possessive is no slip.
  const owned = /^(.+)['’]s?$/.exec(text.trim())?.[1] ?? '';
  if (owned !== '') variants.push(foldName(owned));
  // `Haiti 🇭🇹`: the name is read, the flag beside it only when there is no name.
  variants.push(foldName(text.replace(flags, ' ')));
  let rest = written.replace(suffixes, '').replace(people, '');
  variants.push(rest);
  // `the Republic of the Congo` has three layers; what is left of them all is tried each time.
  for (let layer = 0; layer < 3 && prefixes.test(rest); layer++) {
    rest = rest.replace(prefixes, '');
    variants.push(rest);
  }
  return [...new Set(variants)].filter((variant) => variant !== folded && variant !== '');
}
