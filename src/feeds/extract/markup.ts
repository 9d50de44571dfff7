import { QuoteType, Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { withoutC1 } from '../decode.ts';
import { maxField } from '../limits.ts';

export interface MarkupEvents {
  open(name: string, attributes: ReadonlyMap<string, string>, empty: boolean): void;
  close(name: string): void;
  /** Text with XML's own entities decoded. */
  text(value: string): void;
  /** Raw name of the innermost open element, or ''. */
  current(): string;
  /** True ends the reading. */
  done(): boolean;
}

const maxAttributes = 64;
/** A document more broken than this is read as it stands. */
const maxRestarts = 50_000;
const noAttributes: ReadonlyMap<string, string> = new Map();
/** Tags that only a feed has: seen inside a quote or comment, they betray one that was never closed. */
const structure = /<\/?(?:[\w.-]+:)?(?:item|entry|channel|feed|rss)[\s>]/i;
const nameStart = /^[A-Za-z_:\u0080-\uffff]/;
const nextMarkup = /<(?=\/?[A-Za-z_:\u0080-\uffff]|[!?])/g;

/** Where to begin again after damage, and what to leave out of the rest. */
interface Restart {
  at: number;
  without: string;
}

/** One run of the tokenizer over `text`: where to begin again, or null at the end. */
function pass(text: string, events: MarkupEvents, mayRestart: (cost: number) => boolean): Restart | null {
  let restart: Restart | null = null;
  let tagName = '';
  let tagStart = -1;
  let attributes: Map<string, string> | null = null;
  let attributeName = '';
  let attributeValue = '';

  function again(at: number, reached: number, without = ''): boolean {
    if (!mayRestart(reached - at)) return false;
    restart = { at, without };
    tagStart = -1;
    tokenizer.pause();
    return true;
  }
  function opened(empty: boolean): void {
    tagStart = -1;
    if (tagName !== '') events.open(tagName, attributes ?? noAttributes, empty);
    if (events.done()) tokenizer.pause();
  }
  function characters(value: string): void {
    if (restart === null && value !== '') events.text(value);
  }
  /** The end of the element that an unclosed CDATA section stands in, as an index into `data`; -1 when it is sound. */
  function lostEnd(data: string, unterminated: boolean): number {
    const name = events.current();
    const end = name === '' ? -1 : data.indexOf(`</${name}`);
    if (end < 0 || unterminated) return end;
    const nested = data.indexOf('<![CDATA[');
    return nested > end ? end : -1;
  }

  const callbacks: TokenizerCallbacks = {
    ontext(start, end) {
      const unended = end >= text.length && start > 1 && text.startsWith('<?', start - 2);
      if (!unended || !again(start, end, '<?')) characters(text.slice(start, end));
    },
    ontextentity: (code) => characters(withoutC1(String.fromCodePoint(code))),
    onopentagname(start, end) {
      if (restart !== null) return;
      tagName = text.slice(start, Math.min(end, start + 256));
      tagStart = start;
      attributes = null;
      const inner = tagName.indexOf('<');
      if (nameStart.test(tagName) && inner < 0) return;
      // `a <3 b` or `<ti<tle>`: no tag. What follows, up to the next thing that can be one, is text.
      nextMarkup.lastIndex = start;
      const next = nextMarkup.exec(text)?.index ?? text.length;
      if (again(next, end)) events.text(text.slice(start - 1, next));
    },
    onattribname(start, end) {
      attributeName = text.slice(start, Math.min(end, start + 256));
      attributeValue = '';
    },
    onattribdata(start, end) {
      if (restart !== null) return;
      const value = text.slice(start, Math.min(end, start + maxField));
      const lost = value.includes('<') && structure.test(value) ? value.indexOf('<') : -1;
      if (lost >= 0 && mayRestart(end - start)) {
        opened(true);
        restart = { at: start + lost, without: '' };
        tokenizer.pause();
        return;
      }
      if (attributeValue.length < maxField) attributeValue += value;
    },
    onattribentity(code) {
      attributeValue += String.fromCodePoint(code);
    },
    onattribend(quote) {
      if (restart !== null) return;
      attributes ??= new Map();
      const name = attributeName.toLowerCase();
      if (attributes.size < maxAttributes && !attributes.has(name)) {
        attributes.set(name, quote === QuoteType.NoValue ? '' : attributeValue);
      }
    },
    onopentagend() {
      if (restart === null) opened(false);
    },
    onselfclosingtag() {
      if (restart === null) opened(true);
    },
    onclosetag(start, end) {
      if (restart !== null) return;
      const name = text.slice(start, Math.min(end, start + 256));
      const inner = name.indexOf('<');
      if (inner >= 0) {
        nextMarkup.lastIndex = start + inner;
        // The tokenizer looks for the `>` of this tag before it pauses: that is the price of beginning again.
        const next = nextMarkup.exec(text)?.index ?? text.length;
        const reached = text.indexOf('>', end);
        if (again(next, reached < next ? (reached < 0 ? text.length : next) : reached)) return;
      }
      events.close(name);
      if (events.done()) tokenizer.pause();
    },
    oncdata(start, end, offset) {
      if (restart !== null) return;
      const unterminated = end >= text.length;
      const data = text.slice(start, end - offset);
      const lost = lostEnd(data, unterminated);
      if (lost < 0 || !again(start + lost, end, unterminated ? '<![CDATA[' : '')) return characters(data);
      events.text(data.slice(0, lost));
    },
    oncomment(start, end, offset) {
      if (restart !== null) return;
      const unterminated = end >= text.length;
      if (unterminated) {
        again(start, end, '<!--');
        return;
      }
      // A comment that holds the end of the item it began in was never meant to hold it.
      const data = text.slice(start, end - offset);
      const first = data.includes('<') ? structure.exec(data) : null;
      if (first !== null && /^<\/(?:[\w.-]+:)?(?:item|entry)/i.test(first[0])) again(start, end);
    },
    ondeclaration: () => undefined,
    onprocessinginstruction(start, end) {
      // An instruction that holds elements lost its own end.
      if (restart !== null) return;
      const lost = text.slice(start, end).search(structure);
      if (lost >= 0) again(start + lost, end);
    },
    onend: () => undefined,
  };
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: true }, callbacks);
  tokenizer.write(text);
  tokenizer.end();
  // A tag that never ends, for want of a quote or because the document is cut off.
  if (restart === null && tagStart >= 0 && !events.done()) {
    nextMarkup.lastIndex = tagStart;
    const next = nextMarkup.exec(text)?.index;
    if (next !== undefined && mayRestart(text.length - next)) return { at: next, without: '' };
  }
  return restart;
}

/**
 * Reads XML as it is found on the web, linear in its length: tags that do not match, quotes, comments and CDATA
 * sections that never end, and `<` in text are read as what was meant.
 */
export function readMarkup(source: string, events: MarkupEvents): void {
  let text = source;
  let budget = 3 * source.length + 10_000;
  let restarts = 0;
  const mayRestart = (cost: number): boolean => {
    budget -= Math.max(cost, 64);
    restarts += 1;
    return budget > 0 && restarts <= maxRestarts;
  };
  for (;;) {
    const restart = pass(text, events, mayRestart);
    if (restart === null || events.done()) return;
    const rest = text.slice(restart.at);
    text = restart.without === '' ? rest : rest.replaceAll(restart.without, '');
  }
}
