import { ApplicationCommandOptionType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { translated } from '../../../src/adapters/discord/localisations.ts';
import { channelOption, registrationHash, registrationOf } from '../../../src/adapters/discord/registration.ts';
import { definitions } from '../../../src/commands/index.ts';
import type { Command } from '../../../src/core/command.ts';
import { shippedPhrases } from './open.ts';

/** The commands as they are, without what they do. */
const commands: readonly Command[] = definitions.map(({ complete, ...rest }) => ({
  ...rest,
  run: () => Promise.reject(new Error('not here')),
  ...(complete ? { complete: () => Promise.resolve([]) } : {}),
}));
const registered = registrationOf(commands, shippedPhrases);
const named = /^[-_'\p{L}\p{N}\p{Script=Devanagari}\p{Script=Thai}]{1,32}$/u;

/** Discord counts names, descriptions and values of a command, with the longest of each's localisations. */
function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + sizeOf(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [key, part]: [string, unknown]) => {
    if (key === 'description_localizations' || key === 'name_localizations') return sum;
    if (typeof part === 'string' && ['name', 'description', 'value'].includes(key)) {
      const others: unknown = Reflect.get(value, `${key}_localizations`);
      const lengths = Object.values(others ?? {}).map((text) => String(text).length);
      return sum + Math.max(part.length, ...lengths);
    }
    return sum + sizeOf(part);
  }, 0);
}

describe('commands as Discord registers them', () => {
  it('are all there, once', () => {
    expect(registered.map((command) => command.name)).toEqual(definitions.map((definition) => definition.name));
    expect(new Set(registered.map((command) => command.name)).size).toBe(registered.length);
  });

  for (const command of registered) {
    const options = command.options ?? [];
    it(`/${command.name} keeps Discord’s limits`, () => {
      for (const one of [command, ...options]) {
        expect(one.name).toMatch(named);
        expect(one.name).toBe(one.name.toLowerCase());
        for (const description of [one.description, ...Object.values(one.description_localizations ?? {})]) {
          expect(description?.length).toBeGreaterThan(0);
          expect(description?.length).toBeLessThanOrEqual(100);
        }
      }
      expect(options.length).toBeLessThanOrEqual(25);
      expect(new Set(options.map((option) => option.name)).size).toBe(options.length);
      expect(sizeOf(command)).toBeLessThanOrEqual(8000);
    });

    it(`/${command.name} has required options first, and choices or autocomplete, not both`, () => {
      const required = options.map((option) => option.required ?? false);
      expect(required).toEqual(required.toSorted((a, b) => Number(b) - Number(a)));
      for (const option of options) {
        const choices = 'choices' in option ? (option.choices ?? []) : [];
        expect(choices.length).toBeLessThanOrEqual(25);
        expect(choices.length > 0 && 'autocomplete' in option && option.autocomplete).not.toBe(true);
        for (const { name, value } of choices) {
          expect(name.length).toBeLessThanOrEqual(100);
          expect(String(value).length).toBeLessThanOrEqual(100);
        }
      }
    });
  }

  it('are for guilds, and those that change a channel are for its managers', () => {
    for (const command of registered) expect([command.contexts, command.integration_types]).toEqual([[0], [0]]);
    const hidden = registered.filter((command) => command.default_member_permissions !== null);
    const managers = definitions.filter((definition) => definition.access === 'manager');
    expect(hidden.map((command) => command.name)).toEqual(managers.map((definition) => definition.name));
    // One bit: Discord asks for every bit that is named.
    expect(new Set(hidden.map((command) => command.default_member_permissions))).toEqual(new Set(['16']));
  });

  it('let a manager choose a channel', () => {
    const subscribe = registered.find((command) => command.name === 'subscribe');
    expect(subscribe?.options?.find(({ name }) => name === channelOption)).toMatchObject({
      type: ApplicationCommandOptionType.Channel,
    });
  });

  it('are described in Spanish, French and Portuguese too', () => {
    const help = registered.find(({ name }) => name === 'help');
    expect(Object.keys(help?.description_localizations ?? {})).toEqual(['en-US', 'es-ES', 'es-419', 'fr', 'pt-BR']);
    expect(help?.description_localizations?.['en-US']).toBe(help?.description);
  });

  it('have names of their own in each language, options too, that Discord takes and no two share', () => {
    for (const locale of ['es-ES', 'es-419', 'fr', 'pt-BR'] as const) {
      for (const group of [registered, ...registered.map(({ options = [] }) => options)]) {
        const shown = group.map(({ name, name_localizations: others }) => others?.[locale] ?? name);
        expect(new Set(shown).size).toBe(group.length);
        for (const name of shown) {
          expect(name).toMatch(named);
          expect(name).toBe(name.toLowerCase());
        }
      }
    }
  });

  it('have descriptions in each language, but for the options of operators', () => {
    const plain = registered.filter(({ name }) => name !== 'review' && name !== 'deliveries');
    const bare = [...registered, ...plain.flatMap(({ options = [] }) => options)].filter(
      (one) => one.description_localizations === undefined,
    );
    expect(bare.map(({ name, description }) => `${name}: ${description}`)).toEqual([]);
  });

  it('have no translated name of what is not there', () => {
    const there = {
      commands: new Set(registered.map(({ name }) => name)),
      options: new Set(registered.flatMap(({ options = [] }) => options.map(({ name }) => name))),
    };
    expect(translated.commands.filter((name) => !there.commands.has(name))).toEqual([]);
    expect(translated.options.filter((name) => !there.options.has(name))).toEqual([]);
  });

  it('cut what is too long, and put what is required first', () => {
    const long: Command = {
      name: 'long',
      summary: 'word '.repeat(60),
      access: 'anyone',
      slow: false,
      options: [
        { name: 'a', summary: 'y'.repeat(101), type: 'text' },
        {
          name: 'b',
          summary: 'b',
          type: 'choice',
          required: true,
          choices: Array.from({ length: 26 }, (_, n) => ({ value: `v${n}`, label: 'l'.repeat(101) })),
        },
      ],
      run: () => Promise.reject(new Error('not here')),
    };
    const [made] = registrationOf([long], shippedPhrases);
    expect(made?.description.length).toBeLessThanOrEqual(100);
    expect(made?.options?.map((option) => option.name)).toEqual(['b', 'a']);
    const [first] = made?.options ?? [];
    const choices = first && 'choices' in first ? (first.choices ?? []) : [];
    expect(choices).toHaveLength(25);
    expect(choices[0]?.name.length).toBe(100);
  });

  it('are known by a hash that changes with them, and only then', () => {
    const changed = commands.map((command, index) => (index === 0 ? { ...command, summary: 'another' } : command));
    expect(registrationHash(commands, shippedPhrases)).toBe(registrationHash([...commands], shippedPhrases));
    expect(registrationHash(changed, shippedPhrases)).not.toBe(registrationHash(commands, shippedPhrases));
  });
});
