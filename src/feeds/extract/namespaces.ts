/** Prefix that this program uses for a namespace, by its addresses (lower case, without scheme, trailing slash or #). */
const families: Readonly<Record<string, readonly string[]>> = {
  '': [
    'my.netscape.com/rdf/simple/0.9',
    'channel.netscape.com/rdf/simple/0.9',
    'purl.org/rss/1.0',
    'my.netscape.com/publish/formats/rss-0.9.dtd',
    'my.netscape.com/publish/formats/rss-0.91.dtd',
    'backend.userland.com/rss',
    'backend.userland.com/rss2',
    'backend.userland.com/rss091',
    'blogs.law.harvard.edu/tech/rss',
    'cyber.law.harvard.edu/rss/rss.html',
    'cyber.law.harvard.edu/rss',
    'www.rssboard.org/rss-specification',
    'purl.org/rss/2.0',
    'purl.org/net/rss1.1',
  ],
  a: [
    'www.w3.org/2005/atom',
    'purl.org/atom/ns',
    'purl.org/atom/ns#',
    'example.com/newformat',
    'example.com/necho',
    'purl.org/echo',
    'uri/of/echo/namespace',
    'purl.org/pie',
    'purl.org/atom/app',
    'www.w3.org/2007/app',
  ],
  rdf: ['www.w3.org/1999/02/22-rdf-syntax-ns'],
  at: ['purl.org/atompub/tombstones/1.0'],
  dc: ['purl.org/dc/elements/1.1', 'purl.org/dc/elements/1.0', 'purl.org/dc/dcmi'],
  dcterms: ['purl.org/dc/terms', 'dublincore.org/documents/dcmi-namespace'],
  content: ['purl.org/rss/1.0/modules/content', 'purl.org/rss/modules/content'],
  xhtml: ['www.w3.org/1999/xhtml'],
  itunes: [
    'www.itunes.com/dtds/podcast-1.0.dtd',
    'example.com/dtds/podcast-1.0.dtd',
    'www.itunes.com/dtds/podcast-1.0',
  ],
  googleplay: [
    'www.google.com/schemas/play-podcasts/1.0',
    'www.google.com/schemas/play-podcasts/1.0/play-podcasts.xsd',
  ],
  media: [
    'search.yahoo.com/mrss',
    'tools.search.yahoo.com/mrss',
    'video.search.yahoo.com/mrss',
    'www.rssboard.org/media-rss',
    'search.yahoo.com/mrss/',
  ],
  sy: ['purl.org/rss/1.0/modules/syndication'],
  feedburner: ['rssnamespace.org/feedburner/ext/1.0'],
  admin: ['webns.net/mvcb'],
  annotate: ['purl.org/rss/1.0/modules/annotate'],
  slash: ['purl.org/rss/1.0/modules/slash'],
  wfw: ['wellformedweb.org/commentapi'],
  thr: ['purl.org/syndication/thread/1.0'],
  xml: ['www.w3.org/xml/1998/namespace'],
  svg: ['www.w3.org/2000/svg'],
  mathml: ['www.w3.org/1998/math/mathml'],
  source: ['source.scripting.com'],
  news: ['www.google.com/schemas/sitemap-news/0.9', 'www.google.com/schemas/rss/2.0/extension'],
};

const prefixByAddress: ReadonlyMap<string, string> = new Map(
  Object.entries(families).flatMap(([prefix, addresses]) =>
    addresses.map((address): [string, string] => [address, prefix]),
  ),
);

function prefixOf(address: string): string | undefined {
  const bare = address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '');
  const found = prefixByAddress.get(bare.replace(/[/#]$/, ''));
  // Publishers invent variants of the Atom address (`.../2005/Atom/`, `.../atom/ns#draft-01`).
  return found ?? (/^(www\.w3\.org\/2005\/atom|purl\.org\/atom\/ns)/.test(bare) ? 'a' : undefined);
}

/** Names in one set of declarations; children without own declarations share it. */
export interface Scope {
  /** Declared prefix ('' is the default) to our prefix. */
  prefixes: ReadonlyMap<string, string>;
  /** Raw names seen in this scope, resolved. */
  names: Map<string, string>;
}

/** What feeds use without declaring it. */
export function outerScope(): Scope {
  return {
    prefixes: new Map([
      ['atom', 'a'],
      ['atom10', 'a'],
      ['dcterm', 'dcterms'],
      ['rss', ''],
    ]),
    names: new Map(),
  };
}

const structure = /^(rss|feed|channel|items?|entry|title|link|guid|id|description|pubdate)$/i;

/** The scope inside an element, named as written: the outer one unless it declares namespaces. */
export function innerScope(outer: Scope, raw: string, attributes: ReadonlyMap<string, string>): Scope {
  let prefixes: Map<string, string> | null = null;
  for (const [name, value] of attributes) {
    if (!name.startsWith('xmlns')) continue;
    const declared = name === 'xmlns' ? '' : name.startsWith('xmlns:') ? name.slice(6).toLowerCase() : null;
    if (declared === null) continue;
    // Editors paste XHTML's namespace onto whole items: what a feed is made of is no XHTML.
    if (declared === '' && structure.test(raw) && prefixOf(value) === 'xhtml') continue;
    prefixes ??= new Map(outer.prefixes);
    // An address that nobody knows leaves the prefix to speak for itself.
    prefixes.set(declared, prefixOf(value) ?? (declared === 'atom' ? 'a' : declared));
  }
  return prefixes === null ? outer : { prefixes, names: new Map() };
}

/** `dc:date` for any prefix bound to Dublin Core; RSS names bare; Atom names as `a:title`. Lower case. */
export function resolveName(scope: Scope, raw: string): string {
  const known = scope.names.get(raw);
  if (known !== undefined) return known;
  const lower = raw.toLowerCase();
  const colon = lower.indexOf(':');
  const declared = colon < 0 ? '' : lower.slice(0, colon);
  const prefix = scope.prefixes.get(declared) ?? declared;
  const local = lower.slice(colon + 1);
  const name = prefix === '' ? local : `${prefix}:${local}`;
  if (scope.names.size < 2000) scope.names.set(raw, name);
  return name;
}
