import { createHash } from 'node:crypto';
import type { Message } from '../../core/message.ts';
import type { KeptStore } from '../../core/ports.ts';
import { limits } from './message-limits.ts';

const kind = 'discord-line';
/** Begins no command. */
const mark = '#';

/** What a button or a choice carries for a command: the command itself, or a name for one too long to be carried. */
export function carried(line: string, room: number): string {
  if (line.length <= room) return line;
  return mark + createHash('sha256').update(line).digest('base64url').slice(0, 24);
}

/** Keeps the commands of a message that its buttons only name, so that they still work after a restart. */
export async function keepLongLines(kept: KeptStore, { actions = [] }: Message, share?: string): Promise<void> {
  const commands = actions.flatMap((action) => (action.kind === 'command' ? [action.command] : []));
  const lines = share === undefined ? commands : [...commands, share];
  for (const line of new Set(lines)) {
    const name = carried(line, limits.customId - 2);
    if (name !== line) await kept.put(kind, name, line);
  }
}

/** The command behind what a button carries; null when it was let go. */
export async function lineBehind(kept: KeptStore, value: string): Promise<string | null> {
  return value.startsWith(mark) ? kept.get(kind, value) : value;
}
