import type { types } from '@slack/bolt';

/** What code blocks may hold together: the rest of the message needs its share of the whole. */
const mostCode = 8_000;
const longestBlock = 2_800;

/** A file's text as blocks of code, as many whole lines as fit; `left`: how many lines do not. */
export function codeOf(text: string): { blocks: types.SectionBlock[]; left: number } {
  const lines = text.trimEnd().split(/\r?\n/).map(inert);
  const blocks: types.SectionBlock[] = [];
  let total = 0;
  let current = '';
  let shown = 0;
  for (const line of lines) {
    total += JSON.stringify(line).length;
    if (total > mostCode || line.length > longestBlock) break;
    if (current.length + line.length > longestBlock) {
      blocks.push(code(current));
      current = '';
    }
    current += `${line}\n`;
    shown += 1;
  }
  if (current.trim() !== '') blocks.push(code(current));
  return { blocks, left: lines.length - shown };
}

function code(text: string): types.SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: `\`\`\`\n${text}\`\`\``, verbatim: true } };
}

/** Nothing in it ends the block, or is read as a mention. */
function inert(line: string): string {
  return line
    .replaceAll('`', 'ˋ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/(?!\t)\p{Cc}|\p{Cs}/gu, ' ');
}
