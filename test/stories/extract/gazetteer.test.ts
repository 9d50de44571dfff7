import { describe, expect, it } from 'vitest';
import { articleOf, developmentReader, noProvenance } from './fixtures.ts';

const read = developmentReader();

/** Every country that the reader finds, whatever its part. */
function found(language: string, text: string, title = ''): string[] {
  const { countries } = read(articleOf({ language, title, text }), noProvenance);
  const all = [...countries.banned, ...countries.receiving, ...countries.nationality, ...countries.mentioned];
  return [...new Set(all)].sort();
}

describe('finding countries', () => {
  it.each([
    ['en', 'Officials in Niamey and Abuja met.', ['NE', 'NG']],
    ['en', 'Nigerien and Nigerian officials met.', ['NE', 'NG']],
    ['en', 'Equatorial Guinea, Guinea-Bissau and Papua New Guinea were named.', ['GQ', 'GW', 'PG']],
    ['en', 'South Sudan is not Sudan.', ['SD', 'SS']],
    ['en', 'The judge sits in New Mexico, near the Gulf of Mexico.', []],
    ['en', 'Washington and the United States said nothing.', []],
    ['en', 'The delegation flew to Burma, Swaziland and the Ivory Coast.', ['CI', 'MM', 'SZ']],
    ['es', 'Autoridades ruandesas y ugandesas hablaron con los nigerinos.', ['NE', 'RW', 'UG']],
    ['fr', 'Des Nigériens et des Nigérians vivent au Tchad.', ['NE', 'NG', 'TD']],
    ['pt', 'Os cabo-verdianos e os angolanos vivem na Guiné-Bissau.', ['AO', 'CV', 'GW']],
    ['sr', 'Министри Србије и Руанде разговарали су у Кигалију о Косову.', ['RS', 'RW', 'XK']],
    ['bs', 'Vlada Ruande i vlasti u Ugandi, Nigeru i Nigeriji.', ['NE', 'NG', 'RW', 'UG']],
    ['hr', 'U Južnom Sudanu i Ekvatorskoj Gvineji.', ['GQ', 'SS']],
    ['sq', 'Qeveria e Ruandës dhe ajo e Ugandës, në Kosovë dhe Serbi.', ['RS', 'RW', 'UG', 'XK']],
    ['sq', 'Në Sudanin e Jugut dhe në Guinenë Ekuatoriale.', ['GQ', 'SS']],
    ['ar', 'وصل الوفد إلى رواندا وأوغندا وبليبيا ثم للنيجر.', ['LY', 'NE', 'RW', 'UG']],
    ['ar', 'في جنوب السودان وغينيا الاستوائية.', ['GQ', 'SS']],
  ])('reads %s: %s', (language, text, expected) => {
    expect(found(language, text)).toEqual(expected);
  });

  it.each([
    ['an immigration lockup in Lumpkin, Georgia, where lawyers from Atlanta were waiting', []],
    ['a flight from Tbilisi, where the leaders of Georgia were waiting', ['GE']],
    ['a list that holds Armenia, Georgia and Moldova', ['AM', 'GE', 'MD']],
  ])('tells the state of Georgia from the country in %s', (words, expected) => {
    expect(found('en', `Migrants spoke of ${words}.`)).toEqual(expected);
  });

  it('does not take people for countries', () => {
    expect(found('en', 'The lawyer Michael Jordan and the official Chad Becker spoke first.')).toEqual([]);
  });

  it.each([
    ['Congo takes US deportees', 'The government in Brazzaville said on Monday that it would.', 'CG'],
    ['Congo takes US deportees', 'The government in Kinshasa said on Monday that it would.', 'CD'],
    ['Congo agrees to accept deportees from the US', '', 'CD'],
  ])('settles bare Congo in %s (%s)', (title, text, code) => {
    expect(found('en', text, title)).toEqual([code]);
  });

  it('knows which Congo is under the entry ban', () => {
    const { countries } = read(
      articleOf({
        title: 'Trump signs travel ban',
        text: 'The full list: Afghanistan, Chad, Congo, Eritrea, Haiti and Yemen.',
      }),
      noProvenance,
    );
    expect(countries.banned).toEqual(['AF', 'CG', 'ER', 'HT', 'TD', 'YE']);
  });

  it('reads Dominicans as the country that the article names', () => {
    expect(found('en', 'Young Dominicans study abroad.', 'Dominica takes US deportees')).toEqual(['DM']);
    expect(found('en', 'Many Dominicans live in Santo Domingo.')).toEqual(['DO']);
  });

  it('counts a town that many share only beside its country', () => {
    expect(found('en', 'The hearing was in San Jose.')).toEqual([]);
    expect(found('en', 'The presidency of Costa Rica in San José said so.')).toEqual(['CR']);
  });
});
