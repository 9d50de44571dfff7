import { type Tokens, tokenize } from '../phrases.ts';
import { type Block, wordCount } from './block.ts';
import { bylineOf, firstPublisherOf, outletOf } from './credits.ts';
import type { Furniture } from './furniture.ts';
import {
  breaksOff,
  endsSentence,
  isCopyright,
  isDefinition,
  isEmbed,
  isHeaderLine,
  isPlaceLine,
  isProse,
  isTitleLike,
} from './lines.ts';

/** The article's own blocks, and what its furniture gave away. */
export interface Stripped {
  blocks: Block[];
  byline: string | null;
  /** The outlet's name for itself, from credits such as `— By Example.com`. */
  self: string | null;
}

type Section = 'prose' | 'takeaways' | 'aside' | 'glossary';

interface Walk {
  furniture: Furniture;
  section: Section;
  /** Blocks met since the section's label. */
  met: number;
  kept: Block[];
  byline: string | null;
  self: string | null;
  /** The last block was a site header's weather or date. */
  header: boolean;
}

function sectionOf(furniture: Furniture, tokens: Tokens): Section | null {
  return tokens.words.length > 0 && tokens.words.length <= 7
    ? (furniture.labels.get(tokens.words.join(' ')) ?? null)
    : null;
}

/** `Key points: …` on one line, as under links to other articles. */
function isInlineTakeaway(furniture: Furniture, block: Block): boolean {
  const colon = block.text.indexOf(':');
  if (colon < 3 || colon > 30) return false;
  const label = tokenize(block.text.slice(0, colon)).words.join(' ');
  return furniture.labels.get(label) === 'takeaways';
}

function isLead(furniture: Furniture, block: Block, tokens: Tokens): boolean {
  const lead = furniture.lead(tokens);
  if (lead === null) return false;
  const after = block.text.slice(tokens.ends[lead.words - 1] ?? 0).trimStart();
  if (/^[:|]/.test(after) || after === '') return wordCount(block.text) <= 45;
  if (block.linked > 0.5) return true;
  return lead.words > 1 && wordCount(block.text) <= 22 && !endsSentence(block.text);
}

function isLinkOnly(block: Block): boolean {
  return block.linked > 0.8 && !(endsSentence(block.text) && wordCount(block.text) > 25);
}

/** Bylines and credits go to metadata. */
function takeCredit(walk: Walk, block: Block): boolean {
  const byline = bylineOf(block);
  if (byline !== null) {
    const outlet = outletOf(byline);
    if (outlet === null) walk.byline ??= byline.split(/\.\s/)[0] ?? byline;
    else walk.self ??= firstPublisherOf(block.text) ?? outlet;
    return true;
  }
  const first = firstPublisherOf(block.text);
  if (first !== null) walk.self ??= first;
  return first !== null;
}

/** Headlines often ask. */
function isQuestion(block: Block): boolean {
  return block.text.endsWith('?') && wordCount(block.text) <= 22;
}

function dropTeaserTitle(walk: Walk): void {
  const before = walk.kept.at(-1);
  if (before !== undefined && (isTitleLike(before) || isQuestion(before))) walk.kept.pop();
}

function isNoise(walk: Walk, block: Block, tokens: Tokens): boolean {
  const short = tokens.words.length <= 45;
  return (
    (short && walk.furniture.hasNotice(tokens)) ||
    isLead(walk.furniture, block, tokens) ||
    isLinkOnly(block) ||
    isDefinition(block.text) ||
    isEmbed(block.text) ||
    isCopyright(block.text)
  );
}

function endsSection(walk: Walk, block: Block): boolean {
  if (walk.section === 'takeaways') return block.kind !== 'item';
  // A summary is one paragraph; after a list of words the article may go on.
  if (walk.section === 'glossary') return block.kind === 'heading' || (walk.met > 1 && isProse(block));
  return isProse(block) && block.kind === 'paragraph';
}

/** Weather, date and the town between them stand together above everything else. */
function isSiteHeader(walk: Walk, block: Block, next: Block | undefined): boolean {
  if (isHeaderLine(block.text)) return true;
  return (
    isPlaceLine(block.text) &&
    block.kind === 'paragraph' &&
    (walk.header || (next !== undefined && isHeaderLine(next.text)))
  );
}

function visit(walk: Walk, block: Block, next: Block | undefined): void {
  const tokens = tokenize(block.text);
  walk.met += 1;
  const opened = sectionOf(walk.furniture, tokens);
  if (opened !== null) {
    walk.section = opened;
    walk.met = 0;
    return;
  }
  const header = isSiteHeader(walk, block, next);
  if (header) {
    walk.header = isHeaderLine(block.text);
    return;
  }
  walk.header = false;
  if (takeCredit(walk, block)) return;
  if (isInlineTakeaway(walk.furniture, block)) {
    dropTeaserTitle(walk);
    return;
  }
  if (isNoise(walk, block, tokens)) return;
  if (walk.section !== 'prose' && !endsSection(walk, block)) return;
  walk.section = 'prose';
  walk.kept.push(block);
}

/** An excerpt that breaks off under a headline belongs to another article, unless there is little else. */
function withoutTeasers(blocks: readonly Block[]): Block[] {
  const prose = blocks.filter((block) => isProse(block) && !breaksOff(block.text)).length;
  if (prose < 2) return [...blocks];
  const drop = new Set<number>();
  blocks.forEach((block, at) => {
    const before = blocks[at - 1];
    if (!breaksOff(block.text) || before === undefined || !isTitleLike(before)) return;
    drop.add(at).add(at - 1);
  });
  return blocks.filter((_, at) => !drop.has(at));
}

function withoutTrailingLabels(blocks: readonly Block[]): Block[] {
  const kept = [...blocks];
  while (kept.length > 1) {
    const last = kept.at(-1);
    if (last === undefined || last.kind !== 'heading') break;
    kept.pop();
  }
  return kept;
}

/** Leaves out everything on a page that is not its article. Keeps the input when nothing would remain. */
export function stripFurniture(blocks: readonly Block[], furniture: Furniture): Stripped {
  const walk: Walk = { furniture, section: 'prose', met: 0, kept: [], byline: null, self: null, header: false };
  blocks.forEach((block, at) => visit(walk, block, blocks[at + 1]));
  const kept = withoutTrailingLabels(withoutTeasers(walk.kept));
  const words = kept.reduce((sum, block) => sum + wordCount(block.text), 0);
  return { blocks: words === 0 ? [...blocks] : kept, byline: walk.byline, self: walk.self };
}
