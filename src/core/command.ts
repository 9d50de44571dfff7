import type { Reply } from './message.ts';
import type { Channel } from './subscription.ts';

export interface OptionChoice {
  value: string;
  label: string;
}

export interface CommandOption {
  name: string;
  summary: string;
  type: 'text' | 'country' | 'date' | 'choice' | 'number' | 'flag';
  required?: boolean;
  /** Taken from the words that belong to no named option; one per command. */
  positional?: boolean;
  choices?: readonly OptionChoice[];
  /** May be given several times or as a comma-separated list. */
  many?: boolean;
}

/** Who asks, where, and what they may do there. No more of them is kept than a command needs. */
export interface Asker {
  userId: string;
  channel: Channel;
  locale: string;
  /** May manage this channel's subscriptions. */
  manager: boolean;
  /** Named in settings.yaml as an operator of this installation. */
  operator: boolean;
}

export type Arguments = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One command, the same on every platform. `run` throws UserError for what the asker can mend. */
export interface Command {
  name: string;
  summary: string;
  options: readonly CommandOption[];
  access: 'anyone' | 'manager' | 'operator';
  /** True when the answer may take longer than a platform waits: adapters defer at once. */
  slow: boolean;
  run(args: Arguments, asker: Asker): Promise<Reply>;
  complete?(option: string, text: string, asker: Asker): Promise<readonly OptionChoice[]>;
}

/** Runs commands for every platform: finds, checks rights, turns what goes wrong into words. Never rejects. */
export interface CommandRunner {
  commands: readonly Command[];
  /** A typed line such as `/ban-status laos on 2025-07-01`. */
  line(text: string, asker: Asker): Promise<Reply>;
  /** A command whose arguments the platform has already taken apart. */
  call(name: string, args: Arguments, asker: Asker): Promise<Reply>;
}

/** Answers that may be asked for again by anybody and change nothing: those can be shared. */
const questions: ReadonlySet<string> = new Set([
  'ban-status',
  'deals',
  'courts',
  'timeline',
  'latest',
  'search',
  'since',
  'story',
]);

/** Whether a command's answer may be shared with all. */
export function isShareable(command: string): boolean {
  return questions.has(command);
}
