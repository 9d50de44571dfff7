import type { Message } from '../../core/message.ts';
import type { MetaStore } from '../../core/ports.ts';
import { setUpMessage } from '../../core/set-up-message.ts';
import type { Channel } from '../../core/subscription.ts';
import { setPublishes } from './channels.ts';
import type { Say } from './forms.ts';
import { postNew, type SendParts } from './send.ts';

export interface SubscribingParts {
  meta: MetaStore;
  /** Posts in channels, beside the answer to whoever asked. */
  sending: Omit<SendParts, 'signal'>;
  /** Milliseconds for one request. */
  timeoutMs: number;
}

const published = 'Alerts here are published to the servers that follow this channel.';
const notNews = 'Only announcement channels can be published; this one is none.';

/**
 * After a channel was subscribed: keeps whether its alerts are published, and says in the channel itself that it is set
 * up. What cannot be posted is told at once, not when news comes.
 */
export async function setUp(
  parts: SubscribingParts,
  { id, channel, publish }: { id: string; channel: Channel; publish: boolean | null },
  message: Message,
  say: Say,
): Promise<Message> {
  const notes: string[] = [];
  if (publish !== null) {
    const { kind } = parts.sending.kindOf(channel.id);
    const isNews = kind === 'announcement' || kind === 'unknown';
    await setPublishes(parts.meta, channel.id, publish && isNews);
    if (publish) notes.push(say(isNews ? published : notNews));
  }
  const failure = await testPost(parts, { id, channel, message, say });
  if (failure !== null)
    notes.push(say(`I could not post a test there (${failure}). Check my permissions in that channel.`));
  const blocks = notes.map((note) => ({ kind: 'note' as const, line: [note] }));
  return { ...message, blocks: [...message.blocks, ...blocks] };
}

/** Why it could not be posted; null when it was. */
async function testPost(
  { sending, timeoutMs }: SubscribingParts,
  { id, channel, message, say }: { id: string; channel: Channel; message: Message; say: Say },
): Promise<string | null> {
  const test = setUpMessage(message.plain, say);
  try {
    // Never published: followers elsewhere have nothing of a test.
    const quiet = { ...sending, publishes: () => Promise.resolve(false), signal: AbortSignal.timeout(timeoutMs) };
    await postNew(quiet, { id, channel, message: test });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
