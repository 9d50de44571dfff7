import {
  type Client,
  DiscordAPIError,
  type REST,
  Routes,
  SimpleShardingStrategy,
  type WebSocketOptions,
  WebSocketShardDestroyRecovery,
  WebSocketShardStatus,
} from 'discord.js';
import type { Log } from '../../core/ports.ts';
import { completed } from './completed.ts';

/** What the library keeps of a connection, by names of its own. */
type Shard = Record<string, unknown>;
/** After this many milliseconds without an answer a session is begun anew: some servers know nothing of resuming. */
const resumesWithinMs = 20_000;
const unreadable = 'an event from Discord could not be read';

/**
 * Discord, or a server that is only like it, may send what the library cannot read. There the library throws where
 * nobody could catch it and the program would end: here it is logged, and the connection goes on. @returns the library's
 * own way to connect, whose connections are guarded
 */
export function readSafely(client: () => Client, log: Log): NonNullable<WebSocketOptions['buildStrategy']> {
  return (manager) => {
    guardQueued(client(), log);
    const strategy = new SimpleShardingStrategy(manager);
    const spawn = strategy.spawn.bind(strategy);
    strategy.spawn = async (ids) => {
      await spawn(ids);
      const shards: unknown = Reflect.get(strategy, 'shards');
      if (shards instanceof Map) for (const shard of shards.values()) guardShard(shard as Shard, client(), log);
    };
    return strategy;
  };
}

function guardShard(shard: Shard, client: Client, log: Log): void {
  replace(shard, 'unpackMessage', async (unpack) => completed(await unpack(), client));
  const failed = (error: unknown) => log.warn({ err: error }, unreadable);
  replace(shard, 'onMessage', async (read) => {
    await read().catch(failed);
  });
  replace(shard, 'internalConnect', async (connect) => {
    await connect().catch(failed);
  });
  replace(shard, 'resume', async (resume) => {
    const { connection } = shard;
    await resume();
    setTimeout(() => {
      const { destroy } = shard;
      const isIgnored = shard['connection'] === connection && shard['status'] === WebSocketShardStatus.Resuming;
      if (isIgnored && typeof destroy === 'function')
        Reflect.apply(destroy, shard, [{ code: 1000, recover: WebSocketShardDestroyRecovery.Reconnect }]);
    }, resumesWithinMs).unref();
  });
}

/**
 * Events that came before everything was ready are read later, on their own. Interactions cannot wait for guilds that
 * are away, nor for other connections: who asks is answered within three seconds.
 */
function guardQueued(client: Client, log: Log): void {
  const read: unknown = Reflect.get(client.ws, 'handlePacket');
  if (typeof read !== 'function') return;
  const { InteractionCreate: asked } = Object(Reflect.get(client, 'actions'));
  Reflect.set(client.ws, 'handlePacket', (packet: unknown, shard: unknown): unknown => {
    const { t: event, d: data } = Object(packet);
    try {
      if (event !== 'INTERACTION_CREATE' || client.application === null || client.isReady())
        return Reflect.apply(read, client.ws, [packet, shard]);
      asked.handle(data);
      return true;
    } catch (error) {
      log.warn({ err: error, event }, unreadable);
      return false;
    }
  });
}

function replace(shard: Shard, name: string, by: (own: () => Promise<unknown>) => Promise<unknown>): void {
  const own = shard[name];
  if (typeof own === 'function')
    shard[name] = (...given: unknown[]) => by(async () => (await Reflect.apply(own, shard, given)) as unknown);
}

const usualStart = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };

/** The library asks once more right after we did; then an answer that fails would end the program. */
const answerHoldsMs = 5_000;

/** Where the gateway is, told in full; the answer of /gateway where there is no /gateway/bot. */
export function readGateway(rest: REST, now: () => number): void {
  const get = rest.get.bind(rest);
  let last: { answer: ReturnType<typeof gatewayOf>; at: number } | null = null;
  rest.get = async (route, options) => {
    if (route !== Routes.gatewayBot()) return get(route, options);
    if (last !== null && now() - last.at < answerHoldsMs) return last.answer;
    const answer: unknown = await get(route, options).catch((error: unknown) => {
      if (error instanceof DiscordAPIError && error.status === 404) return get(Routes.gateway(), options);
      throw error;
    });
    last = { answer: gatewayOf(answer), at: now() };
    return last.answer;
  };
}

function gatewayOf(answer: unknown) {
  const told: { url?: unknown; shards?: unknown; session_start_limit?: unknown } = Object(answer);
  const address = String(told.url).replace(/\/?\?.*$/, '');
  if (!/^wss?:/.test(address) || !URL.canParse(address))
    throw new Error(`Discord names no address of its gateway that begins with ws: or wss: (${String(told.url)})`);
  const shards = Number.isInteger(told.shards) && Number(told.shards) > 0 ? Number(told.shards) : 1;
  const start = Object.entries(Object(told.session_start_limit)).filter(([, value]) => Number.isInteger(value));
  return { url: address, shards, session_start_limit: { ...usualStart, ...Object.fromEntries(start) } };
}
