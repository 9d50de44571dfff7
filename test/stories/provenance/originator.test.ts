import { describe, expect, it } from 'vitest';
import { readText } from '../read-fixtures.ts';

function named(title: string, text: string, publisher = 'Example Ledger'): string[] {
  return readText(title, text, { publisher }).reading.originators.map((one) => one.name);
}

const deal = 'The United States has asked Paraguay to receive people it deports who come from third countries';

describe('originators', () => {
  it.each([
    ['a verb after the name', `${deal}, Politico reported on Monday.`, ['Politico']],
    ['a preposition before it', `According to the Wall Street Journal, ${deal}.`, ['The Wall Street Journal']],
    [
      'sources who spoke to it',
      `${deal}, said officials who spoke to Bloomberg on condition of anonymity.`,
      ['Bloomberg'],
    ],
    ['a first report', `${deal}, as first reported by Reuters.`, ['Reuters']],
    ['documents that it obtained', `${deal}, according to papers obtained by CBS News.`, ['CBS News']],
    ['the end of a chain', `${deal}, Politico reported, citing the Financial Times.`, ['Financial Times']],
    ['another name of one agency', `${deal}, the Associated Press reported.`, ['AP']],
    ['a newsroom that is not listed', `${deal}, the Asunción Morning Gazette reported.`, ['Asunción Morning Gazette']],
    ['nobody', `${deal}. No answer is known.`, []],
  ])('reads %s', (_about, text, expected) => {
    expect(named('Paraguay approached over US deportees', text)).toEqual(expected);
  });

  it('prefers the authority to the newsroom that was first', () => {
    const text =
      'Paraguay has agreed to receive deportees from the United States, its foreign ministry confirmed on Tuesday after Reuters reported the talks.';
    expect(named('Paraguay to take US deportees', text)).toEqual(['official:Government of Paraguay']);
  });

  it('keeps presidents apart from their governments', () => {
    const text =
      'President Santiago Peña confirmed on Tuesday that Paraguay would receive 30 people deported by the United States who are not Paraguayan.';
    expect(named('Paraguay to take 30 US deportees', text)).toEqual(['official:Presidency of Paraguay']);
  });

  it('takes the President of the United States for nobody abroad, and a government’s page for its own word', () => {
    const text =
      'By the President of the United States of America, a proclamation. I, the President of the United States, hereby find that the entry of nationals of Fiji would be detrimental. Their entry is hereby fully suspended.';
    expect(named('Suspending the Entry of Nationals of Fiji', text, 'The White House')).toEqual([
      'official:White House',
    ]);
    expect(named('Suspending the Entry of Nationals of Fiji', text)).not.toContain('official:Presidency of Fiji');
  });

  it('names the court that ruled', () => {
    const ruling =
      'A federal judge in Maryland on Thursday stopped the government from sending four men to Ghana on a deportation flight to a third country.';
    expect(named('Judge halts flight to Ghana', ruling)).toEqual(['official:US District Court, D. Md.']);
    const order = 'The Supreme Court on Friday let removals to third countries go on while the government appeals.';
    expect(named('Justices let third-country removals go on', order)).toEqual(['official:US Supreme Court']);
  });

  it('credits a ban to the White House', () => {
    const text =
      'The travel ban on nationals of six countries took effect at midnight. Airports in the United States were quiet.';
    expect(named('Travel ban on six countries begins', text)).toEqual(['official:White House']);
  });

  it('takes the outlet itself for a report of its own', () => {
    const text =
      'Eight people deported by the United States have landed in Juba, two officers who work at the airport told the Monitor.';
    const { reading } = readText('Eight US deportees land in Juba', text, { publisher: 'Blue Nile Monitor' });
    expect(reading.originators.map((one) => one.name)).toEqual(['Blue Nile Monitor']);
  });

  it('takes a government at its word in its own publication', () => {
    const text = 'Immigrant visas will not be issued to nationals of nine countries from Monday.';
    const { reading } = readText('Update on immigrant visas', text, {
      publisher: 'U.S. Department of State',
      sourceKind: 'official',
    });
    expect(reading.originators.map((one) => one.name)).toEqual(['official:US State Department']);
    expect(reading.certainty).toBe('official');
  });

  it('shows the words that gave it away', () => {
    const { reading } = readText('Paraguay approached over US deportees', `${deal}, Politico reported on Monday.`);
    expect(reading.originators[0]?.evidence).toContain('Politico reported');
  });

  it('hears no verb in the name of the United States', () => {
    const text = 'Fiji will take people whom the United States removes, government spokesman Ratu Cama said on Monday.';
    const { reading } = readText('Fiji to take in deportees', text);
    expect(reading.originators[0]).toMatchObject({ name: 'official:Government of Fiji' });
    expect(reading.originators[0]?.evidence).not.toContain('States');
  });

  it('does not take whoever asked for comment', () => {
    expect(
      named(
        'Paraguay approached over US deportees',
        `${deal}. The White House did not reply to a request for comment from Reuters.`,
      ),
    ).toEqual([]);
  });

  it.each([
    [
      'es',
      'EE. UU. pidió a Paraguay acoger a deportados',
      'Estados Unidos ha pedido a Paraguay que reciba a migrantes deportados de terceros países, informó el lunes la agencia Reuters, que cita a dos fuentes.',
      'Reuters',
    ],
    [
      'fr',
      'Washington sonde le Bénin sur l’accueil de migrants expulsés',
      'Les États-Unis ont demandé au Bénin de recevoir des migrants expulsés, selon l’AFP, qui cite une source diplomatique.',
      'AFP',
    ],
    [
      'pt',
      'EUA pedem a Cabo Verde que receba deportados',
      'Os Estados Unidos pediram a Cabo Verde que receba migrantes deportados de países terceiros, segundo o New York Times.',
      'The New York Times',
    ],
    [
      'sr',
      'Блумберг: САД траже од Црне Горе да прими мигранте',
      'Америчка администрација затражила је од Црне Горе да прими мигранте из трећих земаља које протерује, објавио је Блумберг.',
      'Bloomberg',
    ],
    [
      'bs',
      'SAD traže od BiH da primi deportovane migrante',
      'Američka administracija zatražila je od Bosne i Hercegovine da primi migrante iz trećih zemalja, piše Politico.',
      'Politico',
    ],
    [
      'sq',
      'SHBA i kërkon Maqedonisë së Veriut të pranojë të deportuar',
      'Shtetet e Bashkuara i kanë kërkuar Maqedonisë së Veriut të pranojë emigrantë të deportuar, raportoi Bloomberg.',
      'Bloomberg',
    ],
    [
      'ar',
      'واشنطن تطلب من ليبيا استقبال مهاجرين مرحلين',
      'طلبت الولايات المتحدة من ليبيا استقبال مهاجرين مرحلين من دول أخرى، بحسب رويترز التي نقلت عن مصدرين.',
      'Reuters',
    ],
  ])('reads credits in %s', (_language, title, text, expected) => {
    expect(named(title, text)).toEqual([expected]);
  });
});

