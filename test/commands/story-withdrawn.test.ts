import { expect, it } from 'vitest';
import { createDispatcher } from '../../src/commands/dispatch.ts';
import { createCommands } from '../../src/commands/index.ts';
import type { Withdrawal } from '../../src/core/withdrawal.ts';
import { silentLog } from '../../src/lib/log.ts';
import { story } from '../fakes/samples.ts';
import { askerIn, testServices } from '../fakes/services.ts';

it('/story notes beside an article that its publisher took it back, and keeps it', async () => {
  const told = story('s1');
  const first = told.members[0]?.articleId ?? '';
  const withdrawals = new Map<string, Withdrawal>([[first, { at: '2026-11-20T10:00:00.000Z', how: 'missing' }]]);
  const made = await testServices();
  const stories = { ...made.services.stories, story: async () => told, withdrawn: async () => withdrawals };
  const dispatcher = createDispatcher(createCommands({ ...made.services, stories }), silentLog);
  const reply = await dispatcher.line('/story s1', askerIn('a'));
  const words = JSON.stringify(reply.message.blocks);
  expect(words).toContain('no longer in its feed, noted 2026-11-20');
  expect(reply.message.tone).not.toBe('error');
  withdrawals.set(first, { at: '2026-11-20T10:00:00.000Z', how: 'told' });
  expect(JSON.stringify((await dispatcher.line('/story s1', askerIn('a'))).message.blocks)).toContain(
    'withdrawn by its publisher, noted 2026-11-20',
  );
  await made.store.close();
});
