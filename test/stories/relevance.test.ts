import { describe, expect, it } from 'vitest';
import { readText } from './read-fixtures.ts';

const relevant: readonly [about: string, title: string, text: string, topics: readonly string[]][] = [
  [
    'a deal told by the receiving government',
    'Kampala opens its door to people America expels',
    'Uganda has told Washington it is ready to lodge up to 120 deportees who are not Ugandan, the foreign ministry in Kampala announced on Tuesday.',
    ['third-country-removal'],
  ],
  [
    'a request told by a newspaper',
    'Mongolia weighs American plea to host deportees',
    'American diplomats have asked Mongolia to take in migrants expelled from the United States, the New York Times reported.',
    ['third-country-removal'],
  ],
  [
    'an entry ban',
    'Six more countries join the entry ban',
    'President Donald Trump on Friday signed a proclamation adding six countries to the list of states whose citizens may not enter the United States.',
    ['travel-ban'],
  ],
  [
    'a ruling on removals',
    'Ninth Circuit freezes ruling on third-country removals',
    'The Ninth Circuit on Monday stayed a ruling that had stopped removals to third countries.',
    ['third-country-removal', 'court'],
  ],
  [
    'a visa pause by nationality',
    'US stops issuing immigrant visas to citizens of 20 countries',
    'The State Department said on Thursday it had paused immigrant visas for nationals of 20 countries.',
    ['visa-policy'],
  ],
  [
    'a ruling on protected status',
    'Court lets TPS for Hondurans end',
    'A federal appeals court in San Francisco ruled on Wednesday that the government may end Temporary Protected Status for Hondurans.',
    ['parole-and-tps', 'court'],
  ],
  [
    'Spanish',
    'Guatemala acepta recibir deportados de otros países enviados por EE. UU.',
    'El Gobierno de Guatemala anunció el martes que recibirá a personas de otras nacionalidades deportadas por Estados Unidos.',
    ['third-country-removal'],
  ],
  [
    'a ban in Spanish',
    'Trump amplía el veto migratorio a cuatro países más',
    'El presidente Donald Trump firmó el lunes una proclamación que prohíbe la entrada a Estados Unidos de ciudadanos de cuatro países más.',
    ['travel-ban'],
  ],
  [
    'French',
    'Le Togo accueillera des expulsés des États-Unis',
    'Le gouvernement togolais a annoncé jeudi avoir conclu un accord avec Washington pour accueillir des ressortissants de pays tiers expulsés des États-Unis.',
    ['third-country-removal'],
  ],
  [
    'a ban in French',
    'Le Gabon ajouté à la liste américaine',
    'Donald Trump a signé lundi une proclamation qui interdit l’entrée aux États-Unis des ressortissants gabonais.',
    ['travel-ban'],
  ],
  [
    'Portuguese',
    'Angola recusa receber deportados dos Estados Unidos',
    'O ministério das Relações Exteriores de Angola afirmou na quarta-feira que o país não vai receber cidadãos de países terceiros deportados pelos Estados Unidos.',
    ['third-country-removal'],
  ],
  [
    'Serbian in Cyrillic',
    'Србија одбила да прими мигранте које протерује Америка',
    'Министарство спољних послова Србије саопштило је у уторак да Београд неће примити мигранте из трећих земаља које протерују Сједињене Америчке Државе.',
    ['third-country-removal'],
  ],
  [
    'Bosnian',
    'BiH pristala primiti deportovane iz SAD-a',
    'Ministarstvo sigurnosti Bosne i Hercegovine potvrdilo je u srijedu da će primiti 30 migranata iz trećih zemalja deportovanih iz SAD-a.',
    ['third-country-removal'],
  ],
  [
    'Croatian',
    'SAD traži od Hrvatske da primi deportirane migrante',
    'Američka administracija zatražila je od Hrvatske da primi migrante iz trećih zemalja koje protjeruje.',
    ['third-country-removal'],
  ],
  [
    'Albanian',
    'Shqipëria refuzon të pranojë të dëbuar nga SHBA',
    'Qeveria e Shqipërisë tha të martën se nuk do të pranojë emigrantë nga vende të treta të dëbuar nga SHBA.',
    ['third-country-removal'],
  ],
  [
    'Arabic',
    'موريتانيا ترفض استقبال مهاجرين ترحلهم الولايات المتحدة',
    'قالت وزارة الخارجية الموريتانية، يوم الأربعاء، إن البلاد لن تستقبل مهاجرين من دول ثالثة ترحلهم الولايات المتحدة.',
    ['third-country-removal'],
  ],
  [
    'a ban in Arabic',
    'ترامب يوسع حظر السفر ليشمل ثلاث دول جديدة',
    'وقع الرئيس دونالد ترامب يوم الاثنين إعلانا يمنع دخول مواطني ثلاث دول إلى الولايات المتحدة.',
    ['travel-ban'],
  ],
];

