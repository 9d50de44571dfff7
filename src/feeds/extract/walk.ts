import { maxDepth, maxItems } from '../limits.ts';
import { captureClose, captureOpen, captureText, newCapture, textMode } from './capture.ts';
import { choose, type FeedDraft } from './draft.ts';
import {
  type Field,
  feedFields,
  feedNames,
  hintNames,
  itemFields,
  itemNames,
  neverHtml,
  transparent,
} from './fields.ts';
import { endDeleted, endField, endHint, linkElement } from './finish.ts';
import { type Attributes, type Frame, innermost, newWalk, pushFrame, type Role, type Walk } from './frames.ts';
import { innerBase } from './links.ts';
import type { MarkupEvents } from './markup.ts';
import { innerScope, resolveName } from './namespaces.ts';

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function endItem(walk: Walk): void {
  if (walk.item === null) return;
  walk.feed.items.push(walk.item);
  walk.item = null;
}

/** A person's part: the name wins, an address is better than nothing. */
function endPart(frame: Frame, parent: Frame): void {
  const text = frame.capture?.text.trim() ?? '';
  const person = parent.capture;
  if (person === null || text === '') return;
  if (frame.name.endsWith('name') && person.name === '') person.name = text;
  if (frame.name.endsWith('email') && person.email === '') person.email = text;
}

function pop(walk: Walk): void {
  const frame = walk.frames.pop();
  if (frame === undefined) return;
  walk.openCounts.set(frame.raw, (walk.openCounts.get(frame.raw) ?? 1) - 1);
  const { role, capture, field } = frame;
  if (capture?.cut === true) walk.feed.truncated = true;
  if (role === 'item') endItem(walk);
  if (role === 'part') endPart(frame, innermost(walk));
  if (capture === null) return;
  if (role === 'markup') captureClose(capture, localName(frame.name));
  if (role === 'hint') endHint(walk.feed, frame.name, capture.text);
  if (role === 'field' && field !== null)
    endField(walk.item ?? walk.feed, frame.name, field, capture, frame.attributes);
}

function popTo(walk: Walk, length: number): void {
  while (walk.frames.length > length) pop(walk);
}

function openItem(walk: Walk, frame: Frame): void {
  // An item stands in a feed and in nothing else: whatever else is open lost its end tag.
  const lost = walk.frames.findIndex(({ role }) => role !== 'feed' && role !== 'outside');
  if (lost >= 0) popTo(walk, lost);
  endItem(walk);
  if (walk.feed.items.length >= maxItems) {
    walk.feed.truncated = true;
    walk.finished = true;
    return;
  }
  walk.feed.recognised = true;
  walk.beyond = 0;
  walk.item = {};
  const about = frame.attributes.get('rdf:about');
  if (about !== undefined) {
    choose(walk.item, 'id', about, 4);
    choose(walk.item, 'link', /^https?:/i.test(about) ? about : null, 2);
  }
  frame.role = 'item';
  pushFrame(walk, frame);
}

/** Whether the innermost element is a field whose end tag must be missing, now that `name` begins. */
function endsField(frame: Frame, name: string): boolean {
  if (frame.role !== 'field' || frame.field === null) return false;
  const { kind } = frame.field;
  if (name.startsWith('xhtml:')) return false;
  if (kind === 'html' || kind === 'xhtml') return frame.name !== name && neverHtml.has(name);
  return kind !== 'person' && (itemFields.has(name) || feedFields.has(name) || hintNames.has(name));
}

/**
 * What addresses in an item are relative to: `xml:base`; without it Atom means the document, while RSS does not say
 * and its publishers mean the site.
 */
function itemBase(walk: Walk, frame: Frame): string {
  if (walk.item === null || frame.base !== walk.outer.base || frame.name.startsWith('a:')) return frame.base;
  const site = walk.feed.link;
  return site !== undefined && site.rank >= 8 && /^https?:/i.test(site.value) ? site.value : frame.base;
}

function openField(walk: Walk, frame: Frame, parent: Frame, field: Field<string>): void {
  const base = itemBase(walk, frame);
  // What describes one of several media describes the item less.
  const rank = parent.name.startsWith('media:') ? field.rank - 0.5 : field.rank;
  const ownRank = field.kind === 'link' ? linkElement(walk.item ?? walk.feed, frame.attributes, base, rank) : rank;
  if (ownRank > 0) {
    frame.role = 'field';
    frame.field = { ...field, rank: ownRank };
    const mode = field.kind === 'xhtml' ? 'xml' : textMode(frame.attributes, frame.name.startsWith('a:'));
    frame.capture = newCapture(field.kind, mode, base);
  }
  pushFrame(walk, frame);
}

const personParts = /^(?:name|email|uri|url|homepage|image)$/;

