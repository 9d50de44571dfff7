import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDispatcher, type Dispatcher } from '../../src/commands/dispatch.ts';
import { createCommands } from '../../src/commands/index.ts';
import type { Store } from '../../src/core/ports.ts';
import { silentLog } from '../../src/lib/log.ts';
import { askerIn, testServices } from '../fakes/services.ts';

let store: Store;
let dispatcher: Dispatcher;
beforeAll(async () => {
  const made = await testServices();
  ({ store } = made);
  dispatcher = createDispatcher(createCommands(made.services), silentLog);
});
afterAll(() => store.close());

describe('the countries that a channel follows', () => {
  it.each([
    ['rwanda, uganda', 'Rwanda, Uganda'],
    ['rwanda and uganda', 'Rwanda, Uganda'],
    ['rwanda, uganda & chad', 'Rwanda, Uganda, Chad'],
    ['serbia y laos', 'Serbia, Laos'],
    [':flag-rs: :flag-la:', 'Serbia, Laos'],
    ['🇷🇸 🇱🇦 mali', 'Serbia, Laos, Mali'],
    ['trinidad and tobago', 'Trinidad and Tobago'],
    ['trinidad & tobago, cuba', 'Trinidad and Tobago, Cuba'],
    ['bosnia and herzegovina and serbia', 'Bosnia and Herzegovina, Serbia'],
    ['Topic:Travel-Ban iran', 'Iran'],
  ])('%s', async (words, countries) => {
    const { message } = await dispatcher.line(`/subscribe ${words}`, askerIn(words, { manager: true }));
    expect(message.plain).toMatch(/^Subscribed: (every topic|travel-ban) for /);
    expect(message.plain).toContain(` for ${countries};`);
  });

  it.each([
    ['laos and utopia', 'I know no country called “utopia”'],
    ['chad and congo', '“congo” may be'],
  ])('%s are asked back', async (words, told) => {
    const { message, exitCode } = await dispatcher.line(`/subscribe ${words}`, askerIn(words, { manager: true }));
    expect([exitCode, message.plain]).toEqual([2, expect.stringContaining(told)]);
  });
});

describe('what else is chosen', () => {
  const say = async (words: string) => (await dispatcher.line(words, askerIn('else', { manager: true }))).message.plain;

  it('are parts of countries, sources, and what quiet hours hold; each can be taken back', async () => {
    expect(
      await say('/subscribe laos roles:receiving sources:Reuters,official quiet:22:00-07:00 hold:all-but-official'),
    ).toBe(
      'Subscribed: every topic for Laos; as receiving; told by Reuters, official; at once; quiet 22:00 to 07:00 (UTC); official news at any hour; updates by thread.',
    );
    await say('/subscriptions change:1 quiet:23:00-06:00');
    const [one] = await store.subscriptions.forChannel(askerIn('else').channel);
    expect(one).toMatchObject({ roles: ['receiving'], quietHours: { start: '23:00', hold: 'all-but-official' } });
    await say('/subscriptions change:1 roles:all sources:all hold:all');
    const [open] = await store.subscriptions.forChannel(askerIn('else').channel);
    expect(open).toMatchObject({ sources: [], quietHours: { start: '23:00', hold: 'all' } });
    expect(open).not.toHaveProperty('roles');
    expect(await say('/subscriptions change:1 quiet:off hold:all')).toContain('There are no quiet hours');
  });
});
