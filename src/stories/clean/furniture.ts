import * as z from 'zod';
import { createPhraseMatcher, type PhraseMatcher, type Tokens, tokenize } from '../phrases.ts';

const phrases = z.array(z.string().min(1));

/** Shape of `config/boilerplate.yaml`. */
export const boilerplateSchema = z.strictObject({
  takeaways: phrases,
  aside: phrases,
  glossary: phrases,
  leads: phrases,
  notices: phrases,
  elements: phrases,
});
export type Boilerplate = z.infer<typeof boilerplateSchema>;

/** The lists of `config/boilerplate.yaml`, ready to match. */
export interface Furniture {
  /** What a short block opens when it says nothing but one of the listed labels. */
  labels: ReadonlyMap<string, 'takeaways' | 'aside' | 'glossary'>;
  /** Length in tokens of the lead a block begins with, and whether it is a single word; null when none. */
  lead(tokens: Tokens): { words: number } | null;
  hasNotice(tokens: Tokens): boolean;
  elements: ReadonlySet<string>;
}

function folded(phrase: string): string {
  return tokenize(phrase).words.join(' ');
}

function matcherOf(list: readonly string[]): PhraseMatcher<true> {
  return createPhraseMatcher(list.map((phrase) => [phrase, true] as const));
}

/** Builds the matchers once from the parsed data. */
export function createFurniture(data: Boilerplate): Furniture {
  const labels = new Map<string, 'takeaways' | 'aside' | 'glossary'>();
  for (const kind of ['aside', 'glossary', 'takeaways'] as const) {
    for (const phrase of data[kind]) labels.set(folded(phrase), kind);
  }
  const leads = matcherOf(data.leads);
  const notices = matcherOf(data.notices);
  return {
    labels,
    lead: (tokens) => {
      let words = 0;
      for (const match of leads(tokens)) if (match.from === 0) words = Math.max(words, match.to);
      return words === 0 ? null : { words };
    },
    hasNotice: (tokens) => notices(tokens).length > 0,
    elements: new Set(data.elements),
  };
}
