import { describe, expect, it } from 'vitest';
import { articleOf, developmentReader, noProvenance } from './fixtures.ts';

/** One sentence a stage and language; `{}` is where the country stands, in the form that the place needs. */
interface Frame {
  language: string;
  title: string;
  lead: string;
  stage: string;
}

const agreed: readonly Frame[] = [
  {
    language: 'en',
    title: '{} agrees to take in deportees from the United States',
    lead: 'The government of {} said on Monday that it would receive migrants deported by the United States.',
    stage: 'agreed',
  },
  {
    language: 'es',
    title: '{} acepta recibir a migrantes deportados por Estados Unidos',
    lead: 'El Gobierno anunció el lunes que {} acogerá a personas deportadas por Estados Unidos.',
    stage: 'agreed',
  },
  {
    language: 'fr',
    title: '{} accepte d’accueillir des migrants expulsés des États-Unis',
    lead: 'Le gouvernement a annoncé lundi un accord avec Washington : {} accueillera des étrangers expulsés.',
    stage: 'agreed',
  },
  {
    language: 'pt',
    title: '{} aceita receber deportados dos Estados Unidos',
    lead: 'O Governo anunciou na segunda-feira que {} vai receber migrantes deportados pelos Estados Unidos.',
    stage: 'agreed',
  },
  {
    language: 'sr',
    title: '{} прихвата мигранте депортоване из САД',
    lead: '{} је постигла споразум са Вашингтоном о прихвату депортованих, саопштено је у понедељак.',
    stage: 'agreed',
  },
  {
    language: 'bs',
    title: '{} prihvata migrante deportovane iz SAD-a',
    lead: 'Postignut je sporazum s Washingtonom: {} će primiti deportovane migrante, saopćeno je u ponedjeljak.',
    stage: 'agreed',
  },
  {
    language: 'hr',
    title: '{} prihvaća migrante deportirane iz SAD-a',
    lead: 'Postignut je sporazum s Washingtonom: {} će primiti deportirane migrante, objavljeno je u ponedjeljak.',
    stage: 'agreed',
  },
  {
    language: 'sq',
    title: '{} pranon të presë emigrantë të dëbuar nga SHBA',
    lead: 'Qeveria tha të hënën se {} do të pranojë emigrantë të deportuar nga Shtetet e Bashkuara.',
    stage: 'agreed',
  },
  {
    language: 'ar',
    title: '{} توافق على استقبال مهاجرين مرحلين من الولايات المتحدة',
    lead: 'أعلنت الحكومة يوم الاثنين أن {} ستستقبل مهاجرين رحلتهم الولايات المتحدة.',
    stage: 'agreed',
  },
];

const refused: readonly Frame[] = [
  {
    language: 'en',
    title: '{} refuses to take US deportees',
    lead: 'The foreign ministry of {} rejected the request on Monday.',
    stage: 'refused',
  },
  {
    language: 'es',
    title: '{} rechaza recibir a deportados de Estados Unidos',
    lead: '{} rechazó el lunes la petición de Washington.',
    stage: 'refused',
  },
  {
    language: 'fr',
    title: '{} refuse d’accueillir des expulsés des États-Unis',
    lead: '{} a rejeté lundi la demande de Washington.',
    stage: 'refused',
  },
  {
    language: 'pt',
    title: '{} recusa receber deportados dos Estados Unidos',
    lead: '{} rejeitou na segunda-feira o pedido de Washington.',
    stage: 'refused',
  },
  {
    language: 'sr',
    title: '{} одбија да прими депортоване из САД',
    lead: '{} је одбила захтев Вашингтона.',
    stage: 'refused',
  },
  {
    language: 'bs',
    title: '{} odbija primiti deportovane iz SAD-a',
    lead: '{} je odbila zahtjev Washingtona.',
    stage: 'refused',
  },
  {
    language: 'hr',
    title: '{} odbija primiti deportirane iz SAD-a',
    lead: '{} je odbila zahtjev Washingtona.',
    stage: 'refused',
  },
  {
    language: 'sq',
    title: '{} refuzon të pranojë të dëbuar nga SHBA',
    lead: '{} hodhi poshtë kërkesën e Uashingtonit.',
    stage: 'refused',
  },
  {
    language: 'ar',
    title: '{} ترفض استقبال مرحلين من الولايات المتحدة',
    lead: 'رفضت {} طلب واشنطن يوم الاثنين.',
    stage: 'refused',
  },
];

