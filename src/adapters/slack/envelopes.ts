import type { SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../../core/ports.ts';

type SocketClient = SocketModeReceiver['client'];

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const kinds = new Set<unknown>(['slash_commands', 'interactive', 'events_api']);

/**
 * What comes on the socket may be no envelope, or one of a kind that is yet to come. There the library throws where
 * nobody could catch it and the program would end: here it is acknowledged, logged, and the connection goes on.
 */
export function readSafely(client: SocketClient, log: Log): void {
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: unknown) => {
    const read: unknown = Reflect.get(client, 'onWebSocketMessage');
    const envelope = isBinary === true ? null : parsed(data);
    if (envelope === null) return;
    if (isKnown(envelope) && typeof read === 'function') {
      void Promise.resolve(Reflect.apply(read, client, [data, isBinary])).catch((error: unknown) =>
        log.warn({ err: error }, 'what came from Slack could not be read'),
      );
      return;
    }
    const { envelope_id: id, type }: { envelope_id?: unknown; type?: unknown } = envelope;
    log.debug({ type }, 'an envelope of Slack’s that nobody knows');
    const send: unknown = Reflect.get(client, 'send');
    if (typeof id === 'string' && typeof send === 'function')
      void Promise.resolve(Reflect.apply(send, client, [id])).catch(() => undefined);
  });
}

function parsed(data: unknown): object | null {
  try {
    const value: unknown = JSON.parse(typeof data === 'string' ? data : new TextDecoder().decode(Object(data)));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isKnown(envelope: object): boolean {
  const { type, payload }: { type?: unknown; payload?: unknown } = envelope;
  if (type === 'hello' || type === 'disconnect') return true;
  if (!kinds.has(type) || !isObject(payload)) return false;
  if (type === 'slash_commands') return typeof Reflect.get(payload, 'command') === 'string';
  if (type === 'interactive') return typeof Reflect.get(payload, 'type') === 'string';
  return typeof Reflect.get(Object(Reflect.get(payload, 'event')), 'type') === 'string';
}
