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

/** One run of the tokenizer. */
interface Pass {
  text: string;
  events: MarkupEvents;
  /** Whether beginning again is worth reading so many characters twice. */
  mayRestart: (cost: number) => boolean;
  restart: Restart | null;
  stop: () => void;
  tagName: string;
  /** Where the tag being read began, -1 outside tags. */
  tagStart: number;
  attributes: Map<string, string> | null;
  attributeName: string;
  attributeValue: string;
}

function again(pass: Pass, at: number, reached: number, without = ''): boolean {
  if (!pass.mayRestart(reached - at)) return false;
  pass.restart = { at, without };
  pass.tagStart = -1;
  pass.stop();
  return true;
}

/** Index of the next thing at or after `from` that can be markup; the end of the text when there is none. */
function nextMarkupAt(text: string, from: number): number {
  nextMarkup.lastIndex = from;
  return nextMarkup.exec(text)?.index ?? text.length;
}

function characters({ restart, events }: Pass, value: string): void {
  if (restart === null && value !== '') events.text(value);
}

function text(pass: Pass, start: number, end: number): void {
  const unended = end >= pass.text.length && start > 1 && pass.text.startsWith('<?', start - 2);
  if (!unended || !again(pass, start, end, '<?')) characters(pass, pass.text.slice(start, end));
}

function openName(pass: Pass, start: number, end: number): void {
  pass.tagName = pass.text.slice(start, Math.min(end, start + 256));
  pass.tagStart = start;
  pass.attributes = null;
  if (nameStart.test(pass.tagName) && !pass.tagName.includes('<')) return;
  // `a <3 b` or `<ti<tle>`: no tag. What follows, up to the next thing that can be one, is text.
  const next = nextMarkupAt(pass.text, start);
  if (again(pass, next, end)) pass.events.text(pass.text.slice(start - 1, next));
}

function opened(pass: Pass, empty: boolean): void {
  pass.tagStart = -1;
  if (pass.tagName !== '') pass.events.open(pass.tagName, pass.attributes ?? noAttributes, empty);
  if (pass.events.done()) pass.stop();
}

function attributeData(pass: Pass, start: number, end: number): void {
  const value = pass.text.slice(start, Math.min(end, start + maxField));
  if (value.includes('<') && structure.test(value) && pass.mayRestart(end - start)) {
    // The quote was never closed: the tag ended before the first `<` in it.
    opened(pass, true);
    pass.restart = { at: start + value.indexOf('<'), without: '' };
    pass.stop();
    return;
  }
  if (pass.attributeValue.length < maxField) pass.attributeValue += value;
}

function attributeEnd(pass: Pass, quote: QuoteType): void {
  pass.attributes ??= new Map();
  const name = pass.attributeName.toLowerCase();
  if (pass.attributes.size >= maxAttributes || pass.attributes.has(name)) return;
  pass.attributes.set(name, quote === QuoteType.NoValue ? '' : pass.attributeValue);
}

function closeTag(pass: Pass, start: number, end: number): void {
  const name = pass.text.slice(start, Math.min(end, start + 256));
  const inner = name.indexOf('<');
  if (inner >= 0) {
    const next = nextMarkupAt(pass.text, start + inner);
    // The tokenizer looks for the `>` of this tag before it pauses: that is the price of beginning again.
    const found = pass.text.indexOf('>', end);
    if (again(pass, next, Math.max(next, found < 0 ? pass.text.length : found))) return;
  }
  pass.events.close(name);
  if (pass.events.done()) pass.stop();
}

/** The end of the element that an unclosed CDATA section stands in, as an index into `data`; -1 when it is sound. */
function lostEnd(pass: Pass, data: string, unterminated: boolean): number {
  const name = pass.events.current();
  const end = name === '' ? -1 : data.indexOf(`</${name}`);
  if (end < 0 || unterminated) return end;
  return data.indexOf('<![CDATA[') > end ? end : -1;
}

function section(pass: Pass, start: number, end: number, offset: number): void {
  const unterminated = end >= pass.text.length;
  const data = pass.text.slice(start, end - offset);
  const lost = lostEnd(pass, data, unterminated);
  if (lost < 0 || !again(pass, start + lost, end, unterminated ? '<![CDATA[' : '')) characters(pass, data);
  else if (lost > 0) pass.events.text(data.slice(0, lost).replace(/\]{1,2}$/, ''));
}

function comment(pass: Pass, start: number, end: number, offset: number): void {
  if (end >= pass.text.length) {
    again(pass, start, end, '<!--');
    return;
  }
  // A comment that holds the end of the item it began in was never meant to hold it.
  const data = pass.text.slice(start, end - offset);
  const first = data.includes('<') ? structure.exec(data) : null;
  if (first !== null && /^<\/(?:[\w.-]+:)?(?:item|entry)/i.test(first[0])) again(pass, start, end);
}

/** An instruction that holds elements lost its own end. */
function instruction(pass: Pass, start: number, end: number): void {
  const lost = pass.text.slice(start, end).search(structure);
  if (lost >= 0) again(pass, start + lost, end);
}

/** The tokenizer's events; none counts once it is to begin again. */
function callbacksOf(pass: Pass): TokenizerCallbacks {
  const going = (): boolean => pass.restart === null;
  return {
    ontext: (start, end) => going() && text(pass, start, end),
    ontextentity: (code) => characters(pass, withoutC1(String.fromCodePoint(code))),
    onopentagname: (start, end) => going() && openName(pass, start, end),
    onattribname(start, end) {
      pass.attributeName = pass.text.slice(start, Math.min(end, start + 256));
      pass.attributeValue = '';
    },
    onattribdata: (start, end) => going() && attributeData(pass, start, end),
    onattribentity(code) {
      pass.attributeValue += String.fromCodePoint(code);
    },
    onattribend: (quote) => going() && attributeEnd(pass, quote),
    onopentagend: () => going() && opened(pass, false),
    onselfclosingtag: () => going() && opened(pass, true),
    onclosetag: (start, end) => going() && closeTag(pass, start, end),
    oncdata: (start, end, offset) => going() && section(pass, start, end, offset),
    oncomment: (start, end, offset) => going() && comment(pass, start, end, offset),
    onprocessinginstruction: (start, end) => going() && instruction(pass, start, end),
    ondeclaration: () => undefined,
    onend: () => undefined,
  };
}

/** Runs the tokenizer over `source`: where to begin again, or null at the end. */
function run(source: string, events: MarkupEvents, mayRestart: Pass['mayRestart']): Restart | null {
  const pass: Pass = {
    text: source,
    events,
    mayRestart,
    restart: null,
    stop: () => tokenizer.pause(),
    tagName: '',
    tagStart: -1,
    attributes: null,
    attributeName: '',
    attributeValue: '',
  };
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: true }, callbacksOf(pass));
  tokenizer.write(source);
  tokenizer.end();
  if (pass.restart !== null || pass.tagStart < 0 || events.done()) return pass.restart;
  // A tag that never ends, for want of a quote or because the document is cut off.
  const next = nextMarkupAt(source, pass.tagStart);
  return next < source.length && mayRestart(source.length - next) ? { at: next, without: '' } : null;
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
    const restart = run(text, events, mayRestart);
    if (restart === null || events.done()) return;
    const rest = text.slice(restart.at);
    text = restart.without === '' ? rest : rest.replaceAll(restart.without, '');
  }
}
