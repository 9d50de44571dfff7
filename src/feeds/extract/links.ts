import { decodeHTMLAttribute, escapeAttribute } from 'entities';

/** `/path` whose meaning needs no URL parser: no dot segments, nothing to encode. */
const rooted = /^\/(?![/\\])(?!.*\/\.)[\w\-./~%?=&#+,;:@!$()*]*$/;
const absolute = /^https?:\/\/[^\s/?#]+[^\s]*$/i;

/** An address made absolute; what cannot be one is given back trimmed, and null when empty. */
export function resolveLink(value: string, base: string): string | null {
  const link = value.replace(/\s*[\r\n\t]+\s*/g, '').trim();
  if (link === '') return null;
  if (absolute.test(link)) return link;
  // A host that lost its scheme; no site has a folder of such a name.
  if (/^www\.[\w-]+\.[a-z]{2,}/i.test(link)) return `https://${link}`;
  try {
    return rooted.test(link) ? originOf(base) + link : new URL(link, base).href;
  } catch {
    return link;
  }
}

let lastBase = '';
let lastOrigin = '';

/** Scheme and host of a base; the one before is remembered, since a feed has few. */
function originOf(base: string): string {
  if (base === lastBase) return lastOrigin;
  const { protocol, host } = new URL(base);
  lastOrigin = `${protocol}//${host}`;
  lastBase = base;
  return lastOrigin;
}

/** Base inside an element with `xml:base`: a bad one leaves the outer base. */
export function innerBase(value: string, outer: string): string {
  try {
    return new URL(value.trim(), outer).href;
  } catch {
    return outer;
  }
}

const linkAttributes = 'href|src|action|cite|longdesc|data|poster|background|codebase|usemap|formaction|srcset';
const tag = /<[a-z][^<>]{0,8000}>/gi;
const attribute = new RegExp(`(\\s(?:${linkAttributes})\\s*=\\s*)(?:"([^"<>]*)"|'([^'<>]*)'|([^\\s"'<>]+))`, 'gi');
const relative = new RegExp(`\\s(?:${linkAttributes})\\s*=\\s*["']?(?!["']?(?:[a-z][a-z0-9+.-]*:|#))[^\\s>]`, 'i');

/** Whether an attribute holds an address. */
export function isLinkAttribute(name: string): boolean {
  return name !== 'srcset' && linkAttributes.split('|').includes(name);
}

/** Makes relative addresses in HTML absolute. Untouched (and cheap) when there are none. */
export function resolveHtml(html: string, base: string): string {
  if (!html.includes('<') || !relative.test(html)) return html;
  return html.replace(tag, (whole) =>
    relative.test(whole)
      ? whole.replace(attribute, (kept, lead: string, a?: string, b?: string, c?: string) => {
          if (/srcset/i.test(lead)) return kept;
          const value = a ?? b ?? c ?? '';
          const link = resolveLink(value.includes('&') ? decodeHTMLAttribute(value) : value, base);
          return link === null ? kept : `${lead}"${escapeAttribute(link)}"`;
        })
      : whole,
  );
}
