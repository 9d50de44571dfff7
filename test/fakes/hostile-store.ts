import * as fc from 'fast-check';
import { createDispatcher } from '../../src/commands/dispatch.ts';
import { createCommands, definitions } from '../../src/commands/index.ts';
import type { CommandOption, CommandRunner } from '../../src/core/command.ts';
import type { Phrases } from '../../src/core/phrases.ts';
import type { Store } from '../../src/core/ports.ts';
import type { Story, StoryMember } from '../../src/core/story.ts';
import { storyMessage } from '../../src/core/story-message.ts';
import { silentLog } from '../../src/lib/log.ts';
import { foreign } from '../adapters/discord/arbitrary.ts';
import { article, draft, member, noon, reading, source, sourceState, story } from './samples.ts';
import { shippedCountries, testServices } from './services.ts';

const slackTricks = [
  '<!channel>',
  '<!here|x>',
  '<@U1>',
  '<#C1|x>',
  '<!subteam^S1>',
  '&lt;!channel&gt;',
  '*_~`',
  ':tada:',
];
const words = fc.oneof(
  foreign,
  fc.constantFrom(...slackTricks),
  fc.constantFrom(
    '``` ``` `a` ```',
    'x'.repeat(10_000),
    '👩‍👩‍👧‍👦'.repeat(900),
    '\uD83D',
    '\u202E@everyone',
    '[a](https://evil.example)',
  ),
);
const addresses = fc.oneof(
  fc.webUrl(),
  words.map((tail) => `https://e.org/${tail}`),
  fc.constantFrom('javascript:alert(1)', 'https://e.org/|<!channel>', 'https://e.org/a)[b](https://evil.example)', ''),
);

const members: fc.Arbitrary<Partial<StoryMember>> = fc.record({
  title: words,
  url: addresses,
  publisher: words,
  part: fc.constantFrom('evidence' as const, 'context' as const, 'copy' as const),
  reading: words.map((name) => reading({ originators: [{ name, evidence: name }], relevance: name })),
  joined: words.map((reason) => ({ how: 'joined' as const, score: 1, reasons: [reason] })),
});
const stories: fc.Arbitrary<Partial<Story>> = fc.record({
  headline: words,
  summary: words,
  unknown: words,
  certainty: fc.constantFrom('reported', 'disputed', 'confirmed', 'official'),
  disputed: fc.boolean(),
  originators: fc.array(
    words.map((name) => ({ name, evidence: name })),
    { maxLength: 4 },
  ),
  outlets: fc.array(words, { maxLength: 9 }),
  comments: fc.array(
    fc.record({ who: words, said: fc.constantFrom('no-comment', 'denied', 'statement'), quote: words }),
  ),
  conflicts: fc.array(
    words.map((value) => ({ fact: value, values: [{ value, articles: ['x'] }], settled: { value, why: value } })),
    { maxLength: 3 },
  ),
});

/** Every command over a database whose titles, outlets, names and addresses are all hostile. Repeats by its seed. */
export async function hostileRunner(
  phrases: Phrases,
  { seed, count }: { seed: number; count: number },
): Promise<{ runner: CommandRunner; store: Store; storyIds: readonly string[] }> {
  const { services, store } = await testServices({
    storyMessage: (one) => Promise.resolve(storyMessage(one, { kind: 'answer', countries: shippedCountries })),
  });
  const runner = createDispatcher(createCommands(services), silentLog, phrases);
  const made = fc.sample(fc.tuple(stories, fc.array(members, { minLength: 1, maxLength: 8 })), {
    seed,
    numRuns: count,
  });
  const storyIds = made.map((_, at) => `s${at}`);
  for (const [at, [told, tellers]] of made.entries()) {
    const joined = tellers.map((teller, n) => member(`s${at}-a${n}`, teller));
    const [first] = joined;
    if (first)
      await store.stories.commitIngest({
        entryId: null,
        entryVersion: 1,
        article: article(`s${at}-a0`, { title: first.title, publisher: first.publisher, url: first.url }),
        reading: first.reading,
        stories: [story(`s${at}`, { ...told, members: joined, date: '2026-11-20' })],
        outbox: [
          draft({
            subject: `s${at}`,
            message: storyMessage(story(`s${at}`, told), { kind: 'alert', countries: shippedCountries }),
          }),
        ],
      });
  }
  const names = fc.sample(words, { seed, numRuns: 12 });
  await store.sources.sync(names.map((name, at) => source(`src-${at}`, { name, publisher: name, note: name })));
  for (const [at, words] of names.entries())
    await store.sources.recordPoll({
      state: sourceState(`src-${at}`, {
        failures: 9,
        error: { kind: 'changed', code: words, message: words, hint: words },
      }),
      entries: [],
      seenAt: noon,
      silent: true,
    });
  for (const [at, text] of names.entries())
    await store.notices.raise({ kind: 'delivery-dead', subject: `n${at}`, text, at: '2026-11-20T12:00:00.000Z' });
  return { runner, store, storyIds };
}

/** What somebody may give each command: nothing, and hostile words for each option. */
export function hostileCalls(
  seed: number,
  perOption: number,
): readonly { name: string; given: Record<string, string> }[] {
  const typed = (option: CommandOption) =>
    option.type === 'text' || option.type === 'country' || option.type === 'date';
  return definitions.flatMap(({ name, options }) => [
    { name, given: {} },
    ...options
      .filter(typed)
      .flatMap((option) =>
        fc
          .sample(words, { seed: seed++, numRuns: perOption })
          .map((value) => ({ name, given: { [option.name]: value } })),
      ),
  ]);
}
