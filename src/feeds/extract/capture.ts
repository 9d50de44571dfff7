import { escapeAttribute, escapeText } from 'entities';
import { maxField } from '../limits.ts';
import type { FieldKind } from './fields.ts';
import { isLinkAttribute, resolveLink } from './links.ts';

/** How the text of a field is to be understood, as Atom's `type` and `mode` tell. */
export type TextMode = 'html' | 'text' | 'xml' | 'base64';

/** The content of one field as it is being read. */
export interface Capture {
  kind: FieldKind;
  mode: TextMode;
  text: string;
  base: string;
  /** Something was dropped for length. */
  cut: boolean;
  /** A child element was seen. */
  markup: boolean;
  /** Of a person, from child elements. */
  name: string;
  email: string;
}

const voids = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

/** Atom 1.0's type, Atom 0.3's type and mode. RSS has neither: HTML. */
export function textMode(attributes: ReadonlyMap<string, string>, atom: boolean): TextMode {
  const type = (attributes.get('type') ?? '').trim().toLowerCase();
  const mode = (attributes.get('mode') ?? '').trim().toLowerCase();
  if (mode === 'base64') return 'base64';
  if (type === 'xhtml' || type === 'application/xhtml+xml') return mode === 'escaped' ? 'html' : 'xml';
  if (type === 'html' || type === 'text/html') return 'html';
  if (/^(text|application)\/xml$|\+xml$/.test(type)) return mode === 'escaped' ? 'html' : 'xml';
  if (type === 'text' || type.startsWith('text/')) return 'text';
  if (atom && type.includes('/')) return 'base64';
  return atom ? 'text' : 'html';
}

export function newCapture(kind: FieldKind, mode: TextMode, base: string): Capture {
  return { kind, mode, text: '', base, cut: false, markup: false, name: '', email: '' };
}

function append(capture: Capture, value: string): void {
  const room = maxField - capture.text.length;
  if (value.length > room) capture.cut = true;
  if (room > 0) capture.text += value.length > room ? value.slice(0, room) : value;
}

export function captureText(capture: Capture, value: string): void {
  append(capture, capture.mode === 'xml' && capture.markup ? escapeText(value) : value);
}

/** A child element inside a field that holds markup. `name` has no prefix. */
export function captureOpen(
  capture: Capture,
  name: string,
  attributes: ReadonlyMap<string, string>,
  base: string,
  empty: boolean,
): void {
  if (!capture.markup) {
    capture.markup = true;
    // Real child elements: the text around them is XML's, not escaped HTML, unless HTML came already.
    if (capture.mode !== 'xml' && !capture.text.includes('<')) capture.mode = 'xml';
    if (capture.mode === 'xml') capture.text = escapeText(capture.text);
  }
  let tag = `<${name}`;
  for (const [key, value] of attributes) {
    if (key.startsWith('xmlns') || key === 'xml:base') continue;
    const resolved = isLinkAttribute(key) ? (resolveLink(value, base) ?? '') : value;
    tag += ` ${key}="${escapeAttribute(resolved)}"`;
  }
  append(capture, voids.has(name) ? `${tag} />` : empty ? `${tag}></${name}>` : `${tag}>`);
}

export function captureClose(capture: Capture, name: string): void {
  if (!voids.has(name)) append(capture, `</${name}>`);
}
