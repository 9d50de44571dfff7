const entities: Readonly<Record<string, string>> = {
  nbsp: ' ',
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  rsquo: "'",
  lsquo: "'",
  ldquo: '"',
  rdquo: '"',
  mdash: '—',
  ndash: '-',
  sect: '§',
};

/** A document's words without markup, and what stood above them. */
export interface PlainDocument {
  title: string | null;
  /** `YYYY-MM-DD` of the page, which is mostly but not always the day of signing. */
  date: string | null;
  /** One line: White House Markdown, HTML or Federal Register text, all made alike. */
  text: string;
}

/** Takes front matter, tags, Markdown, page marks and odd hyphens away. Never throws, whatever it is given. */
export function plainDocument(source: string): PlainDocument {
  const [whole = '', front = ''] = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(source) ?? [];
  const title = /^title:\s*(.*(?:\n[ \t]+.*)*)/m.exec(front)?.[1];
  const date = /^date:\s*['"]?(\d{4}-\d{2}-\d{2})/m.exec(front)?.[1];
  return {
    title: title === undefined ? null : tidy(title.replace(/^['"]|['"]$/g, '')),
    date: date ?? null,
    text: tidy(unmarked(source.slice(whole.length))),
  };
}

function unmarked(text: string): string {
  return text
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<(?:br|\/?(?:p|div|li|h\d|tr|td))\b[^>]*>/gi, ' ')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/\[\[Page [\dA-Z]+\]\]/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replace(/&([a-z]+);/gi, (found, name: string) => entities[name.toLowerCase()] ?? found)
    .replace(/\\(?=[()[\]*_.#-])/g, '')
    .replace(/[*_]{1,3}/g, '');
}

function tidy(text: string): string {
  return text
    .replace(/\\_/g, ' ')
    .replace(/[\u2010-\u2013\u00AD]/g, '-')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}