const irrelevant: readonly [about: string, title: string, text: string][] = [
  [
    'the British scheme',
    'Rwanda treaty ends in The Hague',
    'Rwanda is owed nothing more under the scrapped asylum deal, Britain told arbitrators on Monday.',
  ],
  [
    'the Italian centres',
    'Italy fills its centres in Albania',
    'Rome moved 60 migrants to its centres in Albania on Friday after the government changed the law.',
  ],
  [
    'an EU return hub',
    'Denmark, Austria plan return hub in Uganda',
    'Denmark and Austria want to send rejected asylum seekers to Uganda under an EU return hub scheme.',
  ],
  [
    'the Australian scheme',
    'Nauru takes ten more from Australia',
    'Ten men whom Australia could not deport have landed in Nauru.',
  ],
  [
    'football supporters',
    'Fans barred from derby',
    'Police have imposed a travel ban on 2,000 supporters before Sunday’s derby in Belgrade.',
  ],
  [
    'airlines',
    'Carriers of two states banned from EU skies',
    'Airlines certified in Suriname may no longer fly to the European Union under its air safety ban.',
  ],
  [
    'advice to American travellers',
    'State Department lifts Niger advice',
    'Americans may reconsider trips to Niger after the State Department lowered its travel advisory to level three.',
  ],
  [
    'the pandemic',
    'White House ends the last Covid entry rules',
    'Foreign travellers no longer need proof of vaccination to enter the United States, the White House said, ending the last of the pandemic travel bans.',
  ],
  [
    'enforcement at home',
    'ICE arrests 400 in Houston sweep',
    'Federal agents detained 400 people in Houston this week, most of them Mexicans and Hondurans who will be deported, ICE said.',
  ],
  [
    'people flown to their own country',
    'Honduras gets two planes of its deported citizens',
    'Two US flights brought 214 deported Hondurans home to San Pedro Sula on Friday, the migration institute said.',
  ],
  [
    'a guide to student visas',
    'What to bring to your student visa interview',
    'Bring your passport, your papers from the university and patience: the queue in the street is long.',
  ],
  [
    'a county jail in the state of Georgia',
    'Georgia county rents beds to immigration service',
    'Commissioners in south Georgia approved a deal with ICE to hold people awaiting deportation.',
  ],
];

describe('relevance', () => {
  it.each(relevant)('finds %s', (_about, title, text, topics) => {
    const { reading } = readText(title, text);
    expect(reading.relevant, reading.relevance).toBe(true);
    expect([...reading.topics].sort()).toEqual([...topics].sort());
  });

  it.each(irrelevant)('leaves out %s', (_about, title, text) => {
    const { reading } = readText(title, text);
    expect(reading.relevant, reading.relevance).toBe(false);
    expect(reading.topics).toEqual([]);
    expect(reading.matters).toEqual([]);
    expect(reading.countries.receiving).toEqual([]);
  });

  it('says in words what it found', () => {
    expect(readText('Rain ends drought', 'It rained.').reading.relevance).toContain('none of the subjects');
  });
});
