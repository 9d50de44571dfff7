import type { CommandRunner } from '../../core/command.ts';
import type { OutboxRow } from '../../core/delivery.ts';
import type { Message, Reply } from '../../core/message.ts';
import { translated } from '../../core/phrase-message.ts';
import type { Phrases } from '../../core/phrases.ts';
import type { SlashNames } from './slash-text.ts';

const slash = /(?<![\p{L}\p{N}/.:_-])\/([a-z]+(?:-[a-z]+)*)(?=$|[\s.,:;?!)\]”’»*])/gu;

/** Our words, in which every command stands as it is typed at Slack: `/help` there is Slack's own. */
export interface SlashWords {
  text: (words: string) => string;
  message: (message: Message) => Message;
  row: (row: OutboxRow) => OutboxRow;
  runner: (runner: CommandRunner) => CommandRunner;
  phrases: (phrases: Phrases) => Phrases;
}

export function createSlashWords(commands: readonly { name: string }[], names: SlashNames): SlashWords {
  const typed = new Map<string, string>([
    ...commands.map(({ name }) => [name, `/${names.borderwire} ${name}`] as const),
    ...Object.entries(names).map(([name, own]) => [name, `/${own}`] as const),
  ]);
  const text = (words: string) => words.replaceAll(slash, (whole, name: string) => typed.get(name) ?? whole);
  const message = (given: Message) => translated(given, text);
  const answer = (reply: Reply): Reply => ({ ...reply, message: message(reply.message) });
  return {
    text,
    message,
    row: ({ standalone, ...row }) => ({
      ...row,
      message: message(row.message),
      ...(standalone ? { standalone: message(standalone) } : {}),
    }),
    runner: (given) => ({
      commands: given.commands,
      line: async (...asked) => answer(await given.line(...asked)),
      call: async (...asked) => answer(await given.call(...asked)),
    }),
    phrases: (given) => ({ ...given, text: (english, locale) => text(given.text(english, locale)) }),
  };
}
