import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askWords, subscribeForm } from '../../../src/adapters/discord/forms.ts';
import { welcomePayload } from '../../../src/adapters/discord/guilds.ts';
import { filesOf } from '../../../src/adapters/discord/render.ts';
import { createCommands } from '../../../src/commands/index.ts';
import type { Command } from '../../../src/core/command.ts';
import type { ChatAdapter, OutboxRow } from '../../../src/core/delivery.ts';
import type { Message } from '../../../src/core/message.ts';
import { wordForm } from '../../../src/core/word-forms.ts';
import { leasedRow } from '../../contract/adapter.ts';
import type { FakeDiscord } from '../../fakes/discord/server.ts';
import { loadDescription } from '../../fakes/discord/spec.ts';
import { ids } from '../../fakes/discord/world.ts';
import { testServices } from '../../fakes/services.ts';
import { hostileMessage } from './arbitrary.ts';
import { isDescribed, openDiscord, shippedPhrases } from './open.ts';

let fake: FakeDiscord;
let adapter: ChatAdapter;
let commands: readonly Command[];
let close: () => Promise<void>;
beforeAll(async () => {
  const { services, store } = await testServices();
  commands = createCommands(services);
  ({ fake, adapter } = await openDiscord({}, { channelLimit: 1_000_000 }));
  await adapter.start();
  close = async () => {
    await adapter.stop();
    await fake.close();
    await store.close();
  };
});
afterAll(() => close());

const picture = fc.option(
  fc.record({ name: fc.string(), alt: fc.string({ maxLength: 3000 }), png: fc.constant(new Uint8Array([137, 80])) }),
  { nil: undefined },
);
const message: fc.Arbitrary<Message> = fc
  .tuple(hostileMessage, picture, fc.array(fc.string(), { maxLength: 8 }))
  .map(([made, shown, tags]) => ({ ...made, tags, ...(shown ? { picture: shown } : {}) }));

/** What a message becomes in each way that it can be sent. */
async function sendEveryWay(given: Message, id: string): Promise<readonly string[]> {
  const channel = (one: string) => ({ platform: 'discord' as const, workspace: ids.guild, id: one });
  const row = (more: Partial<OutboxRow>): OutboxRow => ({
    ...leasedRow(adapter, `${id}-${more.action ?? 'post'}-${more.channel?.id ?? ''}`),
    channel: channel(ids.text),
    message: given,
    ...more,
  });
  const kinds: string[] = [];
  const [post, forum] = [await adapter.send(row({})), await adapter.send(row({ channel: channel(ids.forum) }))];
  kinds.push(post.kind, forum.kind);
  for (const [first, where] of [
    [post, ids.text],
    [forum, ids.forum],
  ] as const) {
    const replyTo = first.kind === 'sent' ? first.messageId : null;
    for (const action of ['edit', 'thread'] as const)
      kinds.push((await adapter.send(row({ action, replyTo, channel: channel(where) }))).kind);
  }
  return kinds;
}

describe('whatever a message holds', () => {
  it('Discord takes it: as a post, in a forum, as an edit, in a thread, with pictures; and mentions nobody', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(message, async (given) => {
        const kinds = await sendEveryWay(given, `p${count++}`);
        expect([new Set(kinds), fake.problems]).toEqual([new Set(['sent']), []]);
        expect(filesOf(given).length).toBe(given.picture ? 1 : 0);
      }),
      { numRuns: 40, endOnFailure: true },
    );
    const mentions = fake.messages.all.map(({ body }) => body['allowed_mentions']);
    expect(mentions.every((each) => JSON.stringify(each) === '{"parse":[]}')).toBe(true);
  }, 120_000);
});

describe.skipIf(!isDescribed)('forms and welcomes', () => {
  const description = isDescribed ? loadDescription() : null;
  const callback = (data: unknown) =>
    description?.problems('POST', '/interactions/1/token/callback', { type: 9, data }) ?? ['unknown route'];
  const locales = ['en-US', 'es-419', 'fr', 'pt-BR', 'ja'] as const;

  it.each(locales)('are as Discord describes them in %s', (locale) => {
    const say = (english: string) => shippedPhrases.text(english, locale);
    expect(callback(subscribeForm(commands, say, ids.text))).toEqual([]);
    const welcome = welcomePayload(shippedPhrases, locale);
    expect(description?.problems('POST', `/channels/${ids.text}/messages`, welcome)).toEqual([]);
  });

  it('hold whatever a report is about', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (about) => {
        const form = wordForm('/report', { operator: false });
        expect(form && callback(askWords((english) => english, { ...form, given: { 'answer-to': about } }))).toEqual(
          [],
        );
      }),
    );
  });
});
