/** Values of a document's own entities; none that reach outside it. */
export type Entities = ReadonlyMap<string, string>;

const none: Entities = new Map();
/** Characters that all of a document's own entities may add. */
const expansionLimit = 256 * 1024;

/** End of `<!DOCTYPE … [ … ]>`, minding quotes and the subset's brackets; -1 when it never ends. */
function endOf(text: string, start: number): number {
  const limit = Math.min(text.length, start + 65_536);
  let quote = '';
  let subset = false;
  for (let i = start; i < limit; i += 1) {
    const char = text[i] ?? '';
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '[') subset = true;
    else if (char === ']') subset = false;
    else if (char === '>' && !subset) return i + 1;
  }
  return -1;
}

/** Index of `<!DOCTYPE` before the first element, minding comments; -1 when there is none. */
function startOf(text: string): number {
  let at = text.indexOf('<');
  while (at >= 0 && at < 65_536) {
    if (/^<!doctype\b/i.test(text.slice(at, at + 10))) return at;
    if (/^<[^!?]/.test(text.slice(at, at + 2))) return -1;
    const end = text.startsWith('<!--', at) ? text.indexOf('-->', at + 4) : at + 1;
    at = end < 0 ? -1 : text.indexOf('<', end);
  }
  return -1;
}

function declarations(subset: string): Entities {
  const found = new Map<string, string>();
  for (const match of subset.matchAll(/<!ENTITY\s+([\w.-]{1,60})\s+(?:"([^"]{0,65536})"|'([^']{0,65536})')\s*>/g)) {
    const name = match[1] ?? '';
    if (!found.has(name) && found.size < 500) found.set(name, match[2] ?? match[3] ?? '');
  }
  return found;
}

/** Cuts the document type off, so that its subset is not read as text, and answers the entities it declares. */
export function takeDoctype(text: string): { text: string; entities: Entities } {
  const start = startOf(text);
  if (start < 0) return { text, entities: none };
  let end = endOf(text, start);
  if (end < 0) {
    // A quote or bracket that never closes: the subset's own end, or else the first end of any tag.
    const close = text.indexOf(']>', start);
    end = close < 0 ? text.indexOf('>', start) + 1 : close + 2;
    if (end <= 0) return { text, entities: none };
  }
  return { text: `${text.slice(0, start)} ${text.slice(end)}`, entities: declarations(text.slice(start, end)) };
}

/** Replaces a document's own entities, three levels deep and bounded over the whole document; the rest stays as it is. */
export function expander(entities: Entities): (text: string) => string {
  if (entities.size === 0) return (text) => text;
  let left = expansionLimit;
  const expand = (text: string, depth: number): string =>
    text.replace(/&([\w.-]{1,60});/g, (whole, name: string) => {
      const value = entities.get(name);
      if (value === undefined || depth === 0) return whole;
      left -= value.length;
      return left < 0 ? '' : expand(value, depth - 1);
    });
  return (text) => (text.includes('&') ? expand(text, 3) : text);
}
