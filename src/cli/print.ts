import { renderMessage } from '../adapters/console/render.ts';
import type { Message, Reply } from '../core/message.ts';
import { type CliIo, widthOf, writeLine } from './io.ts';

/** A message on the terminal, as the console adapter shows it. */
export function printMessage(io: CliIo, message: Message): void {
  writeLine(io.stdout, renderMessage(message, { width: widthOf(io.stdout) }));
}

/** An answer; one that is a file, such as csv, without frame, colour or footer, to be piped on. */
export function printReply(io: CliIo, reply: Reply): void {
  if (reply.file === undefined) printMessage(io, reply.message);
  else io.stdout.write(reply.file.text);
}