const asked: readonly Frame[] = [
  {
    language: 'en',
    title: 'United States asks {} to accept deportees',
    lead: 'Washington has asked {} to take in migrants it deports.',
    stage: 'approached',
  },
  {
    language: 'es',
    title: 'Estados Unidos pide a {} que acoja a deportados',
    lead: 'Washington ha pedido a {} que reciba a migrantes deportados.',
    stage: 'approached',
  },
  {
    language: 'fr',
    title: 'Les États-Unis demandent à {} d’accueillir des expulsés',
    lead: 'Washington a demandé à {} de recevoir des étrangers expulsés.',
    stage: 'approached',
  },
  {
    language: 'pt',
    title: 'Estados Unidos pedem a {} que receba deportados',
    lead: 'Washington pediu a {} que acolha migrantes deportados.',
    stage: 'approached',
  },
  {
    language: 'sr',
    title: 'САД траже да {} прими депортоване',
    lead: 'Вашингтон је затражио да {} прими мигранте.',
    stage: 'approached',
  },
  {
    language: 'bs',
    title: 'SAD traže da {} primi deportovane',
    lead: 'Washington je zatražio da {} primi migrante.',
    stage: 'approached',
  },
  {
    language: 'hr',
    title: 'SAD traži da {} primi deportirane',
    lead: 'Washington je zatražio da {} primi migrante.',
    stage: 'approached',
  },
  {
    language: 'sq',
    title: 'SHBA kërkon që {} të presë të dëbuar',
    lead: 'Uashingtoni ka kërkuar që {} të presë emigrantë.',
    stage: 'approached',
  },
  {
    language: 'ar',
    title: 'الولايات المتحدة تطلب من {} استقبال مرحلين',
    lead: 'طلبت واشنطن من {} استقبال مهاجرين.',
    stage: 'approached',
  },
];

const banned: readonly Frame[] = [
  {
    language: 'en',
    title: 'US travel ban: {} added to list',
    lead: 'President Trump signed a proclamation on Tuesday; {} is on its list.',
    stage: 'signed',
  },
  {
    language: 'es',
    title: 'Veto migratorio de Estados Unidos: {}, en la lista',
    lead: 'Trump firmó el martes una proclamación que incluye a {}.',
    stage: 'signed',
  },
  {
    language: 'fr',
    title: 'Interdiction d’entrée aux États-Unis : {} sur la liste',
    lead: 'Donald Trump a signé mardi une proclamation ; {} figure sur sa liste.',
    stage: 'signed',
  },
  {
    language: 'pt',
    title: 'Proibição de entrada nos Estados Unidos: {} na lista',
    lead: 'Donald Trump assinou na terça-feira uma proclamação que inclui {}.',
    stage: 'signed',
  },
  {
    language: 'sr',
    title: 'Забрана уласка у САД: {} на списку',
    lead: 'Доналд Трамп потписао је у уторак прокламацију, а {} је на списку.',
    stage: 'signed',
  },
  {
    language: 'bs',
    title: 'Zabrana ulaska u SAD: {} na spisku',
    lead: 'Donald Trump potpisao je u utorak proklamaciju, a {} je na spisku.',
    stage: 'signed',
  },
  {
    language: 'hr',
    title: 'Zabrana ulaska u SAD: {} na popisu',
    lead: 'Donald Trump potpisao je u utorak proklamaciju, a {} je na popisu.',
    stage: 'signed',
  },
  {
    language: 'sq',
    title: 'Ndalimi i hyrjes në SHBA: {} në listë',
    lead: 'Donald Trump nënshkroi të martën një proklamatë; {} është në listë.',
    stage: 'signed',
  },
  {
    language: 'ar',
    title: 'حظر دخول الولايات المتحدة: {} على القائمة',
    lead: 'وقع ترامب يوم الثلاثاء إعلانا رئاسيا، و {} على القائمة.',
    stage: 'signed',
  },
];

