import { Parser } from 'htmlparser2';
import { type Block, blockLimit, inputLimit, tidyLine } from './block.ts';

const silent = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'math',
  'iframe',
  'object',
  'video',
  'audio',
  'canvas',
  'form',
  'button',
  'select',
  'textarea',
  'nav',
  'aside',
  'footer',
  'figure',
  'figcaption',
  'head',
  'title',
  'dialog',
]);
const headings = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const breaking = new Set([
  'p',
  'div',
  'section',
  'article',
  'main',
  'header',
  'li',
  'ul',
  'ol',
  'dl',
  'dt',
  'dd',
  'blockquote',
  'pre',
  'hr',
  'table',
  'tr',
  'center',
  'address',
  'details',
  'summary',
  'body',
  ...headings,
]);
const voidTags = new Set([
  'br',
  'img',
  'hr',
  'input',
  'meta',
  'link',
  'wbr',
  'source',
  'track',
  'area',
  'base',
  'col',
  'embed',
]);

interface State {
  blocks: Block[];
  buffer: string;
  linkedCharacters: number;
  kind: Block['kind'];
  byline: boolean;
  /** Elements that are open, innermost last; `true` marks the one that silenced its content. */
  open: { name: string; silences: boolean }[];
  silence: number;
  links: number;
  breaks: number;
}

function flush(state: State): void {
  const text = tidyLine(state.buffer);
  if (text !== '' && state.blocks.length < blockLimit) {
    const linked = Math.min(1, state.linkedCharacters / Math.max(1, state.buffer.trim().length));
    state.blocks.push({ kind: state.kind, text, linked, ...(state.byline ? { byline: true } : {}) });
  }
  state.buffer = '';
  state.linkedCharacters = 0;
  state.kind = 'paragraph';
  state.byline = false;
}

const namePart = /[a-z][a-z-]*/g;

/** Whether class, id or role say that an element holds page furniture. */
function isFurniture(attributes: Readonly<Record<string, string>>, furniture: ReadonlySet<string>): boolean {
  const names = `${attributes.class ?? ''} ${attributes.id ?? ''} ${attributes.role ?? ''}`.toLowerCase().slice(0, 300);
  for (const [name] of names.matchAll(namePart)) {
    if (furniture.has(name) || name.split('-').some((part) => part.length > 2 && furniture.has(part))) return true;
  }
  return 'hidden' in attributes || attributes['aria-hidden'] === 'true';
}

const bylineName = /\b(?:byline|author|dateline)\b/i;

function startBlock(state: State, name: string, attributes: Readonly<Record<string, string>>): void {
  flush(state);
  if (headings.has(name)) state.kind = 'heading';
  if (name === 'li') state.kind = 'item';
  if (bylineName.test(attributes.class ?? '')) state.byline = true;
}

function openTag(state: State, furniture: ReadonlySet<string>, name: string, attributes: Record<string, string>): void {
  if (name === 'br') {
    state.breaks += 1;
    if (state.breaks >= 2) flush(state);
    else state.buffer += ' ';
    return;
  }
  state.breaks = 0;
  if (voidTags.has(name)) return;
  const silences =
    silent.has(name) ||
    (name !== 'body' && name !== 'html' && name !== 'article' && isFurniture(attributes, furniture));
  state.open.push({ name, silences });
  if (silences) state.silence += 1;
  if (state.silence > 0) return;
  if (breaking.has(name)) startBlock(state, name, attributes);
  else if (name === 'td' || name === 'th') state.buffer += ' ';
  if (name === 'a') state.links += 1;
}

function closeTag(state: State, name: string): void {
  if (voidTags.has(name)) return;
  const closed = state.open.pop();
  if (closed?.silences === true) state.silence -= 1;
  else if (state.silence === 0 && breaking.has(name)) flush(state);
  if (name === 'a' && state.links > 0) state.links -= 1;
}

/** Beyond this nesting no page means anything, and the parser's own stack grows slow. */
const nestingLimit = 2_000;
const selfClosing = new Set([...voidTags, 'p', 'li', 'tr', 'td', 'th', 'dd', 'dt', 'option', 'thead', 'tbody']);

function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (selfClosing.has(name.toLowerCase())) continue;
    depth = slash === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > nestingLimit) return true;
  }
  return false;
}

/** Only the text between tags, a block for each stretch. */
function blocksWithoutTree(html: string): Block[] {
  return html
    .split(/<[^<>]*>/)
    .map((piece): Block => ({ kind: 'paragraph', text: tidyLine(piece), linked: 0 }))
    .filter((block) => block.text !== '')
    .slice(0, blockLimit);
}

/**
 * Cuts HTML into blocks in one pass, without a tree: time and memory grow with the input, whatever its
 * nesting. Elements that are never article text (scripts, navigation, captions, forms) and those whose class
 * names say so are left out.
 */
export function htmlBlocks(html: string, furniture: ReadonlySet<string>): Block[] {
  if (isTooDeep(html.slice(0, inputLimit))) return blocksWithoutTree(html.slice(0, inputLimit));
  const state: State = {
    blocks: [],
    buffer: '',
    linkedCharacters: 0,
    kind: 'paragraph',
    byline: false,
    open: [],
    silence: 0,
    links: 0,
    breaks: 0,
  };
  const parser = new Parser({
    onopentag: (name, attributes) => openTag(state, furniture, name, attributes),
    onclosetag: (name) => closeTag(state, name),
    ontext: (text) => {
      if (state.silence > 0) return;
      state.buffer += text;
      if (state.links > 0) state.linkedCharacters += text.length;
      if (text.trim() !== '') state.breaks = 0;
    },
  });
  parser.write(html.slice(0, inputLimit));
  parser.end();
  flush(state);
  return state.blocks;
}
