import { readFileSync } from 'node:fs';
import { createDiscordAdapter, type DiscordOptions } from '../../../src/adapters/discord/adapter.ts';
import { loadPhrases } from '../../../src/config/phrases.ts';
import type { CommandRunner } from '../../../src/core/command.ts';
import type { ChatAdapter } from '../../../src/core/delivery.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { type FakeDiscord, type FakeOptions, startFakeDiscord, token } from '../../fakes/discord/server.ts';
import { type Description, hasDescription, loadDescription } from '../../fakes/discord/spec.ts';
import { ids } from '../../fakes/discord/world.ts';
import { shippedCountries } from '../../fakes/services.ts';

export const shippedPhrases = loadPhrases(
  readFileSync('config/phrases.yaml', 'utf8'),
  'config/phrases.yaml',
  shippedCountries,
);
export const isDescribed = hasDescription();
/** Reading what Discord says of these takes a second: it must not count as the bot's. */
const answering = [
  ['POST', '/interactions/1/token/callback'],
  ['PATCH', '/webhooks/1/token/messages/@original'],
  ['POST', '/channels/1/messages'],
] as const;
const description: Description | null = isDescribed ? loadDescription(answering) : null;

export const noCommands: CommandRunner = {
  commands: [],
  line: () => Promise.reject(new Error('no commands')),
  call: () => Promise.reject(new Error('no commands')),
};

/** The first guild was greeted long ago, unless `greeted` says otherwise. */
export function memoryMeta(greeted: readonly string[] = [ids.guild]): DiscordOptions['meta'] {
  const kept = new Map(greeted.map((guild) => [`discord-welcomed:${guild}`, 'yes']));
  return {
    get: (key) => Promise.resolve(kept.get(key) ?? null),
    set: (key, value) => Promise.resolve(void kept.set(key, value)),
  };
}

export function memoryKept(): DiscordOptions['kept'] {
  const kept = new Map<string, string>();
  const key = (kind: string, name: string) => `${kind} ${name}`;
  return {
    put: (kind, name, value) => Promise.resolve(void kept.set(key(kind, name), value)),
    get: (kind, name) => Promise.resolve(kept.get(key(kind, name)) ?? null),
    all: (kind) =>
      Promise.resolve(
        [...kept].flatMap(([name, value]) =>
          name.startsWith(`${kind} `) ? [{ name: name.slice(kind.length + 1), value }] : [],
        ),
      ),
    remove: (kind, name) => Promise.resolve(void kept.delete(key(kind, name))),
  };
}

/** An adapter beside a fake Discord that checks every request; not started. */
export async function openDiscord(
  more: Partial<DiscordOptions> = {},
  fakeOptions: FakeOptions = {},
): Promise<{ fake: FakeDiscord; adapter: ChatAdapter; options: DiscordOptions }> {
  const fake = await startFakeDiscord({ description, ...fakeOptions });
  const options: DiscordOptions = {
    token,
    apiUrl: fake.url,
    operators: [],
    runner: noCommands,
    meta: memoryMeta(),
    kept: memoryKept(),
    phrases: shippedPhrases,
    log: silentLog,
    now: Date.now,
    ...more,
  };
  return { fake, adapter: createDiscordAdapter(options), options };
}

/** Titles of what is posted, oldest first. */
export function titlesIn(fake: FakeDiscord): string[] {
  return fake.messages.all.map(({ body }) => {
    const [embed]: unknown[] = Array.isArray(body['embeds']) ? body['embeds'] : [];
    return String(Reflect.get(Object(embed), 'title'));
  });
}
