import { deflateSync } from 'node:zlib';

/**
 * Opaque pixels as a PNG of at most 256 colours: the most frequent ones, the others drawn as the nearest of them. A map
 * of flat shades loses nothing that an eye can see, and is a third of the size.
 * @param pixels RGBA, row by row
 */
export function indexedPng(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const colours = new Uint32Array(pixels.buffer.slice(pixels.byteOffset, pixels.byteOffset + pixels.byteLength));
  const { palette, indexOf } = paletteOf(colours);
  const rows = new Uint8Array((width + 1) * height);
  let [before, index] = [colours[0] ?? 0, indexOf.get(colours[0] ?? 0) ?? 0];
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let to = y * (width + 1) + 1, end = to + width; to < end; to += 1, at += 1) {
      const colour = colours[at] ?? 0;
      // Most pixels are like the one before.
      if (colour !== before) [before, index] = [colour, indexOf.get(colour) ?? 0];
      rows[to] = index;
    }
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', headerOf(width, height)),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 6 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** Red, green and blue; machines that run this keep the first byte lowest. */
function channels(colour: number): readonly [number, number, number] {
  return [colour & 0xff, (colour >>> 8) & 0xff, (colour >>> 16) & 0xff];
}

/** How often each colour is there. */
function histogram(colours: Uint32Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (let at = 0; at < colours.length; ) {
    const [colour, start] = [colours[at] ?? 0, at];
    while (at < colours.length && colours[at] === colour) at += 1;
    counts.set(colour, (counts.get(colour) ?? 0) + at - start);
  }
  return counts;
}

/** The colours, and the index of each colour of the picture: of itself or, for what is rare, of the nearest. */
function paletteOf(colours: Uint32Array): { palette: Uint8Array; indexOf: ReadonlyMap<number, number> } {
  const counts = histogram(colours);
  const chosen = distinct([...counts].toSorted(([, a], [, b]) => b - a).map(([colour]) => colour));
  const near = new Map<number, number>();
  const indexOf = new Map<number, number>();
  for (const colour of counts.keys()) {
    // Rare colours are looked up by their upper six bits: there are many, and each search costs.
    const key = colour & 0xfcfcfc;
    const index = near.get(key) ?? nearest(channels(colour), chosen);
    near.set(key, index);
    indexOf.set(colour, index);
  }
  for (const [index, colour] of chosen.entries()) indexOf.set(colour, index);
  return { palette: Uint8Array.from(chosen.flatMap(channels)), indexOf };
}

/** Up to 256 colours, most frequent first, leaving out those that are hardly different from one taken before. */
function distinct(sorted: readonly number[]): readonly number[] {
  const kept = new Map<number, number>();
  for (const colour of sorted) {
    if (kept.size === 256) break;
    const key = colour & 0xf8f8f8;
    if (!kept.has(key)) kept.set(key, colour);
  }
  return [...kept.values()];
}

function nearest([red, green, blue]: readonly [number, number, number], chosen: readonly number[]): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [index, other] of chosen.entries()) {
    const [r, g, b] = channels(other);
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

function headerOf(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, by palette, not interlaced.
  header.set([8, 3, 0, 0, 0], 8);
  return header;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc(body), body.length + 4);
  return whole;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 as PNG wants it; Node's own came with version 22. */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (crcTable[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
