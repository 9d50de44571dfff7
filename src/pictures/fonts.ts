import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type FontMetrics, readFontMetrics } from './font-file.ts';

export type Weight = 'regular' | 'bold';

interface Face {
  family: string;
  files: Readonly<Record<Weight, string>>;
}

/** In order of choice. All come from packages: what the machine has installed is never looked at. */
const faces: readonly Face[] = [
  {
    family: 'Noto Sans',
    files: {
      regular: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
      bold: '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
    },
  },
  {
    family: 'Noto Sans Arabic',
    files: {
      regular: '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
      bold: '@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf',
    },
  },
  // Hebrew, Georgian, Armenian and Lao, among others.
  {
    family: 'DejaVu Sans',
    files: { regular: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf', bold: 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf' },
  },
];

/** A stretch of text that one font can draw. */
export interface Run {
  family: string;
  text: string;
}

const require = createRequire(import.meta.url);
const metrics = new Map<string, FontMetrics>();

function metricsOf(face: Face, weight: Weight): FontMetrics {
  const key = face.files[weight];
  const known = metrics.get(key) ?? readFontMetrics(readFileSync(require.resolve(key)));
  metrics.set(key, known);
  return known;
}

function advanceIn(face: Face, weight: Weight, codePoint: number): number | null {
  const font = metricsOf(face, weight);
  const advance = font.advance(codePoint);
  return advance === null ? null : advance / font.unitsPerEm;
}

function faceFor(character: string, weight: Weight, before: Face | undefined): Face | undefined {
  const codePoint = character.codePointAt(0) ?? 0;
  const has = (face: Face): boolean => advanceIn(face, weight, codePoint) !== null;
  // Spaces and points stay with the letters before them, so that words of one script are shaped as one.
  if (before !== undefined && /[\s\p{P}\p{M}]/u.test(character) && has(before)) return before;
  return faces.find(has);
}

/** Whether every character has a glyph. */
export function canDraw(text: string): boolean {
  return Array.from(text).every((character) => faceFor(character, 'regular', undefined) !== undefined);
}

/** Text in stretches of one font each; characters that none has are left out. */
export function runsOf(text: string, weight: Weight): readonly Run[] {
  const runs: { face: Face; text: string }[] = [];
  for (const character of text.normalize('NFC')) {
    const last = runs.at(-1);
    const face = faceFor(character, weight, last?.face);
    if (face === undefined) continue;
    if (last?.face === face) last.text += character;
    else runs.push({ face, text: character });
  }
  return runs.map((run) => ({ family: run.face.family, text: run.text }));
}

/** Width in pixels at a font size in pixels. */
export function widthOf(text: string, size: number, weight: Weight = 'regular'): number {
  let ems = 0;
  for (const run of runsOf(text, weight)) {
    const face = faces.find((each) => each.family === run.family);
    if (!face) continue;
    for (const character of run.text) ems += advanceIn(face, weight, character.codePointAt(0) ?? 0) ?? 0;
  }
  return ems * size;
}

/** How far letters reach above and below the line, as parts of the size; the taller of the fonts. */
export const ascent = 0.98;
export const descent = 0.3;

/** The files that a drawing needs: the first face's, and others only where a family is named. */
export function fontFilesFor(svg: string): readonly string[] {
  return faces
    .filter((face, index) => index === 0 || svg.includes(`"${face.family}"`))
    .flatMap((face) => [require.resolve(face.files.regular), require.resolve(face.files.bold)]);
}

/** The text cut between words to a width, with an ellipsis where something is missing. */
export function cutTo(text: string, width: number, size: number, weight: Weight = 'regular'): string {
  if (widthOf(text, size, weight) <= width) return text;
  const words = text.split(' ');
  while (words.length > 1) {
    words.pop();
    const shorter = `${words.join(' ').replace(/[\s,;:·(]+$/, '')}…`;
    if (widthOf(shorter, size, weight) <= width) return shorter;
  }
  const letters = Array.from(text);
  while (letters.length > 1 && widthOf(`${letters.join('')}…`, size, weight) > width) letters.pop();
  return `${letters.join('')}…`;
}

/** Words in lines no wider than `width`; a word that is wider than that is cut. */
export function wrap(text: string, width: number, size: number, weight: Weight = 'regular'): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size, weight) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(cutTo(word, width, size, weight));
  }
  return lines;
}
