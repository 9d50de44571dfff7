import { describe, expect, it } from 'vitest';
import { detectLanguage, toLatin } from '../../src/stories/language.ts';

describe('languages', () => {
  it.each([
    ['en', 'Judge throws out the pause on visas for people from nine countries'],
    ['es', 'Un juez ordena traer de vuelta a una mujer deportada a un país que no es el suyo'],
    ['fr', 'Le gouvernement a annoncé qu’il accueillera des personnes expulsées des États-Unis'],
    ['pt', 'O governo anunciou que não vai receber pessoas deportadas pelos Estados Unidos'],
    ['sr', 'Влада је у уторак саопштила да неће примити људе које протерује Америка'],
    ['sr', 'Vlada je u sredu saopštila da će primiti ljude koje proteruje Amerika, posle razgovora'],
    ['bs', 'Vlada je u srijedu saopćila da će primiti ljude koje protjeruje Amerika, prije kraja januara'],
    ['hr', 'Vlada je u srijedu priopćila da će primiti ljude koje protjeruje Amerika, prije kraja siječnja'],
    ['sq', 'Qeveria tha të martën se nuk do të pranojë njerëz që dëbohen nga Amerika'],
    ['ar', 'قالت الحكومة إنها لن تستقبل المهاجرين الذين ترحلهم الولايات المتحدة'],
    ['de', 'Die Regierung will keine Menschen aufnehmen, die aus Amerika abgeschoben werden, sagte der Minister'],
    ['ru', 'Правительство объявило, что не будет принимать людей, высылаемых из Америки'],
  ])('tells %s', (language, text) => {
    expect(detectLanguage(text, null)).toBe(language);
  });

  it('believes the text before the feed', () => {
    expect(detectLanguage('Le gouvernement a annoncé qu’il accueillera des personnes expulsées', 'en-US')).toBe('fr');
  });

  it('believes the feed when there is next to no text', () => {
    expect(detectLanguage('Palau 75', 'pt-BR')).toBe('pt');
    expect(detectLanguage('12', null)).toBe('und');
  });

  it('writes Serbian Cyrillic in Latin letters and leaves the rest', () => {
    expect(toLatin('Џон и Љубица у Њујорку, 5 ђака; ok')).toBe('Džon i Ljubica u Njujorku, 5 đaka; ok');
  });
});
