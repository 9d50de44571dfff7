import type { ItemSlot } from './draft.ts';

/** How an element's content is read. */
export type FieldKind =
  | 'line' // one line of plain text
  | 'html' // HTML, or text that becomes HTML
  | 'xhtml' // always markup, never escaped
  | 'date'
  | 'link' // `href`, or text
  | 'id'
  | 'person'; // text, or name and email within

export interface Field<Slot extends string> {
  slot: Slot;
  kind: FieldKind;
  rank: number;
}

type Row<Slot extends string> = readonly [names: string, slot: Slot, kind: FieldKind, rank: number];

function table<Slot extends string>(rows: readonly Row<Slot>[]): ReadonlyMap<string, Field<Slot>> {
  return new Map(
    rows.flatMap(([names, slot, kind, rank]) =>
      names.split(' ').map((name): [string, Field<Slot>] => [name, { slot, kind, rank }]),
    ),
  );
}

/** Elements of an item, best source of each value first. Names as `resolveName` gives them. */
export const itemFields = table<ItemSlot>([
  ['title a:title', 'title', 'line', 10],
  ['dc:title dcterms:title', 'title', 'line', 5],
  ['media:title', 'title', 'line', 3],
  ['itunes:title', 'title', 'line', 2],

  ['link a:link', 'link', 'link', 10],
  ['feedburner:origlink', 'link', 'link', 4],

  ['guid id a:id', 'id', 'id', 10],
  ['dc:identifier dcterms:identifier', 'id', 'id', 3],

  ['pubdate published a:published', 'published', 'date', 10],
  ['issued a:issued', 'published', 'date', 9],
  ['dcterms:issued', 'published', 'date', 8],
  ['dc:date dcterms:available', 'published', 'date', 6],
  ['created a:created dcterms:created dcterms:date date', 'published', 'date', 5],

  ['updated a:updated', 'updated', 'date', 10],
  ['modified a:modified', 'updated', 'date', 9],
  ['dcterms:modified', 'updated', 'date', 8],

  ['dc:creator', 'author', 'person', 11],
  ['author a:author', 'author', 'person', 10],
  ['dc:author dcterms:creator', 'author', 'person', 8],
  ['itunes:author', 'author', 'person', 5],
  ['googleplay:author', 'author', 'person', 4],
  ['dc:contributor a:contributor', 'author', 'person', 1],

  ['description a:summary summary', 'summary', 'html', 10],
  ['a:tagline abstract', 'summary', 'html', 8],
  ['dc:description dcterms:description dcterms:abstract', 'summary', 'html', 6],
  ['itunes:summary', 'summary', 'html', 5],
  ['googleplay:description', 'summary', 'html', 4],
  ['media:description', 'summary', 'html', 3],
  ['itunes:subtitle', 'summary', 'html', 2],

  ['content:encoded a:content', 'content', 'html', 10],
  ['content fullitem', 'content', 'html', 9],
  ['xhtml:body xhtml:div body', 'content', 'xhtml', 8],
]);

/** Elements of the feed itself. */
export const feedFields = table<'title' | 'link' | 'author'>([
  ['title a:title', 'title', 'line', 10],
  ['dc:title', 'title', 'line', 5],
  ['itunes:title', 'title', 'line', 2],
  ['link a:link', 'link', 'link', 10],
  ['dc:creator', 'author', 'person', 11],
  ['author a:author', 'author', 'person', 10],
  ['managingeditor', 'author', 'person', 9],
  ['dc:author dc:publisher', 'author', 'person', 7],
  ['itunes:author', 'author', 'person', 6],
  ['googleplay:author', 'author', 'person', 5],
  ['webmaster', 'author', 'person', 3],
]);

/** What a feed asks of pollers, with the element it must stand in ('' for any). */
export const hintNames: ReadonlyMap<string, string> = new Map([
  ['ttl', ''],
  ['sy:updateperiod', ''],
  ['sy:updatefrequency', ''],
  ['hour', 'skiphours'],
  ['day', 'skipdays'],
]);
/** Elements that only wrap what is read as if it stood outside them. */
export const transparent: ReadonlySet<string> = new Set(['skiphours', 'skipdays', 'media:group', 'media:content']);
export const itemNames: ReadonlySet<string> = new Set(['item', 'entry', 'a:entry', 'a:item']);
export const feedNames: ReadonlySet<string> = new Set([
  'rss',
  'rdf:rdf',
  'channel',
  'feed',
  'a:feed',
  'rdf',
  'a:channel',
]);
/** Feed elements that no HTML has: inside a field, they show that its end tag is missing. */
export const neverHtml: ReadonlySet<string> = new Set([
  'guid',
  'pubdate',
  'content:encoded',
  'dc:date',
  'dc:creator',
  'description',
  'a:link',
  'a:id',
  'a:updated',
  'a:published',
  'a:summary',
  'a:content',
  'a:author',
  'enclosure',
]);
