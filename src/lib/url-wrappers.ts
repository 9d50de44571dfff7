/** The URL, or null when the text is none. (`URL.parse` is younger than the oldest Node supported.) */
export function parseUrl(text: string, base?: string | URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

/** Parameter that holds the true address, by host and path of the redirector. */
const wrappers: readonly { host: RegExp; path: RegExp; parameters: readonly string[] }[] = [
  { host: /(^|\.)google\.[a-z.]+$/, path: /^\/url$/, parameters: ['url', 'q'] },
  { host: /^lm?\.facebook\.com$/, path: /^\/l\.php$/, parameters: ['u'] },
  { host: /(^|\.)bing\.com$/, path: /^\/news\/apiclick\.aspx$/, parameters: ['url'] },
  { host: /^out\.reddit\.com$/, path: /^\//, parameters: ['url'] },
  { host: /^(www\.)?youtube\.com$/, path: /^\/redirect$/, parameters: ['q'] },
  { host: /^l\.instagram\.com$/, path: /^\/?$/, parameters: ['u'] },
  { host: /^t\.umblr\.com$/, path: /^\/redirect$/, parameters: ['z'] },
  { host: /(^|\.)linkedin\.com$/, path: /^\/(redir\/|safety\/go)/, parameters: ['url'] },
  { host: /(^|\.)vk\.com$/, path: /^\/away\.php$/, parameters: ['to'] },
  { host: /(^|\.)duckduckgo\.com$/, path: /^\/l\/$/, parameters: ['uddg'] },
  { host: /^slack-redir\.net$/, path: /^\/link$/, parameters: ['url'] },
  { host: /safelinks\.protection\.outlook\.com$/, path: /^\//, parameters: ['url'] },
];

/** The address inside redirectors, AMP caches and Google News wrappers that can be undone without asking anyone. */
export function unwrapUrl(url: URL): URL {
  let current = url;
  for (let depth = 0; depth < 3; depth++) {
    const inner = unwrapOnce(current);
    if (!inner) return current;
    current = inner;
  }
  return current;
}

function asHttp(text: string | null | undefined): URL | null {
  const url = text ? parseUrl(text) : null;
  return url && /^https?:$/.test(url.protocol) ? url : null;
}

function unwrapOnce(url: URL): URL | null {
  const wrapper = wrappers.find((one) => one.host.test(url.hostname) && one.path.test(url.pathname));
  if (wrapper) return asHttp(wrapper.parameters.map((name) => url.searchParams.get(name)).find(Boolean));
  return unwrapAmpCache(url) ?? unwrapGoogleNews(url);
}

/** `google.com/amp/s/site/…` and `site-com.cdn.ampproject.org/c/s/site/…`. */
function unwrapAmpCache(url: URL): URL | null {
  const google = /^(www\.)?google\.[a-z.]+$/.test(url.hostname) ? /^\/amp\/(s\/)?(.+)$/ : null;
  const cache = url.hostname.endsWith('.cdn.ampproject.org') ? /^\/(?:[a-z]\/)?(s\/)?([^/]+\..+)$/ : null;
  const found = (google ?? cache)?.exec(url.pathname);
  return found ? asHttp(`${found[1] ? 'https' : 'http'}://${found[2]}${url.search}`) : null;
}

/**
 * Wrappers made before July 2024 hold the address in base64: bytes 08 13 22, a length, the address. Later ones hold
 * an opaque `AU_yqL…` token that only Google can undo; they stay as they are.
 */
function unwrapGoogleNews(url: URL): URL | null {
  if (url.hostname !== 'news.google.com') return null;
  const token = /\/(?:articles|read)\/(CB[\w-]+)/.exec(url.pathname)?.[1];
  if (!token) return null;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes[0] !== 8 || bytes[1] !== 0x13 || bytes[2] !== 0x22) return null;
  const [low = 0, high = 0] = bytes.subarray(3);
  const [start, length] = low < 0x80 ? [4, low] : [5, (low & 0x7f) | (high << 7)];
  return asHttp(bytes.subarray(start, start + length).toString('utf8'));
}
