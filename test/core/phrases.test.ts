import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readPhrases } from '../../src/config/phrases.ts';
import type { Message } from '../../src/core/message.ts';
import { createPhrases } from '../../src/core/phrases.ts';
import { shippedCountries } from '../fakes/services.ts';

const catalogue = readPhrases(readFileSync('config/phrases.yaml', 'utf8'), 'config/phrases.yaml');
const phrases = createPhrases(catalogue, shippedCountries);

describe('our words in other languages', () => {
  it.each([
    ['Report an error', 'es-419', 'Avisar de un error'],
    ['🇱🇦 Laos: full entry suspension', 'es-ES', '🇱🇦 Laos: suspensión total de entrada'],
    ['Reported, approached', 'pt-BR', 'Noticiado, não confirmado, sondado'],
    ['Not known: ', 'fr', 'Inconnu : '],
    [
      'Today: full entry suspension (travel ban) for nationals of Chad, since 2026-01-01.',
      'fr',
      'Aujourd’hui : suspension totale d’entrée (interdiction de voyage) pour les ressortissants de ce pays (Tchad), depuis 2026-01-01.',
    ],
    [
      'Last verified 2026-11-01. Data ends 2026-11-20. Information, not legal advice.',
      'es',
      'Última verificación: 2026-11-01. Los datos llegan hasta el 2026-11-20. Información, no asesoría legal.',
    ],
    [
      'I know no country called “Atlantis”. Did you mean Atlantica?',
      'pt',
      'Não conheço nenhum país chamado “Atlantis”. Você quis dizer Atlantica?',
    ],
    [
      '🇧🇫 Burkina Faso: refused (2025-10); also transit',
      'es',
      '🇧🇫 Burkina Faso: rechazado (2025-10); también tránsito',
    ],
    ['Eswatini', 'fr', 'Eswatini'],
    ['Iran', 'pt-BR', 'Irã'],
    ['Republic of the Congo', 'es', 'República del Congo'],
    ['/subscribe has no option “official”.', 'es', '/subscribe no tiene la opción «official».'],
    ['immigrants, nonimmigrants', 'es', 'inmigrantes, no inmigrantes'],
    [
      '🇷🇼 Rwanda agrees to take deportees from the US',
      'fr',
      '🇷🇼 Rwanda : accord pour accueillir des expulsés des États-Unis',
    ],
    [
      'US asks Ghana and Iran to take deportees from other countries',
      'es',
      'EE. UU. pide a Ghana e Irán recibir a deportados de otros países',
    ],
    [
      'US considers an entry suspension for nationals of Antigua and Barbuda, the DR Congo and other countries',
      'pt-BR',
      'EUA avaliam uma suspensão de entrada (nacionalidades: Antígua e Barbuda, Congo - Kinshasa e outros países)',
    ],
    [
      'No agreement is known; no comment came from the White House or Serbia’s foreign ministry.',
      'es',
      'No se conoce ningún acuerdo; sin comentarios: la Casa Blanca o el ministerio de Relaciones Exteriores de Serbia.',
    ],
    [
      'Confirmed, agreed: Rwanda has agreed to take in people whom the US deports, according to Radio Four and the government of Rwanda.',
      'fr',
      'Confirmé, accord conclu : accord conclu pour accueillir des personnes expulsées par les États-Unis (Rwanda), selon Radio Four et le gouvernement (Rwanda).',
    ],
    [
      'World map: US entry suspensions (travel bans), 2 January 2026.',
      'es',
      'Mapa del mundo: Suspensiones de entrada a EE. UU. (prohibiciones de viaje), 2 de enero de 2026.',
    ],
  ])('%s in %s', (english, locale, expected) => {
    expect(phrases.text(english, locale)).toBe(expected);
  });

  it('leave what is not ours as it stands: headlines, names, languages that are not there', () => {
    for (const text of ['Chad signs a deal: what to know', 'https://e.org/History', 'B-1, F, M', ''])
      expect(phrases.text(text, 'es')).toBe(text);
    expect(phrases.text('Report an error', 'de')).toBe('Report an error');
    expect(phrases.text('Report an error', 'en-US')).toBe('Report an error');
  });

  it('leave addresses and commands of a message alone', () => {
    const message: Message = {
      title: 'Subscriptions',
      plain: 'This channel follows nothing. /subscribe starts.',
      blocks: [
        { kind: 'fields', fields: [{ name: 'Courts', value: ['enforced'] }] },
        {
          kind: 'list',
          items: [[{ text: 'History', url: 'https://e.org/History' }, ': ', { text: 'History', foreign: true }]],
        },
      ],
      footer: ['Information, not legal advice. ', { text: 'Find legal help', url: 'https://e.org' }],
      actions: [{ kind: 'command', label: 'History', command: '/ban-status LA history' }],
    };
    expect(phrases.message(message, 'fr')).toEqual({
      title: 'Abonnements',
      plain: 'Ce salon ne suit rien. /subscribe commence.',
      blocks: [
        { kind: 'fields', fields: [{ name: 'Tribunaux', value: ['appliqué'] }] },
        {
          kind: 'list',
          items: [[{ text: 'Historique', url: 'https://e.org/History' }, ': ', { text: 'History', foreign: true }]],
        },
      ],
      footer: ['Information, et non conseil juridique. ', { text: 'Trouver une aide juridique', url: 'https://e.org' }],
      actions: [{ kind: 'command', label: 'Historique', command: '/ban-status LA history' }],
    });
  });

  it('give up on what is made to fit in too many ways', () => {
    const made = ', the same step (Withdrawn: ), carried by , the same step (Rwanda is not '.repeat(20);
    const before = process.cpuUsage().user;
    phrases.text(made, 'es');
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(5_000);
  });

  it('stay fast with long foreign text', () => {
    const long = 'On the one hand: of (and, since; '.repeat(4000);
    const before = process.cpuUsage().user;
    phrases.text(long, 'es');
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(5_000);
  });
});

describe('the catalogue', () => {
  it('names file, phrase and language where the places differ', () => {
    const text = '- en: "Since {date}"\n  es: "Desde {fecha}"\n  fr: "x {date}"\n  pt: "x {date}"\n';
    expect(() => readPhrases(text, 'phrases.yaml')).toThrow(/phrases\.yaml: “Since \{date\}”.*\{date\}.*es \{fecha\}/);
  });

  it('names the line of a phrase that lacks a language', () => {
    expect(() => readPhrases('- en: "One"\n  es: "Uno"\n  fr: "Un"\n', 'phrases.yaml')).toThrow(/phrases\.yaml:\d+/);
  });

  it('holds no phrase twice', () => {
    const all = catalogue.map(({ en }) => en.toLowerCase());
    expect(all.filter((en, index) => all.indexOf(en) !== index)).toEqual([]);
  });
});
