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
    text: tidy(unmarked(evenCase(numberedSections(withoutFrame(source.slice(whole.length)))))),
  };
}

/** Running heads and production marks of the printed page, each a line of its own. */
const pageLine =
  /^[ \t]*(?:\d{1,6}[ \t]+)?(?:Federal Register ?\/ ?Vol\.[^\n]{0,200}|VerDate [^\n]{0,200}|Presidential Documents|Billing code [^\n]{0,60})[ \t]*$/gim;

/** A printed page or a quoted mail without what frames its words: heads, `>` before lines, marks of footnotes. */
function withoutFrame(text: string): string {
  return text
    .replace(/^(?:>[ \t]?)+/gm, '')
    .replace(pageLine, '')
    .replace(/<sup>\s*\d{1,3}\s*<\/sup>|\[\d{1,3}\]|[\u00B9\u00B2\u00B3\u2070-\u2079]/g, '');
}

/** `1. The entry of … 2. The entry of …`: numbered paragraphs of a document without sections are its sections. */
function numberedSections(text: string): string {
  if (/\bsec(?:tion|\.) ?1 ?\./i.test(text)) return text;
  let next = 1;
  return text.replace(/^[ \t]*(\d{1,2})\. (?=[A-Z][^\n]{50})/gm, (found, number: string) => {
    if (Number(number) !== next) return found;
    next++;
    return `Sec. ${number}. `;
  });
}

/** A text all in capitals as others are written, as far as the reader looks at case. */
function evenCase(text: string): string {
  const small = text.match(/\p{Ll}/gu)?.length ?? 0;
  const large = text.match(/\p{Lu}/gu)?.length ?? 0;
  if (large < 200 || small * 10 > large) return text;
  return text
    .toLowerCase()
    .replace(/(?:^|[.;:)]\s+|\()\p{Ll}(?=\p{Ll}{2})/gu, (found) => found.toUpperCase())
    .replace(
      /\b(?:united states|president|proclamation|executive order|palestinian authority|u\.s\.c\.|i(?=,? ))/g,
      (word) => word.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()),
    )
    .replace(/(?<![(.\p{L}])(?:[a-z]-\d\b|[fmj]\b)/gu, (found) => found.toUpperCase());
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

/** `Kyrgyz-` and `stan` on two lines are one word; `high-` and `risk`, `Guinea-` and `Bissau` keep their hyphen. */
function rejoined(text: string): string {
  const named = text.replace(/(?<=\p{L})-[ \t]{0,9}\r?\n\s*(?=\p{Lu})/gu, '-');
  return named.replace(/(?<=\p{L})-[ \t]{0,9}\r?\n\s*(?=\p{Ll})/gu, (_, at: number) =>
    hyphened.test(named.slice(Math.max(0, at - 9), at)) ? '-' : '',
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
