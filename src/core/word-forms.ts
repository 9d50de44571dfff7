import type { Asker } from './command.ts';

/** A command that lacks words of somebody’s own: a form of one field asks for them. Titles, labels and hints are our English. */
export interface WordForm {
  command: string;
  /** What is known already, by option; at most one. */
  given: Readonly<Record<string, string>>;
  /** The option that is asked for. */
  option: string;
  title: string;
  label: string;
  hint: string;
  longest: number;
}

type Asking = Omit<WordForm, 'command' | 'given'> & { knows: readonly string[] };

const asking: Readonly<Record<string, Asking>> = {
  report: {
    knows: ['answer-to'],
    option: 'what-is-wrong',
    title: 'Report an error',
    label: 'What is wrong, and where is it told right?',
    hint: 'your name is not kept',
    longest: 1000,
  },
  review: {
    knows: ['approve', 'reject'],
    option: 'reason',
    title: 'Review',
    label: 'Why?',
    hint: 'kept with the decision and shown in the history',
    longest: 500,
  },
};

/** The form that a line asks for; null for a line that says enough, and for one that its asker may not run. */
export function wordForm(line: string, { operator }: Pick<Asker, 'operator'>): WordForm | null {
  const match = /^\/?([a-z]+)(?:\s+([a-z-]+):(?:"([^"]*)"|([^\s"]+)))?\s*$/.exec(line);
  const [, command = '', name, quoted, word] = match ?? [];
  const form = Object.hasOwn(asking, command) ? asking[command] : undefined;
  if (!form || (command === 'review' && !operator)) return null;
  const { knows, ...asked } = form;
  if (name === undefined) return command === 'report' ? { command, given: {}, ...asked } : null;
  return knows.includes(name) ? { command, given: { [name]: quoted ?? word ?? '' }, ...asked } : null;
}

/** The line that asks for the form again, at most `longest` characters: what is known is cut. */
export function lineOfForm({ command, given }: Pick<WordForm, 'command' | 'given'>, longest: number): string {
  const [known] = Object.entries(given);
  if (!known) return `/${command}`;
  const start = `/${command} ${known[0]}:"`;
  return `${start}${known[1].slice(0, longest - start.length - 1)}"`;
}
