import { decodeHTMLAttribute, escapeAttribute } from 'entities';

const absolute = /^https?:\/\/[^\s/?#]+[^\s]*$/i;

/** An address made absolute; what cannot be one is given back trimmed, and null when empty. */
export function resolveLink(value: string, base: string): string | null {
  const link = value.replace(/[\r\n\t]+/g, '').trim();
  if (link === '') return null;
  if (absolute.test(link)) return link;
  try {
    return new URL(link, base).href;
  } catch {
    return link;
  }
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
          const link = resolveLink(decodeHTMLAttribute(a ?? b ?? c ?? ''), base);
          return link === null ? kept : `${lead}"${escapeAttribute(link)}"`;
        })
      : whole,
  );
}
