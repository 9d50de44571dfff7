import { describe, expect, it } from 'vitest';
import { readText } from './read-fixtures.ts';

/** Headlines with nothing below them, as thin feeds carry them. */
const followed: Readonly<Record<string, readonly string[]>> = {
  'third-country-removal': [
    'Palau Senate votes down US proposal to take migrants',
    'Belize signs safe third country agreement with US',
    'Ecuador and Washington sign asylum cooperation deal',
    'Ghana parliament demands to see deportation pact with Trump',
    'Eswatini high court hears challenge to US deportee deal',
    'Judge in Boston orders government to bring back man sent to Guatemala',
    'Libya denies it will accept migrants deported from America',
    'Un tribunal de apelaciones se niega a frenar las deportaciones a terceros países',
    'La Cour suprême autorise les expulsions vers des pays tiers',
    'Uganda aceita receber deportados dos EUA',
    'Ruanda pristala da primi 250 migranata iz SAD',
    'Косово прихватило да прими мигранте које протерује Америка',
    'Kosova pranon 50 migrantë të dëbuar nga SHBA',
    'رواندا توافق على استقبال 250 مهاجرا مرحلا من الولايات المتحدة',
  ],
  'travel-ban': [
    'Judge refuses to halt Trump’s travel ban on Haitians',
    'Proclamation eases visa limits on Turkmenistan',
    'New proclamation restores ban on visitor visas for Chad',
    'Trump’s new proclamation bars Burkina Faso and Mali citizens',
    'Court rejects challenge to presidential proclamation on entry of foreign nationals',
    'Estados Unidos suspende la entrada de ciudadanos de doce países',
    'Les États-Unis lèvent l’interdiction de visas pour les visiteurs turkmènes',
    'Tramp zabranio ulazak državljanima 12 zemalja',
    'Trump ndalon hyrjen e shtetasve të 12 vendeve',
    'ترامب يحظر دخول مواطني 12 دولة',
  ],
  'visa-policy': ['US suspends immigrant visas for 75 countries', 'US halts all visas for Afghans'],
  'parole-and-tps': [
    'Justices let Trump end parole for half a million migrants',
    'TPS for Venezuelans can end, Supreme Court rules',
  ],
};

const others = [
  'Appeals court in London refuses to pause Rwanda deportations',
  'Italy sends 40 migrants to Albania centre',
  'EU agrees return hubs in third countries',
  'Chad suspends visas for Americans in reply to travel ban',
  'Supreme Court refuses to pause ruling on tariffs',
  'Proclamation lifts tariffs on Brazilian beef',
  'Germany lifts ban on visas for Gaza children',
  'Fans banned from travelling to derby',
  'ICE arrests 300 in Chicago raid',
  'Australia strikes deal with Nauru to take freed detainees',
  'US deports Brazilian nationals home on flight to Belo Horizonte',
  'Mexico receives 20,000 of its own citizens deported from US',
  'State Department warns Americans not to travel to Mali',
  'España acuerda con Senegal la repatriación de migrantes',
  'La France expulse un imam algérien',
  'Shqipëria pranon 20 migrantë nga Italia',
  'ألمانيا ترحل 80 أفغانيا إلى كابول',
];

describe('a headline alone', () => {
  for (const [topic, headlines] of Object.entries(followed)) {
    it.each(headlines)(`is told under ${topic}: %s`, (headline) => {
      expect(readText(headline, '').reading.topics).toContain(topic);
    });
  }

  it.each(others)('is left out: %s', (headline) => {
    expect(readText(headline, '').reading.relevant).toBe(false);
  });

  it('is explained in words', () => {
    const { relevance } = readText('Belize signs safe third country agreement with US', '').reading;
    expect(relevance).toContain('the headline names');
    expect(relevance).not.toMatch(/\d\.\d/);
  });
});
