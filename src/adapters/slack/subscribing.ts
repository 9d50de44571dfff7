import { webApi } from '@slack/bolt';
import type { SendOutcome } from '../../core/delivery.ts';
import type { Message, Reply } from '../../core/message.ts';
import type { Log } from '../../core/ports.ts';
import { setUpMessage } from '../../core/set-up-message.ts';
import type { Who } from './asker.ts';
import { deliveryEvent } from './delivery-event.ts';
import { outcomeOf } from './outcome.ts';
import { renderPayload, type Say } from './render.ts';

export interface SubscribingParts {
  client: (workspace: string) => Promise<webApi.WebClient>;
  log: Log;
}

const notInvited = 'I cannot post there yet: type /invite @Borderwire in that channel, then alerts arrive.';

/**
 * After a channel was subscribed, says in the channel itself that it is set up: what cannot be posted is told at once,
 * not when news comes. Answers the reply, with a word on what is missing.
 */
export async function setUp(reply: Reply, { team, channel }: Who, say: Say, parts: SubscribingParts): Promise<Reply> {
  const id: unknown = Reflect.get(Object(Reflect.get(Object(reply.data), 'subscription')), 'id');
  if (reply.exitCode !== 0 || typeof id !== 'string') return reply;
  try {
    const client = await parts.client(team);
    await client.chat.postMessage({
      channel,
      ...renderPayload(setUpMessage(reply.message.plain, say)),
      metadata: { event_type: deliveryEvent, event_payload: { id } },
      unfurl_links: false,
      unfurl_media: false,
    });
    return reply;
  } catch (error) {
    const { kind } = outcomeOf(error, 0);
    // Too soon after another message there: that tells nothing of the channel.
    if (kind === 'rate-limited') return reply;
    parts.log.warn({ err: error, channel }, 'a test could not be posted where it was subscribed');
    return { ...reply, message: withNote(reply.message, say(wordsFor(kind, error))) };
  }
}

function wordsFor(kind: SendOutcome['kind'], error: unknown): string {
  if (kind === 'gone' || kind === 'forbidden') return notInvited;
  const reason = error instanceof webApi.WebAPIPlatformError ? error.data.error : 'Slack gave no answer';
  return `I could not post a test there (${reason}).`;
}

function withNote(message: Message, words: string): Message {
  return { ...message, blocks: [...message.blocks, { kind: 'note', line: [words] }] };
}
