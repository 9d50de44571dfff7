import { describe, expect, it } from 'vitest';
import { articleOf, developmentReader, noProvenance } from './fixtures.ts';

const read = developmentReader();
const readingOf = (title: string, text = '', language = 'en') =>
  read(articleOf({ language, title, text }), noProvenance);
const figures = (title: string, text = '', language = 'en') =>
  readingOf(title, text, language).quantities.map(({ kind, value }) => `${kind} ${value}`);

describe('numbers with their units', () => {
  it.each([
    ['en', 'Rwanda to accept up to 250 deportees from US', ['cap 250']],
    ['en', 'US deports eight men to South Sudan', ['people 8']],
    ['en', 'US deports 10 more migrants to Eswatini', ['people 10']],
    ['en', 'Trump travel ban covers 39 countries', ['countries 39']],
    ['en', 'US paid Palau $7.5 million to take deportees', ['money 7500000']],
    ['en', 'More than 25,000 people deported to third countries', ['people 25000']],
    ['es', 'Costa Rica recibirá hasta 25 deportados de Estados Unidos', ['cap 25']],
    ['fr', 'Le Rwanda accueillera jusqu’à 250 migrants expulsés des États-Unis', ['cap 250']],
    ['bs', 'Kosovo prima najviše 50 migranata iz SAD-a', ['cap 50']],
    ['sq', 'Kosova pret deri në 50 persona nga SHBA', ['cap 50']],
  ])('reads %s: %s', (language, title, expected) => {
    expect(figures(title, '', language)).toEqual(expected);
  });

  it('takes no year for a count', () => {
    expect(figures('Deportees arrive in Rwanda', 'The 2025 deal with the United States stands.')).toEqual([]);
  });

  it.each([
    ['en', 'Third US deportation flight lands in Eswatini', { of: 'flight', n: 3 }],
    ['en', 'Eswatini receives second batch of US deportees', { of: 'batch', n: 2 }],
    ['es', 'Llega a Panamá el segundo vuelo de deportados de Estados Unidos', { of: 'flight', n: 2 }],
    ['fr', 'Le deuxième vol d’expulsés des États-Unis arrive au Rwanda', { of: 'flight', n: 2 }],
  ])('reads places in a series in %s', (language, title, ordinal) => {
    expect(readingOf(title, '', language).ordinals).toContainEqual(ordinal);
  });

  it('does not take the First Circuit for a first of something', () => {
    expect(readingOf('First Circuit hears case on deportation flights').ordinals).toEqual([]);
  });
});

describe('days', () => {
  it.each([
    ['en', 'The government said on Monday that it had agreed.', '2026-01-12'],
    ['en', 'The government said on 8 January that it had agreed.', '2026-01-08'],
    ['en', 'The government said yesterday that it had agreed.', '2026-01-13'],
    ['es', 'El Gobierno lo anunció el lunes.', '2026-01-12'],
    ['fr', 'Le gouvernement l’a annoncé mardi.', '2026-01-13'],
    ['pt', 'O Governo anunciou no domingo.', '2026-01-11'],
    ['sr', 'Влада је то саопштила у понедељак.', '2026-01-12'],
    ['hr', 'Vlada je to objavila u nedjelju.', '2026-01-11'],
    ['sq', 'Qeveria e tha të hënën.', '2026-01-12'],
    ['ar', 'أعلنت الحكومة ذلك يوم الاثنين.', '2026-01-12'],
  ])('reckons the day of the event from publication in %s: %s', (language, text, day) => {
    expect(readingOf('', text, language).eventDate).toBe(day);
  });

  it('keeps the day a measure takes effect apart from the day it was signed', () => {
    const reading = readingOf(
      'Trump signs travel ban',
      'The president signed the proclamation on Tuesday. It takes effect on January 21.',
    );
    expect(reading.eventDate).toBe('2026-01-13');
    expect(reading.effectiveDate).toBe('2026-01-21');
  });

  it('reckons nothing from the day an undated page reached us', () => {
    const article = articleOf({
      title: 'Serbia asked',
      text: 'The United States asked on Thursday.',
      dated: 'arrival',
    });
    expect(read(article, noProvenance).eventDate).toBeNull();
  });
});

describe('courts, cases and instruments', () => {
  it.each([
    ['Supreme Court pauses ruling on third-country removals', ['scotus']],
    ['First Circuit rules on third-country removals', ['ca1']],
    ['Appeals court in Boston refuses to pause third-country removals', ['ca1']],
    ['Judge in Manhattan vacates immigrant visa pause', ['s-d-n-y']],
  ])('names the court in %s', (title, courts) => {
    expect(readingOf(title).courts).toEqual(courts);
  });

  it.each([
    ['The order in D.V.D. v. DHS came on Friday.', ['dvd-v-dhs']],
    ['The order in DHS v. D.V.D. (24A1153) came on Friday.', ['dvd-v-dhs']],
    ['The order in No. 1:25-cv-10676 came on Friday.', ['dvd-v-dhs']],
    ['The order in Noem v. Doe came on Friday.', ['doe-v-noem']],
    ['The order in CLINIC v. Rubio came on Friday.', ['clinic-v-rubio']],
  ])('knows the case in %s', (text, cases) => {
    expect(readingOf('Judge rules on deportations', text).cases).toEqual(cases);
  });

  it('reads instruments by number', () => {
    const text = 'Proclamation 10998 and Executive Order 13780 stand; so does PM-602-0192, and E.O. 14161.';
    expect(readingOf('What stands', text).instruments).toEqual([
      'Proclamation 10998',
      'Executive Order 13780',
      'Executive Order 14161',
      'PM-602-0192',
    ]);
  });

  it.each([
    ['US orders full travel ban on nationals of Nigeria', 'full'],
    ['US orders partial travel ban on nationals of Nigeria', 'partial'],
    ['US orders travel ban on nationals of Nigeria', null],
  ])('reads the tier in %s', (title, tier) => {
    expect(readingOf(title).tier).toBe(tier);
  });
});

describe('facts that sources may tell differently', () => {
  it('tells the programmes apart', () => {
    const programme = (text: string): string | undefined =>
      readingOf('Serbia asked to take US deportees', text).claims.find(({ fact }) => fact === 'programme')?.value;
    expect(programme('A ruling let the government end temporary legal status for them.')).toBe(
      'temporary legal status',
    );
    expect(programme('A ruling let it revoke Temporary Protected Status (TPS) for them.')).toBe('TPS');
    expect(programme('They had lost humanitarian parole.')).toBe('parole');
  });

  it('claims the numbers of the lead', () => {
    const { claims } = readingOf(
      'Eswatini takes four deportees',
      'Eswatini received four people from the US on Monday.',
    );
    expect(claims.map(({ fact, value }) => [fact, value])).toContainEqual(['people', '4']);
    expect(claims.map(({ fact, value }) => [fact, value])).toContainEqual(['date', '2026-01-12']);
  });
});
