const separators = /\s+[-|‐‑–—―:·•»]+\s+/g;

function words(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/\.(com|org|net|co\.uk|news|gov)\b/g, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** `BBC` and `BBC News`, `CBSNews.com` and `CBS News`, `The Guardian` and `Guardian`: one named by the other. */
function sameOutlet(suffix: string, publisher: string): boolean {
  const left = words(suffix).filter((word) => word !== 'the');
  const right = words(publisher).filter((word) => word !== 'the');
  if (left.length === 0 || right.length === 0) return false;
  if (left.join('') === right.join('')) return true;
  const [short, long] = left.length < right.length ? [left, right] : [right, left];
  return short.every((word, at) => word === long[at]);
}

/** `Headline (Outlet)` without the outlet; null when it does not end so. */
function withoutBrackets(title: string, publisher: string): string | null {
  const open = title.endsWith(')') ? title.lastIndexOf('(') : title.endsWith(']') ? title.lastIndexOf('[') : -1;
  if (open < 1 || title.length - open > 64 || !sameOutlet(title.slice(open + 1, -1), publisher)) return null;
  return title.slice(0, open).trimEnd() || null;
}

/** A bare domain at the end of a headline is never part of it. */
function isDomain(text: string): boolean {
  return /^([a-z0-9-]+\.)+[a-z]{2,}$/i.test(text.trim());
}

/**
 * The headline without a trailing ` - Outlet` (or `|`, `–`, `—`), when that names the publisher or is a domain.
 * With `always`, as for aggregators that append an outlet to every title, the last part goes whatever it says, if it
 * is at most six words. Something always stays.
 */
export function stripOutletSuffix(title: string, publisher: string | null, always = false): string {
  const bare = publisher === null ? null : withoutBrackets(title.trimEnd(), publisher);
  if (bare !== null) return bare;
  const cuts = [...title.slice(0, 1000).matchAll(separators)];
  const last = cuts.at(-1);
  if (!last || last.index === 0) return title;
  const suffix = title.slice(last.index + last[0].length);
  const named = publisher !== null && sameOutlet(suffix, publisher);
  if (!named && !isDomain(suffix) && !(always && words(suffix).length <= 6)) return title;
  const head = title.slice(0, last.index).trim();
  return head === '' ? title : head;
}
