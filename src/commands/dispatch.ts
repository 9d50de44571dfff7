import type { Arguments, Asker, Command, CommandRunner } from '../core/command.ts';
import { readArguments, splitLine } from '../core/command-line.ts';
import { UserError } from '../core/errors.ts';
import type { Reply } from '../core/message.ts';
import { englishOnly, type Phrases } from '../core/phrases.ts';
import type { Log } from '../core/ports.ts';
import { problemReply } from './replies.ts';

export type Dispatcher = CommandRunner;

/** Answers come in the asker's language, as far as `phrases` knows our words there. */
export function createDispatcher(commands: readonly Command[], log: Log, phrases: Phrases = englishOnly): Dispatcher {
  const byName = new Map(commands.map((command) => [command.name, command]));

  async function attempt(name: string, args: (command: Command) => Arguments, asker: Asker): Promise<Reply> {
    return translated(await inEnglish(name, args, asker), asker);
  }

  function translated(reply: Reply, asker: Asker): Reply {
    return { ...reply, message: phrases.message(reply.message, asker.locale) };
  }

  async function inEnglish(name: string, args: (command: Command) => Arguments, asker: Asker): Promise<Reply> {
    try {
      const command = byName.get(name);
      if (!command)
        throw new UserError(`There is no command “/${name}”.${nearest(name, byName)} Type /help to see them all.`);
      requireAccess(command, asker);
      return await command.run(args(command), asker);
    } catch (error) {
      if (error instanceof UserError) return problemReply(error.message, 2);
      log.error({ err: error, command: name }, 'command failed');
      return problemReply('Something went wrong on our side; the operator’s log has it. Please try again.', 1);
    }
  }

  return {
    commands,
    line: async (text, asker) => {
      const split = splitLine(text);
      if (!split) return translated(problemReply('Type a command, such as /ban-status laos, or /help.', 2), asker);
      return attempt(split.name, (command) => readArguments(command, split.words), asker);
    },
    call: (name, args, asker) => attempt(name, () => args, asker),
  };
}

function requireAccess(command: Command, asker: Asker): void {
  if (command.access === 'operator' && !asker.operator) {
    throw new UserError(`/${command.name} is for this installation’s operators (settings.yaml, operators).`);
  }
  if (command.access === 'manager' && !asker.manager && !asker.operator) {
    throw new UserError(`/${command.name} is for people who manage this channel.`);
  }
}

function nearest(name: string, byName: ReadonlyMap<string, Command>): string {
  const near = [...byName.keys()].find((known) => known.startsWith(name.slice(0, 3)) || known.includes(name));
  return near ? ` Did you mean /${near}?` : '';
}