/** An element inside a field. Atom's own `div` around XHTML is no part of the content. */
function openInside(walk: Walk, frame: Frame, parent: Frame, empty: boolean): void {
  const { capture } = parent;
  if (capture === null) return;
  const local = localName(frame.name);
  if (capture.kind === 'person' && personParts.test(local)) {
    frame.role = 'part';
    frame.capture = newCapture('line', 'text', frame.base);
  } else if (parent.role === 'field' && capture.mode === 'xml' && local === 'div' && capture.text.trim() === '') {
    frame.role = 'wrapper';
    frame.capture = capture;
    capture.markup = true;
  } else {
    frame.role = 'markup';
    frame.capture = capture;
    captureOpen(capture, local, frame.attributes, frame.base, empty);
    if (empty) return;
  }
  pushFrame(walk, frame);
}

/** Role of an element that stands where a feed's or an item's fields stand. */
function openChild(walk: Walk, frame: Frame, parent: Frame): void {
  if (frame.name === 'at:deleted-entry') endDeleted(walk.feed, frame.attributes);
  const inItem = walk.item !== null;
  const field: Field<string> | undefined = (inItem ? itemFields : feedFields).get(frame.name);
  if (field !== undefined) return openField(walk, frame, parent, field);
  const place = inItem ? undefined : hintNames.get(frame.name);
  const role: Role = transparent.has(frame.name) ? parent.role : 'skip';
  frame.role = place === '' || (place !== undefined && place === parent.name) ? 'hint' : role;
  if (frame.role === 'hint') frame.capture = newCapture('line', 'text', frame.base);
  // A wrapper must not end the item when it ends.
  if (frame.role === 'item') frame.role = 'feed';
  pushFrame(walk, frame);
}

function openFeed(walk: Walk, frame: Frame): void {
  walk.feed.recognised = true;
  frame.role = 'feed';
  // Atom without a namespace.
  if (frame.name === 'feed')
    frame.scope = { prefixes: new Map([...frame.scope.prefixes, ['', 'a']]), names: new Map() };
  pushFrame(walk, frame);
}

function open(walk: Walk, raw: string, attributes: Attributes, empty: boolean): void {
  if (walk.frames.length >= maxDepth) {
    const local = localName(raw.toLowerCase());
    if (local !== 'item' && local !== 'entry') {
      if (!empty) walk.beyond += 1;
      return;
    }
  }
  let parent = innermost(walk);
  const scope = attributes.size === 0 ? parent.scope : innerScope(parent.scope, raw, attributes);
  const name = resolveName(scope, raw);
  const ownBase = attributes.size === 0 ? undefined : attributes.get('xml:base');
  const base = ownBase === undefined ? parent.base : innerBase(ownBase, parent.base);
  const frame: Frame = {
    raw: raw.toLowerCase(),
    name,
    role: 'skip',
    scope,
    base,
    capture: null,
    field: null,
    attributes,
  };
  if (itemNames.has(name)) openItem(walk, frame);
  else {
    if (endsField(parent, name)) {
      pop(walk);
      parent = innermost(walk);
    }
    if (parent.capture !== null) return openInside(walk, frame, parent, empty);
    if (feedNames.has(name) && (parent.role === 'outside' || parent.role === 'feed')) openFeed(walk, frame);
    else if (parent.role === 'feed' || parent.role === 'item') openChild(walk, frame, parent);
    else {
      frame.role = parent.role === 'outside' ? 'outside' : 'skip';
      pushFrame(walk, frame);
    }
  }
  if (empty && innermost(walk) === frame) pop(walk);
}

function close(walk: Walk, raw: string): void {
  const key = raw.trim().toLowerCase();
  const isOpen = (walk.openCounts.get(key) ?? 0) > 0;
  if (walk.beyond > 0) {
    if (!isOpen || !/^(?:.*:)?(?:item|entry|channel|feed|rss)$/.test(key)) {
      walk.beyond -= 1;
      return;
    }
    walk.beyond = 0;
  }
  if (isOpen)
    popTo(
      walk,
      walk.frames.findLastIndex((frame) => frame.raw === key),
    );
}

/**
 * The document may end in the midst of an item. A field without its end may be half a title or half an address, so it
 * is not believed; the item counts when it can be told from others by what came whole.
 */
function endDocument(walk: Walk): void {
  const { item } = walk;
  if (item !== null) {
    walk.feed.truncated = true;
    for (const frame of walk.frames) frame.capture = null;
    const whole = item.title !== undefined && (item.link !== undefined || item.id !== undefined);
    if (!whole && walk.feed.items.length > 0) walk.item = null;
  }
  popTo(walk, 0);
  endItem(walk);
}

/**
 * Reads a feed of any family from markup events into `feed`. Elements count by namespace and place and, where the
 * place is broken (ends missing, doubled or crossed), by what they must have been.
 */
export function feedWalker(feed: FeedDraft, url: string): MarkupEvents & { end(): void } {
  const walk = newWalk(feed, url);
  return {
    open: (raw, attributes, empty) => open(walk, raw, attributes, empty),
    close: (raw) => close(walk, raw),
    text(value) {
      const { capture } = innermost(walk);
      if (capture !== null) captureText(capture, value);
    },
    current: () => innermost(walk).raw,
    done: () => walk.finished,
    end: () => endDocument(walk),
  };
}
