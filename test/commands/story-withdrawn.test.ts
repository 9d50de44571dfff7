import { expect, it } from 'vitest';
import { createDispatcher } from '../../src/commands/dispatch.ts';
import { createCommands } from '../../src/commands/index.ts';
import type { Story } from '../../src/core/story.ts';
import { storyMessage } from '../../src/core/story-message.ts';
import type { Withdrawal } from '../../src/core/withdrawal.ts';
import { silentLog } from '../../src/lib/log.ts';
import { shippedPhrases } from '../adapters/discord/open.ts';
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

it.each([
  ['es', 'Retirado: '],
  ['fr', 'Retiré : '],
  ['pt-BR', 'Retirado: '],
])('in %s what an outlet took back is marked so, and its headline stays as written', async (locale, mark) => {
  const told = story('s1');
  const title = 'The minister is of the view that it was not to be';
  const members = told.members.map((member) => ({ ...member, title }));
  const withdrawn = { ...told, members, stage: null, headline: `Withdrawn: ${title}` };
  const made = await testServices();
  const stories = { ...made.services.stories, story: async () => withdrawn, latest: async () => [withdrawn] };
  const { countries } = made.services;
  const message = async (one: Story) => storyMessage(one, { kind: 'answer', countries });
  const services = { ...made.services, stories, storyMessage: message };
  const dispatcher = createDispatcher(createCommands(services), silentLog, shippedPhrases);
  for (const line of ['/story s1', '/latest', '/subscribe']) {
    const { message } = await dispatcher.line(line, { ...askerIn('a'), locale });
    const words = JSON.stringify(message)
      .replaceAll('"},{"text":"', '')
      .replaceAll(/"(,|,\{"text":)"/g, '');
    expect(words).toContain(`${mark}${title}`);
    expect(words).not.toContain('Withdrawn');
  }
  await made.store.close();
});
