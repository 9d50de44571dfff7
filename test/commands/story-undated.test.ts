import { expect, it } from 'vitest';
import { createDispatcher } from '../../src/commands/dispatch.ts';
import { createCommands } from '../../src/commands/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { story } from '../fakes/samples.ts';
import { askerIn, testServices } from '../fakes/services.ts';

it('/story and /latest say of what nobody dated that the day is when it was seen', async () => {
  const sample = story('s1');
  const members = sample.members.map((member) => ({ ...member, dated: 'arrival' as const }));
  const undated = { ...sample, datePrecision: 'unknown' as const, members };
  const made = await testServices();
  const stories = { ...made.services.stories, story: async () => undated, latest: async () => [undated] };
  const dispatcher = createDispatcher(createCommands({ ...made.services, stories }), silentLog);
  const told = JSON.stringify((await dispatcher.line('/story s1', askerIn('a'))).message.blocks);
  expect(told).toContain(`undated, seen ${members[0]?.published.slice(0, 10)}`);
  const listed = JSON.stringify((await dispatcher.line('/latest', askerIn('a'))).message.blocks);
  expect(listed).toContain(`seen ${sample.date}`);
  await made.store.close();
});
