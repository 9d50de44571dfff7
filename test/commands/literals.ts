/** Before a slash that begins a pattern, and not a division. */
const beforePattern = /(^|[(,=:[!&|?{};+>]|return)\s*$/;

/** Every string and template of a source, in the order in which they end; what a template leaves open is `\0`. */
export function literalsOf(source: string): string[] {
  const found: string[] = [];
  let at = 0;

  const skipTo = (end: string) => {
    const next = source.indexOf(end, at + 2);
    at = next < 0 ? source.length : next + end.length;
  };

  function skipPattern(): void {
    let isClass = false;
    for (at += 1; at < source.length && (source[at] !== '/' || isClass); at += 1) {
      if (source[at] === '\\') at += 1;
      else if (source[at] === '[') isClass = true;
      else if (source[at] === ']') isClass = false;
    }
    at += 1;
  }

  function readQuoted(quote: string): void {
    let words = '';
    for (at += 1; at < source.length && source[at] !== quote; at += 1) {
      if (source[at] === '\\') at += 1;
      if (quote === '`' && source.startsWith('${', at)) {
        at += 2;
        readCode('}');
        words += '\0';
      } else words += source[at];
    }
    at += 1;
    found.push(words);
  }

  function readCode(end: string): void {
    for (let depth = 0; at < source.length; ) {
      const char = source[at] ?? '';
      if (char === end && depth === 0) return;
      if (source.startsWith('//', at)) skipTo('\n');
      else if (source.startsWith('/*', at)) skipTo('*/');
      else if (char === '/' && beforePattern.test(source.slice(Math.max(0, at - 20), at))) skipPattern();
      else if (char === "'" || char === '"' || char === '`') readQuoted(char);
      else {
        if (char === '{') depth += 1;
        if (char === '}') depth -= 1;
        at += 1;
      }
    }
  }

  readCode('');
  return found;
}
