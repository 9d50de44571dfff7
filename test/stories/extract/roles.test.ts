import { describe, expect, it } from 'vitest';
import { articleOf, developmentReader, noProvenance } from './fixtures.ts';

const read = developmentReader();
const rolesOf = (title: string, text: string, language = 'en') =>
  read(articleOf({ language, title, text }), noProvenance).countries;

describe('countries by their part', () => {
  it('tells who receives from whose people are moved', () => {
    const roles = rolesOf(
      'Five US deportees land in Eswatini',
      'The five men were handed over on Tuesday. They are from Cuba, Jamaica, Laos, Vietnam and Yemen, the department said.',
    );
    expect(roles).toEqual({
      banned: [],
      receiving: ['SZ'],
      nationality: ['CU', 'JM', 'LA', 'VN', 'YE'],
      mentioned: [],
    });
  });

  it('keeps a precedent and a neighbour as mentioned', () => {
    const roles = rolesOf(
      'Serbia asked to take US deportees',
      'Washington has asked Serbia to accept migrants it deports.\nThe idea has a precedent: Italy runs centres for migrants in Albania.\nThe region, which includes countries like Serbia, Montenegro and Bosnia and Herzegovina, watches.',
    );
    expect(roles.receiving).toEqual(['RS']);
    expect(roles.mentioned).toEqual(['AL', 'BA', 'IT', 'ME']);
  });

  it('takes the town of a signature for the host only where nobody else is named', () => {
    const signed = 'A pact on taking in people whom the United States deports was signed on Friday in New Delhi.';
    expect(rolesOf('Foreign ministry confirms US deportee pact', signed).receiving).toEqual(['IN']);
    const more = `${signed}\nBhutan will take no more than 60 deportees a year.`;
    expect(rolesOf('Foreign ministry confirms US deportee pact', more).receiving).toEqual(['BT']);
  });

  it('lets a country be banned and receiving', () => {
    const roles = rolesOf(
      'Equatorial Guinea agrees to take US deportees',
      'The government in Malabo said so on Monday.\nCitizens of Equatorial Guinea have been barred from the United States since June.',
    );
    expect(roles.receiving).toEqual(['GQ']);
    expect(roles.banned).toEqual(['GQ']);
  });

  it('does not call a country banned that is only threatened', () => {
    const roles = rolesOf(
      'Ghana agrees to take US deportees',
      'Ghana was among the states told to improve or face an entry ban.',
    );
    expect(roles.banned).toEqual([]);
  });

  it('lists every country of a ban but those that are spared', () => {
    const roles = rolesOf(
      'Antigua and Dominica put on US travel ban list',
      'Nationals of Antigua and Barbuda and of Dominica will be refused visas under a proclamation signed on Tuesday.\nThe Dominican Republic is not affected. Grenada and Saint Lucia were spared.',
    );
    expect(roles.banned).toEqual(['AG', 'DM']);
    expect(roles.mentioned).toEqual(['DO', 'GD', 'LC']);
  });

  it('takes the countries of a visa pause as nationalities, never as banned', () => {
    const roles = rolesOf(
      'US pauses immigrant visas for 75 countries',
      'The State Department said on Wednesday that it would stop issuing immigrant visas. Brazil, Colombia and Russia are on the list.',
    );
    expect(roles).toEqual({ banned: [], receiving: [], nationality: ['BR', 'CO', 'RU'], mentioned: [] });
  });

  it('gives no part to the countries of another government’s scheme', () => {
    const reading = read(
      articleOf({
        title: 'London’s Rwanda flights cost millions, MPs told',
        text: 'The British government paid for flights to Rwanda that never left. Migrants stayed in Britain.',
      }),
      noProvenance,
    );
    expect(reading.american).toBe(false);
    expect(reading.countries).toEqual({ banned: [], receiving: [], nationality: [], mentioned: ['GB', 'RW'] });
    expect(reading.matters).toEqual([]);
  });

  it('gives the countries of an older report to that report alone', () => {
    const article = articleOf({
      title: 'Croatia asked to take US deportees',
      text: 'The United States has asked Croatia to accept deportees.\nThe Example Journal reported in April that Moldova and Kosovo had been approached.',
    });
    const reading = read(article, {
      ...noProvenance,
      earlier: [{ originator: 'The Example Journal', date: '2025-04', sentences: [1] }],
      background: new Set([1]),
    });
    expect(reading.countries.receiving).toEqual(['HR']);
    expect(reading.countries.mentioned).toEqual([]);
    expect(reading.earlier).toEqual([
      { originator: 'The Example Journal', date: '2025-04', stage: 'approached', countries: ['MD', 'XK'] },
    ]);
  });

  it('leaves out a nationality that is excluded', () => {
    const roles = rolesOf(
      'Saint Kitts and Nevis to take Caribbean deportees from US',
      'The government agreed on Monday to take people deported by the United States. Haitians are excluded.',
    );
    expect(roles.nationality).toEqual([]);
  });

  it.each([
    [
      'es',
      'Panamá recibe a deportados de Estados Unidos',
      'El grupo incluye ciudadanos de China, Pakistán y Afganistán.',
      ['AF', 'CN', 'PK'],
    ],
    [
      'fr',
      'Le Ghana reçoit des expulsés des États-Unis',
      'Il s’agit de treize Nigérians et d’un Gambien, dit le président.',
      ['GM', 'NG'],
    ],
    [
      'pt',
      'Essuatíni recebe deportados dos Estados Unidos',
      'São homens do Vietname, da Jamaica e do Laos.',
      ['JM', 'LA', 'VN'],
    ],
    [
      'en',
      'Ghana receives US deportees',
      'Thirteen are Nigerians and one is Gambian, the president said.',
      ['GM', 'NG'],
    ],
  ])('reads nationalities in %s', (language, title, text, expected) => {
    expect(rolesOf(title, text, language).nationality).toEqual(expected);
  });

  it('takes every country of the list that was asked, and not the one told for comparison', () => {
    const roles = rolesOf(
      'Angola among countries asked to take US deportees',
      'The United States has asked Angola, Equatorial Guinea and Ukraine to accept deported migrants. The three would join Rwanda, which signed a deal in August.',
    );
    expect(roles.receiving).toEqual(['AO', 'GQ', 'UA']);
    expect(roles.mentioned).toEqual(['RW']);
  });

  it('leaves out who looks on', () => {
    const roles = rolesOf(
      'Kosovo receives first US deportees as Serbia protests',
      'Two men arrived in Pristina on Thursday.',
    );
    expect(roles.receiving).toEqual(['XK']);
    expect(roles.mentioned).toEqual(['RS']);
  });

  it('knows a foreign court from an American one', () => {
    const reading = read(
      articleOf({
        title: 'Eswatini court hears challenge to US deportee deal',
        text: 'The High Court of Eswatini heard arguments on Friday about people deported by the United States.',
      }),
      noProvenance,
    );
    expect(reading.courts).toEqual([]);
    expect(reading.matters[0]).toEqual({ id: 'court/sz-removal', stage: 'argued', countries: ['SZ'] });
  });
});
