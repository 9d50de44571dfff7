import { expect } from 'vitest';
import { definitions } from '../../../src/commands/index.ts';
import type { FakeDiscord } from '../../fakes/discord/server.ts';
import { type Asked, ids } from '../../fakes/discord/world.ts';

const optionTypes = { text: 3, country: 3, date: 3, choice: 3, number: 4, flag: 5 } as const;
export type Given = Readonly<Record<string, string | number | boolean>>;
export type Answer = {
  title: string;
  description: string;
  buttons: { label: string; custom_id?: string }[];
  ephemeral: boolean;
};

/** How a command's data is told on the wire. */
export function commandData(name: string, given: Given = {}, focused?: string): object {
  const definition = definitions.find((one) => one.name === name);
  const options = Object.entries(given).map(([option, value]) => {
    const known = definition?.options.find((one) => one.name === option);
    const type = known ? optionTypes[known.type] : typeof value === 'boolean' ? 5 : 7;
    return { name: option, type, value, ...(focused === option ? { focused: true } : {}) };
  });
  return { id: '980000000000000001', name, type: 1, options };
}

/** A button's press, or what is chosen from a list. */
export function pressed(customId: string, values?: readonly string[]): object {
  const message = {
    id: '960000000000000999',
    channel_id: ids.text,
    type: 0,
    author: { id: ids.bot, username: 'borderwire', discriminator: '0', avatar: null, bot: true },
    content: '',
    embeds: [],
    components: [],
    attachments: [],
    mentions: [],
    mention_roles: [],
    timestamp: '2026-03-02T12:00:00.000Z',
    edited_timestamp: null,
    flags: 0,
  };
  const chosen = values ? { values, component_type: 3 } : { component_type: 2 };
  return { message, data: { custom_id: customId, ...chosen } };
}

/** The answer, which must have been acknowledged in time. */
export async function settledAnswer(asked: ReturnType<FakeDiscord['ask']>): Promise<Answer> {
  const answer = await asked.answered;
  expect(asked.acknowledgedAfter).toBeLessThan(3_000);
  // A form has its title itself.
  const {
    embeds = [],
    components,
    title: form,
  } = answer as {
    title?: string;
    embeds?: { title: string; description?: string }[];
    components?: { components: Answer['buttons'] }[];
  };
  return {
    title: embeds[0]?.title ?? form ?? '',
    description: embeds[0]?.description ?? '',
    buttons: (components ?? []).flatMap((row) => row.components),
    ephemeral: asked.ephemeral,
  };
}

/** What people do at one fake, and what they get. */
export function askingAt(fake: () => FakeDiscord) {
  return {
    slash: (name: string, given: Given = {}, asked: Asked = {}, resolved?: object) =>
      settledAnswer(fake().ask(2, { data: { ...commandData(name, given), ...(resolved ? { resolved } : {}) } }, asked)),
    /** A form as it comes back: texts, choices, and a channel with the rights in it. */
    fill: (
      customId: string,
      given: Readonly<Record<string, string | readonly string[]>>,
      asked: Asked = {},
      resolved: { channels: object } | null = null,
    ) => {
      const components = Object.entries(given).map(([name, value]) => ({
        type: 18,
        id: 1,
        component:
          typeof value === 'string'
            ? { type: 4, id: 2, custom_id: name, value }
            : { type: name === 'channel' ? 8 : 3, id: 2, custom_id: name, values: value },
      }));
      const data = { custom_id: customId, components, ...(resolved ? { resolved } : {}) };
      return settledAnswer(fake().ask(5, { data }, asked));
    },
    press: (customId: string, asked: Asked = {}) => settledAnswer(fake().ask(3, pressed(customId), asked)),
    choose: (line: string, asked: Asked = {}) => settledAnswer(fake().ask(3, pressed('m:0', [line]), asked)),
    choicesFor: async (name: string, option: string, typed: string, who: Asked = {}) => {
      const answer = await fake().ask(4, { data: commandData(name, { [option]: typed }, option) }, who).answered;
      return (answer as { choices: { name: string; value: string }[] }).choices;
    },
  };
}
