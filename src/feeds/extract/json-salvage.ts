import { maxItems } from '../limits.ts';

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a JSON text; null when it is none. */
export function lenient(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const lineBreaks: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
/** Characters of a document that are worth mending; hand-made ones are short. */
const maxRepaired = 1_000_000;

/** What hand-made JSON has and JSON itself refuses: a comma before the end, line breaks in strings, odd escapes. */
function repaired(text: string): string {
  if (text.length > maxRepaired) return '';
  let quoted = false;
  return text.replace(/\\(u[\da-fA-F]{4}|.)|["\n\r\t]|,(?=\s*[}\]])/gs, (whole, escaped?: string) => {
    if (whole === '"') quoted = !quoted;
    if (!quoted) return whole === ',' ? '' : whole;
    if (escaped !== undefined) return /^(?:u.{4}|["\\/bfnrt])$/.test(escaped) ? whole : escaped;
    return lineBreaks[whole] ?? whole;
  });
}

/** The value of a JSON text, mended where that is sure; null when it is none. */
export function mended(text: string): unknown {
  return lenient(text) ?? lenient(repaired(text));
}

/**
 * Whole objects of the list named `list` in a document that JSON itself refuses (cut off, a stray byte); null when
 * there is no such list.
 */
export function wholeObjects(text: string, list: 'items' | 'results'): Json[] | null {
  const head = new RegExp(`"${list}"\\s*:\\s*\\[`).exec(text);
  if (head === null) return null;
  const found: Json[] = [];
  let depth = 0;
  let start = 0;
  let quoted = false;
  for (let i = head.index + head[0].length; i < text.length && found.length <= maxItems; i += 1) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 0x5c) i += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b) {
      if (depth === 0) start = i;
      depth += 1;
    } else if (code === 0x7d) {
      depth -= 1;
      const value = depth === 0 ? lenient(text.slice(start, i + 1)) : null;
      if (isObject(value)) found.push(value);
      if (depth < 0) break;
    }
  }
  return found;
}
