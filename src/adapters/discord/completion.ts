import { setTimeout as sleep } from 'node:timers/promises';
import type { AutocompleteInteraction } from 'discord.js';
import type { Asker, CommandRunner, OptionChoice } from '../../core/command.ts';
import { shorten } from './text.ts';

/** Discord waits three seconds; who goes on typing is offered more. */
const longestMs = 2_000;
const limits = { choices: 25, name: 100, value: 100 } as const;

/** Answers what is being typed with choices; none when the command fails to find any. */
export async function complete(
  interaction: AutocompleteInteraction,
  runner: CommandRunner,
  asker: Asker,
): Promise<void> {
  const command = runner.commands.find((each) => each.name === interaction.commandName);
  const focused = interaction.options.data.find((option) => option.focused);
  // In a list the last word is being typed; the ones before it stay.
  const typed = String(focused?.value ?? '').split(/,\s*/);
  const before = typed.slice(0, -1).join(', ');
  const search = focused && command?.complete?.(focused.name, typed.at(-1) ?? '', asker).catch(() => []);
  const found = search ? await Promise.race([search, sleep(longestMs, [], { ref: false })]) : [];
  const whole = (words: string) => (before === '' ? words : `${before}, ${words}`);
  await interaction.respond(
    distinct(found.map(({ label, value }) => ({ label: whole(label), value: whole(value) })))
      .slice(0, limits.choices)
      .map(({ label, value }) => ({ name: shorten(label, limits.name), value })),
  );
}

/** What Discord would take: names and values that are there, and no value cut short, which would mean something else. */
function distinct(choices: readonly OptionChoice[]): readonly OptionChoice[] {
  const fitting = choices.filter(
    ({ label, value }) => label.trim() !== '' && value !== '' && value.length <= limits.value,
  );
  return [...new Map(fitting.map((choice) => [choice.value, choice])).values()];
}
