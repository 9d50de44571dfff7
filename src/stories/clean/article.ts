import type { Article, RawArticle } from '../../core/article.ts';
import { canonicalUrl, stripOutletSuffix } from '../../lib/url.ts';
import { detectLanguage } from '../language.ts';
import type { Publishers } from '../publishers.ts';
import { type Block, inputLimit, tidyLine, wordCount } from './block.ts';
import { splitDateline, stripSelfPraise } from './credits.ts';
import { datePublished } from './dates.ts';
import type { Furniture } from './furniture.ts';
import { findHeadline, withoutTitle } from './headline.ts';
import { htmlBlocks } from './html-blocks.ts';
import { sentencesOf } from './sentences.ts';
import { stripFurniture } from './strip.ts';
import { textBlocks } from './text-blocks.ts';
import { isWholePage, readWholePage, type WholePage } from './whole-page.ts';

export interface CleanDeps {
  furniture: Furniture;
  publishers: Publishers;
}

interface Page {
  blocks: Block[];
  meta: WholePage | null;
}

function wordsOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + wordCount(block.text), 0);
}

/** Class names mislead on some sites: when they would hide nearly everything, they are not believed. */
function fragmentBlocks(html: string, furniture: Furniture): Block[] {
  const blocks = htmlBlocks(html, furniture.elements);
  if (wordsOf(blocks) >= 40) return blocks;
  const all = htmlBlocks(html, new Set());
  return wordsOf(all) > 4 * Math.max(10, wordsOf(blocks)) ? all : blocks;
}

function pageOf(raw: RawArticle, furniture: Furniture): Page {
  if (raw.html === null || raw.html.trim() === '') return { blocks: textBlocks(raw.text ?? ''), meta: null };
  const html = raw.html.slice(0, inputLimit);
  const meta = isWholePage(html) ? readWholePage(html) : null;
  return { blocks: fragmentBlocks(meta?.html ?? html, furniture), meta };
}

/** A title as plain text; null for none and for the name of a file (`budget_9_2`) in its place. */
function plainTitle(title: string | null): string | null {
  if (title === null || /^\s*\S*_\S*\s*$/.test(title)) return null;
  const blocks = /[<&]/.test(title) ? htmlBlocks(title, new Set()) : [];
  const text = tidyLine(blocks.length > 0 ? blocks.map((block) => block.text).join(' ') : title);
  return text === '' ? null : text;
}

interface Named {
  title: string;
  blocks: Block[];
  publisher: string | null;
}

function nameOf(raw: RawArticle, page: Page, blocks: Block[], self: string | null, publishers: Publishers): Named {
  const publisher = raw.publisher ?? page.meta?.siteName ?? publishers.outletOfUrl(raw.url) ?? self;
  const given = plainTitle(raw.title) ?? plainTitle(page.meta?.title ?? null);
  if (given === null) return { ...findHeadline(blocks), publisher };
  const { title, outlet } = publishers.splitTitle(stripOutletSuffix(given, publisher));
  return { title, blocks: withoutTitle(blocks, title), publisher: publisher ?? outlet };
}

function paragraphsOf(
  blocks: readonly Block[],
  self: ReadonlySet<string>,
): { paragraphs: string[]; dateline: string | null } {
  const lead = splitDateline(blocks[0]?.text ?? '');
  const paragraphs = blocks.map((block, at) => stripSelfPraise(at === 0 ? lead.rest : block.text, self));
  return { paragraphs: paragraphs.filter((paragraph) => paragraph !== ''), dateline: lead.dateline };
}

function selfNames(publisher: string | null, self: string | null): Set<string> {
  const names = new Set<string>();
  for (const name of [publisher, self]) {
    if (name === null) continue;
    names.add(name.toLowerCase());
    names.add(`${name.toLowerCase().replaceAll(/\s+/g, '')}.com`);
  }
  return names;
}

/**
 * Makes an entry, a saved page or a plain text clean: its own paragraphs and sentences, title, outlet,
 * byline, dateline, language and date. Bounded in time and memory whatever the input; never throws for it.
 */
export function cleanArticle(raw: RawArticle, deps: CleanDeps): Article {
  const page = pageOf(raw, deps.furniture);
  const stripped = stripFurniture(page.blocks, deps.furniture);
  const named = nameOf(raw, page, stripped.blocks, stripped.self, deps.publishers);
  const { paragraphs, dateline } = paragraphsOf(named.blocks, selfNames(named.publisher, stripped.self));
  const text = paragraphs.join('\n\n');
  const hint = raw.language ?? page.meta?.language ?? null;
  return {
    id: raw.id,
    url: raw.url,
    canonicalUrl: raw.url === null ? null : canonicalUrl(raw.url),
    publisher: named.publisher,
    publisherFamily: deps.publishers.familyOf(named.publisher),
    sourceId: raw.sourceId,
    sourceKind: raw.sourceKind,
    title: named.title,
    text,
    sentences: sentencesOf(paragraphs),
    language: detectLanguage(`${named.title}\n${text}`, hint),
    ...datePublished(raw.publishedAt ?? page.meta?.publishedAt ?? null, raw.url, raw.arrivedAt),
    arrivedAt: raw.arrivedAt,
    byline: raw.author ?? stripped.byline ?? page.meta?.byline ?? null,
    dateline,
  };
}
