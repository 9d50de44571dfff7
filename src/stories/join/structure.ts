import type { Article } from '../../core/article.ts';
import type { Reading } from '../../core/story.ts';

/** What an article's reading says about which development it tells; empty where nothing was found. */
export interface Structure {
  /** Look-up keys: articles with the same key may tell the same development whatever their words. */
  keys: readonly string[];
}

export const noStructure: Structure = { keys: [] };

export function readStructure(_article: Article, _reading: Reading): Structure {
  return noStructure;
}
