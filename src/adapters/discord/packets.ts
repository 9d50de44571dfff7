import type { Client } from 'discord.js';
import type { Log } from '../../core/ports.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Discord may send what the library cannot read, such as a button without its message. There the library throws where
 * nobody could catch it and the program would end: here it is logged, and the connection goes on.
 */
export function readSafely(client: Client, log: Log): void {
  const read: unknown = Reflect.get(client.ws, 'handlePacket');
  if (typeof read !== 'function') return;
  Reflect.set(client.ws, 'handlePacket', (packet: unknown, shard: unknown): unknown => {
    try {
      // The library looks into what comes with an event without asking whether anything does.
      if (isObject(packet) && !isObject(Reflect.get(packet, 'd'))) Reflect.set(packet, 'd', {});
      return Reflect.apply(read, client.ws, [packet, shard]);
    } catch (error) {
      log.warn({ err: error, event: Reflect.get(Object(packet), 't') }, 'an event from Discord could not be read');
      return false;
    }
  });
}
