/** Widths of a TrueType font, in its own units: what is needed to know how much room a text takes. */
export interface FontMetrics {
  unitsPerEm: number;
  /** Of a code point; null where the font has no glyph for it. */
  advance(codePoint: number): number | null;
}

/**
 * Reads head, hhea, hmtx and cmap (formats 4 and 12). Kerning and joined forms are left out: both make text narrower,
 * so that a measured width is never too small by more than a hair.
 * @throws RangeError when the bytes end before the tables do
 */
export function readFontMetrics(bytes: Uint8Array): FontMetrics {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tables = tablesOf(view);
  const unitsPerEm = view.getUint16(at(tables, 'head') + 18);
  const longMetrics = view.getUint16(at(tables, 'hhea') + 34);
  const hmtx = at(tables, 'hmtx');
  const glyphOf = glyphIndex(view, at(tables, 'cmap'));
  const advances = new Map<number, number | null>();
  return {
    unitsPerEm,
    advance: (codePoint) => {
      let advance = advances.get(codePoint);
      if (advance === undefined) {
        const glyph = glyphOf(codePoint);
        advance = glyph === 0 ? null : view.getUint16(hmtx + 4 * Math.min(glyph, longMetrics - 1));
        advances.set(codePoint, advance);
      }
      return advance;
    },
  };
}

function tablesOf(view: DataView): ReadonlyMap<string, number> {
  const tables = new Map<string, number>();
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const record = 12 + 16 * index;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(record + offset)));
    tables.set(tag, view.getUint32(record + 8));
  }
  return tables;
}

function at(tables: ReadonlyMap<string, number>, tag: string): number {
  const offset = tables.get(tag);
  if (offset === undefined) throw new RangeError(`the font has no ${tag} table`);
  return offset;
}

/** From code point to glyph, by the widest Unicode subtable; 0 stands for none. */
function glyphIndex(view: DataView, cmap: number): (codePoint: number) => number {
  const subtables = Array.from({ length: view.getUint16(cmap + 2) }, (_, index) => {
    const offset = cmap + view.getUint32(cmap + 4 + 8 * index + 4);
    return { offset, format: view.getUint16(offset) };
  });
  const wide = subtables.find(({ format }) => format === 12);
  if (wide) return (codePoint) => wideGlyph(view, wide.offset, codePoint);
  const narrow = subtables.find(({ format }) => format === 4);
  if (narrow) return (codePoint) => narrowGlyph(view, narrow.offset, codePoint);
  return () => 0;
}

function wideGlyph(view: DataView, table: number, codePoint: number): number {
  for (let group = 0; group < view.getUint32(table + 12); group += 1) {
    const record = table + 16 + 12 * group;
    const first = view.getUint32(record);
    if (codePoint < first) return 0;
    if (codePoint <= view.getUint32(record + 4)) return view.getUint32(record + 8) + codePoint - first;
  }
  return 0;
}

function narrowGlyph(view: DataView, table: number, codePoint: number): number {
  const length = view.getUint16(table + 6);
  const [ends, starts] = [table + 14, table + 16 + length];
  for (let segment = 0; segment < length; segment += 2) {
    if (codePoint > view.getUint16(ends + segment)) continue;
    const start = view.getUint16(starts + segment);
    if (codePoint < start) return 0;
    const delta = view.getUint16(starts + length + segment);
    const rangeAt = starts + 2 * length + segment;
    const range = view.getUint16(rangeAt);
    if (range === 0) return (codePoint + delta) & 0xffff;
    const glyph = view.getUint16(rangeAt + range + 2 * (codePoint - start));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}
