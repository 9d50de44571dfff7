import type { Arguments, Command, CommandOption } from './command.ts';
import { UserError } from './errors.ts';

/**
 * Splits what a person typed into a command's name and words. A leading slash and curly quotes are taken kindly;
 * quoted words stay together. Null when there is no word at all.
 */
export function splitLine(line: string): { name: string; words: readonly string[] } | null {
  const plain = line
    .trim()
    .replaceAll(/[“”„«»]/g, '"')
    .replaceAll(/[‘’]/g, "'")
    // Single ones quote where they stand around words: within one they are an apostrophe.
    .replaceAll(/(?<=^|[\s:=])'([^'"]+)'(?!\S)/g, '"$1"');
  const words = [...plain.matchAll(/([\p{L}-]+[:=])?"([^"]*)"|\S+/gu)].map((match) =>
    match[2] === undefined ? match[0] : `${match[1] ?? ''}${match[2]}`,
  );
  const [first, ...rest] = words;
  // With a slash, a mark, or in the bold of a chat.
  const name = first?.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '').toLowerCase();
  return name ? { name, words: rest } : null;
}

/**
 * Reads words as a command's arguments: `country:laos on:2025-07-01`, `laos on 2025-07-01`, `--on=2025-07-01`.
 * A named option takes the words up to the next option's name; words before any name are the positional option's.
 * Throws UserError for an unknown option, a missing value or a required option left out.
 */
export function readArguments(command: Pick<Command, 'name' | 'options'>, words: readonly string[]): Arguments {
  const given = new Map<string, string[]>();
  const positional = command.options.find((option) => option.positional)?.name ?? null;
  let current = positional;
  for (const word of words) {
    const named = optionIn(command, word);
    if (!named) {
      const option = command.options.find(({ name }) => name === current);
      if (option && isChosen(option, given.get(option.name), word)) current = positional ?? current;
      if (current === null) throw new UserError(`/${command.name} does not understand “${word}”. ${usage(command)}`);
      append(given, current, word);
      continue;
    }
    current = named.option.name;
    if (!given.has(current)) given.set(current, []);
    if (named.value !== null && named.value !== '') append(given, current, named.value);
    if (named.option.type === 'flag') current = positional;
  }
  return checked(command, given);
}

/** One line that shows how a command is typed. */
export function usage(command: Pick<Command, 'name' | 'options'>): string {
  const options = command.options.map((option) => {
    const shown = option.positional
      ? option.name.toUpperCase()
      : option.type === 'flag'
        ? option.name
        : `${option.name}:…`;
    return option.required ? shown : `[${shown}]`;
  });
  return `Usage: ${[`/${command.name}`, ...options].join(' ')}`;
}

function optionIn(
  command: Pick<Command, 'name' | 'options'>,
  word: string,
): { option: CommandOption; value: string | null } | null {
  const match = /^(-{0,2})([\p{L}-]+)(?:([:=])(.*))?$/su.exec(word);
  if (!match) return null;
  const name = (match[2] ?? '').toLowerCase();
  const option = command.options.find((candidate) => candidate.name === name);
  if (option) return { option, value: match[3] ? (match[4] ?? '') : null };
  const looksNamed = match[1] === '--' || (match[3] === ':' && !(match[4] ?? '').startsWith('//'));
  if (looksNamed) throw new UserError(`/${command.name} has no option “${name}”. ${usage(command)}`);
  return null;
}

/** Whether a choice was made, of which the next word is no part: `topic:court laos`. */
function isChosen({ choices }: CommandOption, values: readonly string[] | undefined, next: string): boolean {
  const last = values?.at(-1);
  if (!choices || last === undefined || last.endsWith(',') || next.startsWith(',')) return false;
  return !choices.some(({ value }) => value === next.toLowerCase().replace(/,$/, ''));
}

function append(given: Map<string, string[]>, name: string, value: string): void {
  given.set(name, [...(given.get(name) ?? []), value]);
}

function checked(command: Pick<Command, 'name' | 'options'>, given: ReadonlyMap<string, readonly string[]>): Arguments {
  const result: Record<string, string | readonly string[]> = {};
  for (const option of command.options) {
    const values = given.get(option.name);
    if (values === undefined) {
      if (option.required)
        throw new UserError(`/${command.name} needs ${option.name}: ${option.summary}. ${usage(command)}`);
      continue;
    }
    if (values.length === 0 && option.type !== 'flag') {
      throw new UserError(`${option.name} needs a value: ${option.summary}. ${usage(command)}`);
    }
    const whole = values.join(' ').trim();
    const value = option.many
      ? whole.split(/\s*,\s*/).filter((part) => part !== '')
      : option.type === 'flag'
        ? 'yes'
        : whole;
    result[option.name] = typeof value === 'string' ? chosen(option, value) : value.map((one) => chosen(option, one));
  }
  return result;
}

/** As the option's choices spell it; whatever was given, where there are none. */
function chosen({ name, choices }: CommandOption, given: string): string {
  const value = given.toLowerCase();
  if (!choices) return given;
  if (choices.some((choice) => choice.value === value)) return value;
  throw new UserError(`${name} cannot be “${given}”. Choose from ${choices.map((choice) => choice.value).join(', ')}.`);
}
