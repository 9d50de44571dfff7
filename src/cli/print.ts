import { renderMessage } from '../adapters/console/render.ts';
import type { Message, Reply } from '../core/message.ts';
import { type CliIo, writeLine } from './io.ts';

const widest = 110;

/** A message on the terminal, as the console adapter shows it. */
export function printMessage(io: CliIo, message: Message): void {
  writeLine(io.stdout, renderMessage(message, { width: Math.min(widest, io.stdout.columns ?? 100) }));
}

/** An answer; `raw` leaves out frame and footer, for csv and json that people pipe on. */
export function printReply(io: CliIo, reply: Reply, form: 'plain' | 'raw' = 'plain'): void {
  if (form === 'plain') return printMessage(io, reply.message);
  for (const block of reply.message.blocks) {
    if (block.kind !== 'text') continue;
    for (const line of block.lines)
      writeLine(io.stdout, line.map((span) => (typeof span === 'string' ? span : span.text)).join(''));
  }
}
