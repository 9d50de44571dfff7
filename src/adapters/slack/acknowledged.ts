import type { ReceiverEvent } from '@slack/bolt';
import type { Log } from '../../core/ports.ts';

/**
 * Sees to it that what Slack sent is acknowledged whatever comes of it: also a button that no listener knows, as an
 * older version may have posted. An acknowledgement that cannot be sent, since the socket is just being exchanged, ends
 * nothing: Slack sends the same again, which is not done twice, so that the answer of the first time is the only one.
 */
export async function acknowledged(
  event: ReceiverEvent,
  handle: (event: ReceiverEvent) => Promise<void>,
  log: Log,
): Promise<void> {
  let told = false;
  const ack: ReceiverEvent['ack'] = async (response) => {
    told = true;
    await event
      .ack(response)
      .catch((error: unknown) => log.warn({ err: error }, 'Slack did not take an acknowledgement'));
  };
  await handle({ ...event, ack });
  if (!told) await ack();
}