describe('certainty', () => {
  it.each([
    ['reported', 'unnamed sources', `${deal}, Politico reported, citing two people familiar with the matter.`],
    [
      'official',
      'the acting body',
      'Paraguay will receive people of other nationalities deported by the United States, its foreign minister said on Monday.',
    ],
    [
      'confirmed',
      'an unnamed official who backs the report',
      `${deal}, Politico reported. The talks were confirmed by an official in Asunción.`,
    ],
    [
      'disputed',
      'a denial beside the report',
      `${deal}, Politico reported. Paraguay's foreign ministry denied that there had been any such request.`,
    ],
    ['reported', 'no source at all', `${deal}.`],
  ])('is %s for %s', (expected, _about, text) => {
    expect(readText('Paraguay approached over US deportees', text).reading.certainty).toBe(expected);
  });
});

describe('comments', () => {
  it('records who did not answer, and confirms nothing by it', () => {
    const text = `${deal}, Politico reported. Neither the White House nor the State Department replied to requests for comment. Paraguay’s foreign ministry declined to comment.`;
    const { reading } = readText('Paraguay approached over US deportees', text);
    expect(reading.comments.filter((one) => one.said === 'no-comment').map((one) => one.who)).toEqual([
      'White House',
      'State Department',
      'Paraguay: foreign ministry',
    ]);
    expect(reading.certainty).toBe('reported');
  });

  it('records denials and refusals, with short quotations', () => {
    const text = `${deal}, Politico reported. Paraguay's government denied it. ${'The foreign ministry of Paraguay rejected the idea, which it called one that nobody had thought of before and that would need a law, '.repeat(4)}`;
    const { comments } = readText('Paraguay approached over US deportees', text).reading;
    expect(comments.map((one) => `${one.who} ${one.said}`)).toEqual(
      expect.arrayContaining(['Paraguay: government denied', 'Paraguay: foreign ministry refused']),
    );
    expect(Math.max(...comments.map((one) => one.quote.length))).toBeLessThanOrEqual(300);
  });

  it.each([
    [
      'es',
      'EE. UU. pidió a Paraguay acoger a deportados',
      'Estados Unidos ha pedido a Paraguay que reciba a deportados, informó Reuters. La Cancillería paraguaya no respondió a la solicitud.',
      'Paraguay: foreign ministry',
    ],
    [
      'fr',
      'Washington sonde le Bénin sur des migrants expulsés',
      'Les États-Unis ont demandé au Bénin de recevoir des migrants expulsés, selon l’AFP. Le ministère béninois des Affaires étrangères n’a pas répondu.',
      'Benin: foreign ministry',
    ],
    [
      'sr',
      'САД траже од Србије да прими мигранте',
      'Америка тражи од Србије да прими мигранте које протерује, објавио је Блумберг. Министарство спољних послова Србије није одговорило на питања.',
      'Serbia: foreign ministry',
    ],
    [
      'ar',
      'واشنطن تطلب من ليبيا استقبال مهاجرين مرحلين',
      'طلبت الولايات المتحدة من ليبيا استقبال مهاجرين مرحلين، بحسب رويترز. ولم ترد وزارة الخارجية الليبية على طلب التعليق.',
      'Libya: foreign ministry',
    ],
  ])('reads silence in %s', (_language, title, text, who) => {
    expect(readText(title, text).reading.comments).toEqual([expect.objectContaining({ who, said: 'no-comment' })]);
  });
});

