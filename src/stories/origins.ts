/** A presidency speaks for its government. */
function house(name: string): string {
  return plainName(name.replace(/^official:Presidency of /, 'official:Government of '));
}

/** `official:US District Court` is `official:US District Court, D. Mass.` told with less. */
export function isSameOrigin(a: string, b: string): boolean {
  const [x, y] = [house(a), house(b)];
  return x === y || (a.startsWith('official:') && (a.startsWith(`${b},`) || b.startsWith(`${a},`)));
}

/** `The Wall Street Journal` and `Wall Street Journal` are one name. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^the\s+/, '')
    .replace(/[^\p{L}\p{N}:]+/gu, ' ')
    .trim();
}
