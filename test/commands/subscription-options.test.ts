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