/** Names that differ by a letter or a word, as each language writes them. */
const twins: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: {
    RW: 'Rwanda',
    UG: 'Uganda',
    NE: 'Niger',
    NG: 'Nigeria',
    CD: 'DR Congo',
    CG: 'Republic of the Congo',
    GN: 'Guinea',
    GQ: 'Equatorial Guinea',
    GW: 'Guinea-Bissau',
    PG: 'Papua New Guinea',
    SD: 'Sudan',
    SS: 'South Sudan',
    DM: 'Dominica',
    DO: 'Dominican Republic',
    GE: 'Georgia',
  },
  es: {
    RW: 'Ruanda',
    UG: 'Uganda',
    NE: 'Níger',
    NG: 'Nigeria',
    CD: 'República Democrática del Congo',
    CG: 'República del Congo',
    GN: 'Guinea',
    GQ: 'Guinea Ecuatorial',
    GW: 'Guinea-Bisáu',
    PG: 'Papúa Nueva Guinea',
    SD: 'Sudán',
    SS: 'Sudán del Sur',
    DM: 'Dominica',
    DO: 'República Dominicana',
    GE: 'Georgia',
  },
  fr: {
    RW: 'Rwanda',
    UG: 'Ouganda',
    NE: 'Niger',
    NG: 'Nigeria',
    CD: 'République démocratique du Congo',
    CG: 'République du Congo',
    GN: 'Guinée',
    GQ: 'Guinée équatoriale',
    GW: 'Guinée-Bissau',
    PG: 'Papouasie-Nouvelle-Guinée',
    SD: 'Soudan',
    SS: 'Soudan du Sud',
    DM: 'La Dominique',
    DO: 'République dominicaine',
    GE: 'Géorgie',
  },
  pt: {
    RW: 'Ruanda',
    UG: 'Uganda',
    NE: 'Níger',
    NG: 'Nigéria',
    CD: 'República Democrática do Congo',
    CG: 'República do Congo',
    GN: 'Guiné',
    GQ: 'Guiné Equatorial',
    GW: 'Guiné-Bissau',
    PG: 'Papua-Nova Guiné',
    SD: 'Sudão',
    SS: 'Sudão do Sul',
    DM: 'Dominica',
    DO: 'República Dominicana',
    GE: 'Geórgia',
  },
  sr: {
    RW: 'Руанда',
    UG: 'Уганда',
    NE: 'Нигер',
    NG: 'Нигерија',
    CD: 'ДР Конго',
    CG: 'Република Конго',
    GN: 'Гвинеја',
    GQ: 'Екваторијална Гвинеја',
    GW: 'Гвинеја Бисао',
    PG: 'Папуа Нова Гвинеја',
    SD: 'Судан',
    SS: 'Јужни Судан',
    DM: 'Доминика',
    DO: 'Доминиканска Република',
    GE: 'Грузија',
  },
  bs: {
    RW: 'Ruanda',
    UG: 'Uganda',
    NE: 'Niger',
    NG: 'Nigerija',
    CD: 'Demokratska Republika Kongo',
    CG: 'Republika Kongo',
    GN: 'Gvineja',
    GQ: 'Ekvatorijalna Gvineja',
    GW: 'Gvineja Bisau',
    PG: 'Papua Nova Gvineja',
    SD: 'Sudan',
    SS: 'Južni Sudan',
    DM: 'Dominika',
    DO: 'Dominikanska Republika',
    GE: 'Gruzija',
  },
  hr: {
    RW: 'Ruanda',
    UG: 'Uganda',
    NE: 'Niger',
    NG: 'Nigerija',
    CD: 'Demokratska Republika Kongo',
    CG: 'Republika Kongo',
    GN: 'Gvineja',
    GQ: 'Ekvatorska Gvineja',
    GW: 'Gvineja Bisau',
    PG: 'Papua Nova Gvineja',
    SD: 'Sudan',
    SS: 'Južni Sudan',
    DM: 'Dominika',
    DO: 'Dominikanska Republika',
    GE: 'Gruzija',
  },
  sq: {
    RW: 'Ruanda',
    UG: 'Uganda',
    NE: 'Nigeri',
    NG: 'Nigeria',
    CD: 'Republika Demokratike e Kongos',
    CG: 'Republika e Kongos',
    GN: 'Guineja',
    GQ: 'Guineja Ekuatoriale',
    GW: 'Guineja Bisau',
    PG: 'Papua Guineja e Re',
    SD: 'Sudani',
    SS: 'Sudani i Jugut',
    DM: 'Dominika',
    DO: 'Republika Dominikane',
    GE: 'Gjeorgjia',
  },
  ar: {
    RW: 'رواندا',
    UG: 'أوغندا',
    NE: 'النيجر',
    NG: 'نيجيريا',
    CD: 'جمهورية الكونغو الديمقراطية',
    CG: 'جمهورية الكونغو',
    GN: 'غينيا',
    GQ: 'غينيا الاستوائية',
    GW: 'غينيا بيساو',
    PG: 'بابوا غينيا الجديدة',
    SD: 'السودان',
    SS: 'جنوب السودان',
    DM: 'دومينيكا',
    DO: 'جمهورية الدومينيكان',
    GE: 'جورجيا',
  },
};

const read = developmentReader();
const cases = [...agreed, ...refused, ...asked].flatMap((frame) =>
  Object.entries(twins[frame.language] ?? {}).map(([code, name]) => ({ ...frame, code, name })),
);

describe('near-twins told in the same words', () => {
  it.each(cases)('keeps $code apart in $language, $stage', ({ language, title, lead, stage, code, name }) => {
    const article = articleOf({
      language,
      title: title.replaceAll('{}', name),
      text: lead.replaceAll('{}', name),
    });
    const reading = read(article, noProvenance);
    expect(reading.countries.receiving).toEqual([code]);
    expect(reading.stage).toBe(stage);
    expect(reading.matters[0]).toEqual({ id: `removals/${code}`, stage, countries: [code] });
  });

  const listed = banned.flatMap((frame) =>
    Object.entries(twins[frame.language] ?? {}).map(([code, name]) => ({ ...frame, code, name })),
  );

  it.each(listed)(
    'keeps $code apart in $language when it is banned',
    ({ language, title, lead, stage, code, name }) => {
      const article = articleOf({ language, title: title.replaceAll('{}', name), text: lead.replaceAll('{}', name) });
      const reading = read(article, noProvenance);
      expect(reading.countries.banned).toEqual([code]);
      expect(reading.countries.receiving).toEqual([]);
      expect(reading.matters[0]).toEqual({ id: `ban/${code}`, stage, countries: [code] });
    },
  );
});
