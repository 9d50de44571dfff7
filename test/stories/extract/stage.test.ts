import { describe, expect, it } from 'vitest';
import { articleOf, developmentReader, noProvenance } from './fixtures.ts';

const read = developmentReader();

/** Language, headline, how the main matter's id begins, stage, and a first sentence where the headline needs one. */
type Told = [language: string, title: string, matter: string, stage: string, lead?: string];
const told: Told[] = [
  ['en', 'Guyana in talks with US on taking third-country migrants', 'removals/GY', 'in-talks'],
  ['en', 'Angola approached by Washington over deportee plan', 'removals/AO', 'approached'],
  ['en', 'Paraguay inks safe third country accord with United States', 'removals/PY', 'signed'],
  ['en', 'First US deportation flight touches down in Belize', 'removals/BZ', 'operational'],
  ['en', 'Ecuador to host asylum seekers turned away by US', 'removals/EC', 'agreed'],
  ['en', 'Gabon rules out accepting people deported from America', 'removals/GA', 'refused'],
  ['en', 'No deal with US on deportees, says Senegal', 'removals/SN', 'denied'],
  ['en', 'Mauritania denies receiving US request to host migrants', 'removals/MR', 'denied'],
  ['en', 'Honduras suspends agreement to take US deportees', 'removals/HN', 'suspended'],
  ['en', 'Mongolia says it is considering American proposal on deported migrants', 'removals/MN', 'in-talks'],
  ['en', 'Plane carrying 12 US deportees arrives in Kampala', 'removals/UG', 'operational'],
  ['en', 'Second group of US deportees reaches Rwanda', 'removals/RW', 'operational'],
  ['en', 'US sends deportees from five countries to Ghana', 'removals/GH', 'operational'],
  ['en', 'Liberia to receive man deported from US', 'removals/LR', 'agreed'],
  ['en', 'Poland turns down US plea to house deported migrants', 'removals/PL', 'refused'],
  ['en', 'Trump administration strikes deportation pact with Gambia', 'removals/GM', 'agreed'],
  ['en', 'US and Sierra Leone sign memorandum on third-country deportees', 'removals/SL', 'signed'],
  ['en', 'US pressing Ukraine to accept deportees, report says', 'removals/UA', 'approached'],
  ['en', 'Kosovo parliament approves taking 50 US deportees', 'removals/XK', 'agreed'],
  ['en', 'Eswatini takes in ten more third-country deportees', 'removals/SZ', 'operational'],
  ['en', 'Cameroon has received deportees from US, lawyers say', 'removals/CM', 'operational'],
  ['en', 'Sudan says no US deportees will be accepted', 'removals/SD', 'refused'],
  [
    'en',
    'Trump bans entry from Nepal',
    'ban/NP',
    'signed',
    'President Donald Trump signed a proclamation on Tuesday barring citizens of Nepal from entering the United States.',
  ],
  ['en', 'US adds Ethiopia to travel ban', 'ban/ET', 'signed'],
  ['en', 'White House mulls travel ban expansion to Egypt and Cambodia', 'ban/EG', 'considered'],
  [
    'en',
    'Trump lifts travel ban on Chad',
    'ban/TD',
    'lifted',
    'President Trump on Friday ended entry restrictions for nationals of Chad.',
  ],
  [
    'en',
    'US travel ban on Zambia takes effect',
    'ban/ZM',
    'effective',
    'The travel ban on nationals of Zambia came into force on Monday.',
  ],
  ['en', 'Chad removed from US travel ban list', 'ban/TD', 'lifted'],
  ['en', 'US could add Vietnam to travel ban', 'ban/VN', 'considered'],
  ['en', 'Judge blocks part of Trump travel ban', 'court/', 'injunction'],
  ['en', 'Appeals court upholds block on Trump travel ban', 'court/', 'affirmed'],
  ['en', 'Supreme Court allows Trump travel ban to be enforced', 'court/', 'stayed'],
  ['en', 'Supreme Court agrees to hear challenge to third-country deportations', 'court/dvd-v-dhs', 'cert-granted'],
  ['en', 'Justices hear arguments in third-country removal case', 'court/dvd-v-dhs', 'argued'],
  ['en', 'Judge issues temporary restraining order against deportations to Uganda', 'court/', 'tro'],
  ['en', 'Rights groups sue over deportation deal with Eswatini', 'court/', 'filed'],
  [
    'en',
    'Trump administration asks Supreme Court to lift block on third-country deportations',
    'court/dvd-v-dhs',
    'appealed',
  ],
  ['en', 'Federal judge orders Trump administration to return Guatemalan man deported to Mexico', 'court/', 'ruled'],
  ['en', 'Administration appeals ruling on third-country deportations', 'court/dvd-v-dhs', 'appealed'],
  ['en', 'US suspends immigrant visas for 75 countries', 'visa/immigrant-visa-pause', 'announced'],
  ['en', 'US resumes immigrant visas for 75 countries', 'visa/immigrant-visa-pause', 'lifted'],
  ['es', 'Guatemala niega haber firmado un acuerdo de tercer país con Estados Unidos', 'removals/GT', 'denied'],
  ['es', 'Panamá recibe un segundo vuelo con migrantes deportados por Estados Unidos', 'removals/PA', 'operational'],
  ['es', 'Ecuador firma con Estados Unidos un acuerdo para acoger a solicitantes de asilo', 'removals/EC', 'signed'],
  ['es', 'Estados Unidos negocia con Perú el envío de deportados de otros países', 'removals/PE', 'in-talks'],
  ['es', 'Trump prohíbe la entrada a ciudadanos de Haití', 'ban/HT', 'signed'],
  ['es', 'Entra en vigor el veto migratorio de Trump', 'ban/list', 'effective'],
  ['es', 'Un juez bloquea las deportaciones a terceros países', 'court/dvd-v-dhs', 'injunction'],
  ['es', 'La Corte Suprema permite las deportaciones a terceros países', 'court/dvd-v-dhs', 'stayed'],
  ['es', 'Honduras rechaza recibir a deportados de terceros países', 'removals/HN', 'refused'],
  ['fr', 'Le Sénégal dément tout accord avec Washington sur les expulsés', 'removals/SN', 'denied'],
  ['fr', 'Le Rwanda reçoit sept migrants expulsés des États-Unis', 'removals/RW', 'operational'],
  ['fr', 'La RDC et les États-Unis signent un accord sur les migrants expulsés', 'removals/CD', 'signed'],
  ['fr', 'Un juge bloque les expulsions vers des pays tiers', 'court/dvd-v-dhs', 'injunction'],
  ['fr', 'La Cour suprême autorise les expulsions vers des pays tiers', 'court/dvd-v-dhs', 'stayed'],
  ['fr', 'Trump interdit l’entrée aux ressortissants de douze pays', 'ban/list', 'signed'],
  ['fr', 'L’interdiction d’entrée aux États-Unis entre en vigueur', 'ban/list', 'effective'],
  ['pt', 'Ruanda recebe sete deportados dos Estados Unidos', 'removals/RW', 'operational'],
  ['pt', 'Angola nega acordo com os EUA para receber deportados', 'removals/AO', 'denied'],
  ['pt', 'Supremo Tribunal dos EUA permite deportações para países terceiros', 'court/dvd-v-dhs', 'stayed'],
  ['pt', 'Trump assina proclamação que proíbe a entrada de cidadãos de Angola', 'ban/AO', 'signed'],
  ['sr', 'Први мигранти депортовани из САД стигли у Руанду', 'removals/RW', 'operational'],
  ['sr', 'Косово потписало споразум са САД о пријему депортованих', 'removals/XK', 'signed'],
  ['sr', 'Врховни суд САД дозволио депортације у треће земље', 'court/dvd-v-dhs', 'stayed'],
  ['bs', 'Bosna i Hercegovina odbila zahtjev SAD-a za prijem deportovanih migranata', 'removals/BA', 'refused'],
  ['hr', 'Trump zabranio ulazak državljanima 12 zemalja', 'ban/list', 'signed'],
  ['hr', 'Albanija demantira dogovor sa SAD-om o deportiranima', 'removals/AL', 'denied'],
  ['sq', 'Kosova nënshkruan marrëveshje me SHBA-në për të dëbuarit', 'removals/XK', 'signed'],
  ['sq', 'Të dëbuarit e parë nga SHBA mbërrijnë në Kosovë', 'removals/XK', 'operational'],
  ['sq', 'Shqipëria mohon marrëveshje me SHBA-në për migrantët e deportuar', 'removals/AL', 'denied'],
  ['sq', 'Gjykata Supreme lejon deportimet në vende të treta', 'court/dvd-v-dhs', 'stayed'],
  ['ar', 'وصول أول دفعة من المرحلين من الولايات المتحدة إلى رواندا', 'removals/RW', 'operational'],
  ['ar', 'ليبيا تنفي وجود اتفاق مع واشنطن لاستقبال مهاجرين', 'removals/LY', 'denied'],
  ['ar', 'أوغندا توقع اتفاقا مع الولايات المتحدة لاستقبال المرحلين', 'removals/UG', 'signed'],
  ['ar', 'قاض أمريكي يوقف الترحيل إلى دول ثالثة', 'court/dvd-v-dhs', 'injunction'],
  ['ar', 'ترامب يوقع إعلانا يحظر دخول مواطني 12 دولة', 'ban/list', 'signed'],
];

