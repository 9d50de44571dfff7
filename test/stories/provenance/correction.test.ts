import { describe, expect, it } from 'vitest';
import { shippedReader } from '../../fakes/pipeline.ts';

function correctionOf(title: string, text: string) {
  const at = '2026-03-10T12:00:00.000Z';
  const raw = { id: 'a', url: null, publisher: 'The Example', sourceId: null, sourceKind: 'news' as const, html: null };
  const rest = { publishedAt: at, updatedAt: null, language: null, author: null, arrivedAt: at };
  return shippedReader({ ...raw, ...rest, title, text }).reading.correction?.field ?? null;
}

const told = 'The United States asked Chad to take in people deported from the country, an official said.';

describe('a report that is taken back', () => {
  it.each([
    ['Correction: US did not ask Chad to take deportees', `${told} This story has been withdrawn.`],
    ['The Example retracts report on Chad and US deportees', `${told} The paper says that it was misled.`],
    ['Retraction: Chad and deportees from the US', told],
    ['Chad y los deportados de Estados Unidos', `La noticia sobre el acuerdo con Chad fue retirada. ${told}`],
    ['Tchad et expulsés des États-Unis', `L’article sur le Tchad a été retiré. ${told}`],
    ['Čad i deportovani iz SAD', `Vest o Čadu je povučena. ${told}`],
  ])('is known as one: %s', (title, text) => {
    expect(correctionOf(title, text)).toBe('retraction');
  });

  it.each([
    ['Chad withdraws offer to take US deportees', `${told} Chad has withdrawn its offer, the ministry said.`],
    ['US asks Chad to take deportees', `${told} Troops were withdrawn in May.`],
    [
      'US asks Chad to take deportees',
      `${told} The minister declined to comment. It was the second request. Talks go on. A paper retracted its story on an earlier one last year.`,
    ],
  ])('is not what a government takes back, or an old one in passing: %s', (title, text) => {
    expect(correctionOf(title, text)).toBeNull();
  });
});
