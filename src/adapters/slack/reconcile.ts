import type { webApi } from '@slack/bolt';
import { arrivalWindow, type OutboxRow, type Reconciliation } from '../../core/delivery.ts';
import { deliveryEvent } from './delivery-event.ts';

const mostPages = 5;
/** Apps that others distribute outside Slack's marketplace get 15 at once, whatever they ask for. */
const pageSize = 100;

interface Page {
  messages?: readonly { ts?: string; metadata?: { event_type?: string; event_payload?: object } }[];
  has_more?: boolean;
  response_metadata?: { next_cursor?: string };
}

/**
 * Looks for a row by the id in its message's metadata, in the channel or in the thread it answers in. Needs the scope
 * `channels:history` (`groups:history` for private channels); without it nothing can be told.
 */
export async function reconcileRow(client: webApi.WebClient, row: OutboxRow): Promise<Reconciliation> {
  let cursor: string | undefined;
  try {
    for (let page = 0; page < mostPages; page++) {
      const found = await pageOf(client, row, cursor);
      const match = found.messages?.find(
        ({ metadata }) =>
          metadata?.event_type === deliveryEvent && Reflect.get(metadata.event_payload ?? {}, 'id') === row.id,
      );
      if (match?.ts !== undefined) return { kind: 'found', messageId: match.ts };
      cursor = found.response_metadata?.next_cursor || undefined;
      if (!found.has_more || cursor === undefined) return { kind: 'absent' };
    }
  } catch (error) {
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
  return { kind: 'unreadable', reason: 'too many messages at that time to look through' };
}

function pageOf(client: webApi.WebClient, row: OutboxRow, cursor: string | undefined): Promise<Page> {
  const { fromMs, untilMs } = arrivalWindow(row);
  const asked = {
    channel: row.channel.id,
    oldest: (fromMs / 1_000).toFixed(6),
    latest: (untilMs / 1_000).toFixed(6),
    limit: pageSize,
    include_all_metadata: true,
    ...(cursor === undefined ? {} : { cursor }),
  };
  return row.action === 'thread' && row.replyTo !== null
    ? client.conversations.replies({ ...asked, ts: row.replyTo })
    : client.conversations.history(asked);
}