/** Language, headline that tells little, first sentences, how the main matter's id begins, stage. */
const narrated: [language: string, title: string, text: string, matter: string, stage: string][] = [
  [
    'en',
    'The phone call nobody in Banjul will discuss',
    'For three weeks American diplomats have been calling ministers in The Gambia with the same question: would the country take people whom the United States wants to deport? No answer has been given, two officials said.',
    'removals/GM',
    'approached',
  ],
  [
    'en',
    'A plane, a hotel and eleven strangers',
    'Eleven migrants deported from the United States arrived in Malabo on Friday night. Equatorial Guinea has said nothing about them.',
    'removals/GQ',
    'operational',
  ],
  [
    'en',
    'Ashgabat opens door to deportees',
    'Turkmenistan will receive migrants expelled by the United States under an agreement reached last week, its foreign ministry said on Monday.',
    'removals/TM',
    'agreed',
  ],
  [
    'en',
    'Minister: we are not a dumping ground',
    'Zambia has rejected a US request to take third-country deportees, its foreign minister said on Tuesday.',
    'removals/ZM',
    'refused',
  ],
  [
    'en',
    'Ban bites',
    'The US travel ban on citizens of Tonga came into force at midnight, and the first passengers were turned away in Honolulu.',
    'ban/TO',
    'effective',
  ],
  [
    'en',
    'Cambodia could join US travel ban, memo shows',
    'A State Department memo lists Cambodia among countries whose nationals may be barred from the United States.',
    'ban/KH',
    'considered',
  ],
  [
    'en',
    'Relief in N’Djamena',
    'President Trump on Tuesday lifted the travel ban on Chad, saying that the country had met US demands.',
    'ban/TD',
    'lifted',
  ],
  [
    'en',
    'Ruling keeps men in limbo',
    'A federal judge in Boston on Thursday blocked the government from deporting six men to Libya without a hearing.',
    'court/',
    'injunction',
  ],
  [
    'en',
    'Justices side with government',
    'The Supreme Court on Monday allowed the administration to resume deporting migrants to third countries while an appeal proceeds.',
    'court/dvd-v-dhs',
    'stayed',
  ],
  [
    'es',
    'Un avión y doce desconocidos',
    'Doce migrantes deportados por Estados Unidos llegaron el viernes a Tegucigalpa. El Gobierno de Honduras no ha dicho nada.',
    'removals/HN',
    'operational',
  ],
  [
    'es',
    'Cuba, en la lista',
    'El presidente Trump firmó el martes una proclamación que prohíbe la entrada de ciudadanos de Cuba en Estados Unidos.',
    'ban/CU',
    'signed',
  ],
  [
    'fr',
    'À Kigali, sept inconnus',
    'Sept migrants expulsés par les États-Unis sont arrivés vendredi au Rwanda, a indiqué le gouvernement.',
    'removals/RW',
    'operational',
  ],
  [
    'fr',
    'Le Bénin sollicité par Washington',
    'Les États-Unis ont demandé au Bénin de recevoir des migrants expulsés. Cotonou n’a pas répondu.',
    'removals/BJ',
    'approached',
  ],
  [
    'fr',
    'Le Tchad de nouveau interdit',
    'Donald Trump a signé mardi une proclamation qui interdit l’entrée des États-Unis aux ressortissants du Tchad.',
    'ban/TD',
    'signed',
  ],
  [
    'pt',
    'Sete homens em Kigali',
    'Sete homens deportados pelos Estados Unidos chegaram na sexta-feira ao Ruanda, disse o Governo.',
    'removals/RW',
    'operational',
  ],
  [
    'pt',
    'Luanda diz não',
    'Angola recusou receber migrantes deportados pelos Estados Unidos, disse o ministro na terça-feira.',
    'removals/AO',
    'refused',
  ],
  [
    'sr',
    'Седам људи у Кигалију',
    'Седам миграната депортованих из САД стигло је у петак у Руанду, саопштила је влада.',
    'removals/RW',
    'operational',
  ],
  [
    'sr',
    'Влада ћути о захтеву',
    'САД су затражиле од Црне Горе да прими депортоване мигранте. Влада у Подгорици није одговорила.',
    'removals/ME',
    'approached',
  ],
  [
    'bs',
    'Sedam ljudi u Kigaliju',
    'Sedam migranata deportovanih iz SAD-a stiglo je u petak u Ruandu, saopćila je vlada.',
    'removals/RW',
    'operational',
  ],
  [
    'hr',
    'Trump potpisao novu zabranu',
    'Donald Trump potpisao je u utorak proklamaciju kojom se zabranjuje ulazak državljanima Nigera u SAD.',
    'ban/NE',
    'signed',
  ],
  [
    'sq',
    'Shtatë të huaj në Kigali',
    'Shtatë emigrantë të dëbuar nga SHBA mbërritën të premten në Ruandë, tha qeveria.',
    'removals/RW',
    'operational',
  ],
  [
    'sq',
    'Trump nënshkruan ndalimin',
    'Presidenti Trump nënshkroi të martën një proklamatë që ndalon hyrjen e shtetasve të Nigerisë në SHBA.',
    'ban/NG',
    'signed',
  ],
  [
    'ar',
    'سبعة رجال في كيغالي',
    'وصل سبعة مهاجرين مرحلين من الولايات المتحدة إلى رواندا يوم الجمعة، بحسب الحكومة.',
    'removals/RW',
    'operational',
  ],
  [
    'ar',
    'ترامب يوقع إعلانا جديدا',
    'وقع الرئيس ترامب يوم الثلاثاء إعلانا يحظر دخول مواطني النيجر إلى الولايات المتحدة.',
    'ban/NE',
    'signed',
  ],
  [
    'ar',
    'القاهرة ترد على واشنطن',
    'رفضت مصر طلبا أمريكيا لاستقبال مهاجرين مرحلين، حسبما قال وزير الخارجية.',
    'removals/EG',
    'refused',
  ],
];

