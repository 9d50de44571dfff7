import { describe, expect, it } from 'vitest';
import { splitSentences } from '../../../src/stories/clean/sentences.ts';

describe('sentences', () => {
  it.each([
    ['abbreviations', 'Sen. Jo Day met Dr. Lee in St. Louis on Jan. 5. They agreed.', 2],
    ['initials', 'J. D. Vance spoke. The U.S. State Department did not.', 2],
    ['a case name', 'In D.V.D. v. DHS the court ruled. Nobody won.', 2],
    ['an abbreviation that ends one', 'They were sent by the U.S. The plane landed.', 2],
    ['decimals', 'It costs $7.5 million. Nobody pays.', 2],
    ['a quotation', '“No,” he said. “Not yet.” She left.', 3],
    ['Serbian ordinals', 'Odluka je doneta 5. juna. Počinje 9. juna.', 2],
    ['Arabic', 'هل وافقت الحكومة؟ لم تعلق الوزارة. انتهى.', 3],
    ['Spanish questions', '¿Quién paga? Nadie lo sabe.', 2],
  ])('keep %s together', (_about, text, count) => {
    expect(splitSentences(text)).toHaveLength(count);
  });

  it('lose nothing', () => {
    const text = 'One. Two? Three! “Four.” Five';
    expect(splitSentences(text).join(' ')).toBe(text);
  });
});
