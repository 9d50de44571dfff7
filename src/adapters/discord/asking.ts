import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import type { Arguments, Asker } from '../../core/command.ts';
import type { Phrases } from '../../core/phrases.ts';
import type { Say } from './forms.ts';
import { mayManage } from './place.ts';
import { channelOption, formOption, publishOption } from './registration.ts';

/** Rights are looked at again on every use: what Discord hides in its menus is only a courtesy. */
export function askerOf(
  interaction: Pick<
    AutocompleteInteraction | ButtonInteraction | ModalSubmitInteraction,
    'user' | 'guildId' | 'channelId' | 'locale' | 'memberPermissions'
  >,
  operators: readonly string[],
): Asker {
  return {
    userId: interaction.user.id,
    channel: { platform: 'discord', workspace: interaction.guildId ?? '', id: interaction.channelId ?? '' },
    locale: interaction.locale,
    manager: mayManage(interaction.memberPermissions),
    operator: operators.includes(interaction.user.id),
  };
}

const ownOptions: ReadonlySet<string> = new Set([channelOption, publishOption, formOption]);

/** A command's arguments without those that only this platform knows. */
export function argumentsOf({ options }: ChatInputCommandInteraction): Arguments {
  const given = options.data.filter(
    (option) =>
      !ownOptions.has(option.name) && option.value !== undefined && option.value !== false && option.value !== '',
  );
  return Object.fromEntries(given.map((option) => [option.name, option.value === true ? 'yes' : String(option.value)]));
}

/** A command as somebody would type it. */
export function lineOf(name: string, args: Arguments): string {
  const words = Object.entries(args).map(
    ([option, value]) => `${option}:"${String(value).replaceAll(/["“”„«»]/g, "'")}"`,
  );
  return [`/${name}`, ...words].join(' ');
}

/** Our own words in somebody's language. */
export function sayIn(locale: string, { phrases }: { phrases: Phrases }): Say {
  return (english) => phrases.text(english, locale);
}