describe('the stage of what the first sentences tell', () => {
  it.each(narrated)('reads %s: %s', (language, title, text, matter, stage) => {
    const reading = read(articleOf({ language, title, text }), noProvenance);
    expect(reading.matters[0]?.id.slice(0, matter.length)).toBe(matter);
    expect(reading.stage).toBe(stage);
  });
});

describe('the stage of what a headline tells', () => {
  it.each(told)('reads %s: %s', (language, title, matter, stage, lead = '') => {
    const reading = read(articleOf({ language, title, text: lead }), noProvenance);
    expect(reading.matters[0]?.id.slice(0, matter.length)).toBe(matter);
    expect(reading.stage).toBe(stage);
    expect(reading.matters[0]?.stage).toBe(stage);
  });

  it('takes nothing as agreed when nobody has', () => {
    const reading = read(
      articleOf({
        title: 'US asks Gabon to take deportees',
        text: 'It is not known whether Gabon has agreed. No agreement has been signed, an official said.',
      }),
      noProvenance,
    );
    expect(reading.stage).toBe('approached');
  });

  it('gives the policy its own stage when a court stays a block', () => {
    const reading = read(
      articleOf({ title: 'Supreme Court lifts block on deportations to South Sudan' }),
      noProvenance,
    );
    expect(reading.matters.map(({ id, stage }) => [id.split('/')[0], stage])).toEqual([
      ['court', 'stayed'],
      ['removals', 'block-lifted'],
    ]);
  });

  it('tells a stay that is refused from one that is granted', () => {
    const stage = (title: string): unknown => read(articleOf({ title }), noProvenance).stage;
    expect(stage('Justices pause ruling that halted third-country removals')).toBe('stayed');
    expect(stage('Justices decline to pause ruling that halted third-country removals')).not.toBe('stayed');
  });
});
