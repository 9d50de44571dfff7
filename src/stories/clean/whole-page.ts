import { pageReader, pageTree } from '../../lib/on-demand.ts';
import { inputLimit } from './block.ts';

/** What a saved page says of itself, and its article as HTML. */
export interface WholePage {
  html: string;
  title: string | null;
  byline: string | null;
  siteName: string | null;
  publishedAt: string | null;
  language: string | null;
}

/** Beyond these a page is read without a tree, by the streaming reader alone. */
const elementLimit = 20_000;
const depthLimit = 200;

/** True for a document rather than the fragment that a feed carries. */
export function isWholePage(html: string): boolean {
  return /<(?:!doctype\s+html|html|body)[\s>]/i.test(html.slice(0, 2_000));
}

/** Deepest nesting and number of tags, counted without a parser. Unclosed paragraphs count as nesting: too cautious is safe. */
function measure(html: string): { tags: number; depth: number } {
  let tags = 0;
  let depth = 0;
  let deepest = 0;
  for (const match of html.matchAll(
    /<(\/?)(?:div|span|section|article|table|tr|td|ul|ol|li|blockquote|b|i|em|strong|font|a)\b/gi,
  )) {
    tags += 1;
    depth += match[1] === '/' ? -1 : 1;
    deepest = Math.max(deepest, depth);
  }
  return { tags, depth: deepest };
}

type PageDocument = ReturnType<ReturnType<typeof pageTree>['parseHTML']>['document'];

function metaContent(document: PageDocument, ...names: string[]): string | null {
  for (const name of names) {
    const found = document.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute('content');
    if (found !== null && found !== undefined && found.trim() !== '') return found.trim();
  }
  return null;
}

/**
 * Finds the article in a saved page with Mozilla's Readability. Null when the page is too large or too deep to
 * build safely, or when no article is found: the caller then reads the page's blocks itself.
 */
export function readWholePage(page: string): WholePage | null {
  const html = page.slice(0, inputLimit);
  const { tags, depth } = measure(html);
  if (tags > elementLimit || depth > depthLimit) return null;
  try {
    const { document } = pageTree().parseHTML(html);
    const siteName = metaContent(document, 'og:site_name', 'application-name');
    const publishedAt = metaContent(document, 'article:published_time', 'datePublished', 'date', 'dc.date');
    const language = document.documentElement.getAttribute('lang');
    const { Readability } = pageReader();
    const found = new Readability(document, { maxElemsToParse: elementLimit, charThreshold: 120 }).parse();
    if (found === null || found.content === null || found.content === undefined) return null;
    return {
      html: found.content,
      title: found.title ?? null,
      byline: found.byline ?? null,
      siteName,
      publishedAt,
      language,
    };
  } catch {
    // A page that breaks the tree builder still has text: the streaming reader takes it.
    return null;
  }
}
