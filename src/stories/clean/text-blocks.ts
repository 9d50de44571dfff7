import { type Block, blockLimit, inputLimit, tidyLine } from './block.ts';

const bullet = /^\s*(?:[•·▪◦‣*]|[-–—](?=\s+\S)|\d{1,2}[.)](?=\s))\s*/;

/** Hard-wrapped text has lines of even length that end in mid-sentence. */
function isWrapped(lines: readonly string[]): boolean {
  const full = lines.filter((line) => line.length > 50);
  if (full.length < 4) return false;
  const within = full.filter((line) => line.length <= 84);
  const broken = full.filter((line) => !/[.!?…:;"”»)]\s*$/.test(line));
  return within.length === full.length && broken.length * 2 > full.length;
}

function blockOf(line: string): Block | null {
  const marked = bullet.test(line);
  const text = tidyLine(marked ? line.replace(bullet, '') : line);
  if (text === '') return null;
  return { kind: marked ? 'item' : 'paragraph', text, linked: 0 };
}

/** Plain text as blocks: one a line, or one a paragraph where lines are wrapped. List marks make items. */
export function textBlocks(text: string): Block[] {
  const lines = text.slice(0, inputLimit).replaceAll(/\r\n?/g, '\n').split('\n');
  const pieces = isWrapped(lines)
    ? lines
        .join('\n')
        .split(/\n[ \t]*\n/)
        .map((paragraph) => paragraph.replaceAll('\n', ' '))
    : lines;
  const blocks: Block[] = [];
  for (const piece of pieces) {
    const block = blockOf(piece);
    if (block !== null) blocks.push(block);
    if (blocks.length >= blockLimit) break;
  }
  return blocks;
}
