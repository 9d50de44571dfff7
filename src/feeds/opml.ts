import { Parser } from 'htmlparser2';
import { type SourceKind, sourceKinds } from '../core/article.ts';
import { UserError } from '../core/errors.ts';
import type { SourceConfig } from '../core/source-ports.ts';
import { parseHttpUrl } from '../lib/url.ts';
import { sourceFor } from './discover.ts';

const maxCharacters = 4 * 1024 * 1024;
const maxOutlines = 5000;

function escaped(text: string): string {
  const clean = text.replace(/\p{Cc}+/gu, ' ');
  return clean.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** The sources as OPML 2.0, grouped by kind, for other feed readers. `title` names the list. */
export function writeOpml(sources: readonly SourceConfig[], title = 'Borderwire sources'): string {
  const outline = (source: SourceConfig): string => {
    const { name, url, publisher, language, note } = source;
    const attributes = { type: 'rss', text: name, title: name, xmlUrl: url, publisher, language, description: note };
    const written = Object.entries(attributes).map(([key, value]) => `${key}="${escaped(value)}"`);
    return `      <outline ${written.join(' ')}/>`;
  };
  const groups = sourceKinds.flatMap((kind) => {
    const own = sources.filter((source) => source.kind === kind && source.format === 'feed');
    return own.length === 0 ? [] : [`    <outline text="${kind}">`, ...own.map(outline), '    </outline>'];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    `  <head><title>${escaped(title)}</title></head>`,
    '  <body>',
    ...groups,
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

/** One feed of an OPML list. */
export interface OpmlFeed {
  url: string;
  title: string | null;
  language: string | null;
  publisher: string | null;
  /** From the group it stands in, when that is named after a kind. */
  kind: SourceKind | null;
}

/**
 * The feeds of an OPML list, whatever wrote it: nested groups, any case of `xmlUrl`; each address once, in order.
 * Throws UserError when there is none, or the list is too large.
 */
export function readOpml(text: string): OpmlFeed[] {
  if (text.length > maxCharacters) throw new UserError('This OPML file is too large: 4 MB is the limit.');
  const feeds = new Map<string, OpmlFeed>();
  const groups: string[] = [];
  const parser = new Parser(
    {
      onopentag(name, given) {
        if (name.toLowerCase() !== 'outline') return;
        const attributes = Object.fromEntries(
          Object.entries(given).map(([key, value]) => [key.toLowerCase(), value.trim()]),
        );
        groups.push(attributes.text ?? '');
        const url = parseHttpUrl(attributes.xmlurl ?? '')?.href;
        if (url === undefined || feeds.has(url)) return;
        if (feeds.size >= maxOutlines) throw new UserError(`This OPML file holds more than ${maxOutlines} feeds.`);
        feeds.set(url, feedOf(url, attributes, groups));
      },
      onclosetag(name) {
        if (name.toLowerCase() === 'outline') groups.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  if (feeds.size === 0) throw new UserError('No feeds in this file: an OPML list has <outline xmlUrl="…"> in it.');
  return [...feeds.values()];
}

function feedOf(url: string, attributes: Readonly<Record<string, string>>, groups: readonly string[]): OpmlFeed {
  const kind = sourceKinds.find((one) => groups.some((group) => group.toLowerCase() === one)) ?? null;
  const { title, text, language, publisher } = attributes;
  const code = /^[a-z]{2,3}\b/i.exec(language ?? '')?.[0]?.toLowerCase() ?? null;
  return { url, title: title || text || null, language: code, publisher: publisher || null, kind };
}

/** The feeds of a list as sources that are not stored yet, each with an id that is not `taken`. */
export function sourcesOf(feeds: readonly OpmlFeed[], taken: Iterable<string>): SourceConfig[] {
  const ids = new Set(taken);
  return feeds.map(({ url, title, language, publisher, kind }) => {
    const more = { note: 'Imported from OPML.', language: language ?? 'und', kind: kind ?? 'news' };
    const source = sourceFor({ url, title }, ids, { ...more, ...(publisher === null ? {} : { publisher }) });
    ids.add(source.id);
    return source;
  });
}
