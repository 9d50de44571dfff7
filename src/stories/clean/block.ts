/** A piece of a page before it is known whether it belongs to the article. */
export interface Block {
  kind: 'paragraph' | 'heading' | 'item';
  /** One line, spaces folded. */
  text: string;
  /** Share of the characters that stand in links, 0 to 1. */
  linked: number;
  /** The page itself calls it a byline. */
  byline?: boolean;
}

/** Input beyond this many characters is cut: no article is longer, and hostile pages are. */
export const inputLimit = 524_288;
/** Blocks beyond this many are left out. */
export const blockLimit = 4_000;

const flags = /[\u{1F1E6}-\u{1F1FF}\u{1F300}-\u{1FAFF}\u{2600}-\u{27BF}]|\uFE0F|\u200D/gu;

/** One line without pictographs, zero-width characters and double spaces. */
export function tidyLine(text: string): string {
  return text
    .replaceAll(flags, '')
    .replaceAll(/[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g, '')
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ')
    .replaceAll(/ (?=[,.;:!?%’](?:\s|$))/g, '')
    .trim();
}

/** Words in a line, counted cheaply. */
export function wordCount(text: string): number {
  return text === '' ? 0 : text.split(' ').length;
}