describe('earlier reports and corrections', () => {
  it('keeps an older report of another newsroom out of this one, to the month', () => {
    const text = `${deal}, Politico reported. No answer is known. The Wall Street Journal previously reported in January that Bolivia and Peru had been approached.`;
    const { reading } = readText('Paraguay approached over US deportees', text);
    expect(reading.originators.map((one) => one.name)).toEqual(['Politico']);
    expect(reading.earlier).toEqual([
      expect.objectContaining({ originator: 'The Wall Street Journal', date: '2026-01', countries: ['BO', 'PE'] }),
    ]);
    expect(reading.countries.receiving).toEqual(['PY']);
  });

  it('leaves the month open when an article has no date of its own', () => {
    const text = `${deal}, Politico reported. The Wall Street Journal previously reported in January that Bolivia had been approached.`;
    expect(
      readText('Paraguay approached over US deportees', text, { publishedAt: null }).reading.earlier[0]?.date,
    ).toBeNull();
  });

  it('reads what was corrected', () => {
    const text =
      'Paraguay has received 12 people deported by the United States, the government said.\n\nCorrection: An earlier version of this article said that 21 people had arrived. It was 12.';
    const { correction } = readText('Twelve US deportees reach Paraguay', text).reading;
    expect(correction).toMatchObject({ field: 'number', from: '21 people had arrived', to: 'It was 12' });
  });
});
