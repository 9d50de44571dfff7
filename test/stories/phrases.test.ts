import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPhraseMatcher, longestMatches, spanText, tokenize } from '../../src/stories/phrases.ts';

const found = (phrases: readonly string[], text: string): string[] =>
  createPhraseMatcher(phrases.map((phrase) => [phrase, phrase] as const))(tokenize(text)).map((match) => match.value);

describe('words', () => {
  it('are folded, and keep where they stood', () => {
    const tokens = tokenize('Vučić’s U.S. trip, Côte d’Ivoire');
    expect(tokens.words).toEqual(['vucic', 's', 'us', 'trip', 'cote', 'd', 'ivoire']);
    expect(spanText(tokens, 2, 4)).toBe('U.S. trip');
    expect(tokens.caps[2]).toBe(true);
  });

  it('read Cyrillic and Arabic as matching needs them', () => {
    expect(tokenize('Србија').words).toEqual(tokenize('Srbija').words);
    expect(tokenize('والمحكمة').words).toEqual(tokenize('المحكمة').words);
  });

  it('never lose or reorder a character between them', () => {
    assert(
      property(string({ unit: 'grapheme' }), (text) => {
        const { starts, ends } = tokenize(text);
        starts.forEach((start, at) => {
          expect(start).toBeLessThan(ends[at] ?? 0);
          expect(start).toBeGreaterThanOrEqual(at === 0 ? 0 : (ends[at - 1] ?? 0));
        });
        expect(ends.at(-1) ?? 0).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('phrases', () => {
  it('are found across punctuation and accents', () => {
    expect(
      found(['third country', 'cote divoire', 'côte d’ivoire'], "A third-country deal with Cote d'Ivoire"),
    ).toEqual(['third country', 'côte d’ivoire']);
  });

  it('match word beginnings only where they say so', () => {
    expect(found(['deport*'], 'deported deportees report')).toEqual(['deport*', 'deport*']);
    expect(found(['deport'], 'deported')).toEqual([]);
    expect(found(['Niger'], 'Nigeria')).toEqual([]);
  });

  it('keep the country US apart from the pronoun', () => {
    expect(found(['US'], 'They told us')).toEqual([]);
    expect(found(['US'], 'They told the US and the U.S.')).toEqual(['US', 'US']);
  });

  it('give the longest of those that overlap', () => {
    const matches = createPhraseMatcher([
      ['guinea', 'GN'],
      ['equatorial guinea', 'GQ'],
    ])(tokenize('Equatorial Guinea and Guinea'));
    expect(longestMatches(matches).map((match) => match.value)).toEqual(['GQ', 'GN']);
  });
});
