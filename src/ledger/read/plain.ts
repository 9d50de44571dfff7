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
  const title =
    /^title:\s*(.*(?:\n[ \t]+.*)*)/m.exec(front)?.[1] ??
    /<(?:h1|title)\b[^<>]{0,200}>([^<]{1,400})</i.exec(source)?.[1];
  const date = /^date:\s*['"]?(\d{4}-\d{2}-\d{2})/m.exec(front)?.[1];
  return {
    title: title === undefined ? null : tidy(unescaped(title).replace(/^['"]|['"]$/g, '')),
    date: date ?? null,
    text: tidy(unmarked(source.slice(whole.length))),
  };
}

/** Tags within a sentence; all others end a word. */
const inlineTag = /<\/?(?:a|abbr|b|e|em|font|i|small|span|strong|su|sub|sup|u)\b[^<>]*>/gi;

function unmarked(text: string): string {
  const untagged = text
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1>|$)/gi, ' ')
    .replace(/<th\b[^<>]*>(?:[^<]|<(?!\/th)){0,300}<\/th>/gi, ' ')
    .replace(/<(?:li|td)\b[^<>]*>/gi, ' • ')
    .replace(/<\/(?:ol|ul|table)>/gi, '. ')
    .replace(inlineTag, '')
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/\[\[Page [\dA-Z]+\]\]/g, ' ');
  return rejoined(markdownLists(unescaped(untagged)))
    .replace(/\\(?=[()[\]*_.#-])/g, '')
    .replace(/[*_]{1,3}/g, '');
}

function unescaped(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replace(/&([a-z]+);/gi, (found, name: string) => entities[name.toLowerCase()] ?? found);
}

/** Items marked `*`, and rows of a table without its heading, as items marked `•`. */
function markdownLists(text: string): string {
  return text
    .replace(/^[ \t]*\|.*\|[ \t]*\r?\n[ \t]*\|(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*$/gm, ' ')
    .replace(/^[ \t]*\|(.*)\|[ \t]*$/gm, (_, cells: string) => `• ${cells.replaceAll('|', ' • ')}`)
    .replace(/^[ \t]*[*+] (?=\S)/gm, '• ');
}

const hyphened =
  /(?<![\p{L}-])(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|non|high|low|long|short|by|well|self|third|cross)$/iu;

/** `Kyrgyz-` and `stan` on two lines are one word; `high-` and `risk`, `twenty-` and `seven` keep their hyphen. */
function rejoined(text: string): string {
  return text.replace(/(?<=\p{L})-[ \t]{0,9}\r?\n\s*(?=\p{Ll})/gu, (_, at: number) =>
    hyphened.test(text.slice(Math.max(0, at - 9), at)) ? '-' : '',
  );
}

function tidy(text: string): string {
  return text
    .replace(/\\_/g, ' ')
    .replace(/[\u2010-\u2013\u00AD]/g, '-')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\s+/g, ' ')
    .replace(/(?<=[.;:]) (?:\. )+/g, ' ')
    .trim();
}
