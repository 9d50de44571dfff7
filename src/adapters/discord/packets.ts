import { type Client, type REST, Routes } from 'discord.js';
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
      if (isObject(packet)) Reflect.set(packet, 'd', completed(Reflect.get(packet, 't'), Reflect.get(packet, 'd')));
      return Reflect.apply(read, client.ws, [packet, shard]);
    } catch (error) {
      log.warn({ err: error, event: Reflect.get(Object(packet), 't') }, 'an event from Discord could not be read');
      return false;
    }
  });
}

/** An event with what the library takes for granted, and servers that are only like Discord may leave out. */
function completed(event: unknown, data: unknown): object {
  const given = isObject(data) ? data : {};
  if (event === 'INTERACTION_CREATE')
    return { locale: 'en-US', entitlements: [], authorizing_integration_owners: {}, ...given };
  if (event === 'GUILD_CREATE') return { preferred_locale: 'en-US', ...given };
  if (event !== 'READY') return given;
  return { application: { id: Reflect.get(Object(Reflect.get(given, 'user')), 'id'), flags: 0 }, ...given };
}

const usualGateway = {
  shards: 1,
  session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
};

/** The same for where the gateway is. */
export function readGateway(rest: REST): void {
  const get = rest.get.bind(rest);
  rest.get = async (route, options) => {
    const answer: unknown = await get(route, options);
    return route === Routes.gatewayBot() && isObject(answer) ? { ...usualGateway, ...answer } : answer;
  };
}
