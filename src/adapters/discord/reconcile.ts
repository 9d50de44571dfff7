import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { arrivalWindow, type OutboxRow, type Reconciliation } from '../../core/delivery.ts';
import { findPost } from './forum.ts';
import { renderPayload } from './render.ts';
import { nonceOf } from './send.ts';

export interface HistoryParts {
  rest: Pick<REST, 'get'>;
  /** The bot's own user id; asked for where it is not connected. */
  self: () => Promise<string>;
  isForum: (channelId: string) => boolean;
}

const pageSize = 100;
const mostPages = 5;
/** Digits of an id that holds a time; servers that are only like Discord may count, and look nothing up by time. */
const shortestId = 15;
const discordEpochMs = 1_420_070_400_000n;
const wordKeys = new Set(['content', 'title', 'description', 'name', 'value', 'text', 'label']);

/** The smallest id that a message of this moment can have. */
export function snowflakeAt(ms: number): string {
  const since = BigInt(Math.max(0, Math.floor(ms))) - discordEpochMs;
  return String((since > 0n ? since : 0n) << 22n);
}

/** All words of a message, as they were sent or as Discord gives them back. */
export function wordsOf(value: unknown, key = ''): string {
  if (typeof value === 'string') return wordKeys.has(key) ? value.replace(/\s+/g, ' ').trim() : '';
  if (Array.isArray(value)) return joined(value.map((one) => wordsOf(one, key)));
  if (typeof value !== 'object' || value === null) return '';
  return joined(
    Object.entries(value)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([name, part]) => wordsOf(part, name)),
  );
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

const shownParts = ({ content, embeds, components }: Record<string, unknown>) => ({ content, embeds, components });

/** Looks for a row among the bot's own messages since its first doubtful attempt: by its nonce, else by its words. */
export async function reconcileRow(parts: HistoryParts, row: OutboxRow): Promise<Reconciliation> {
  try {
    return parts.isForum(row.channel.id) && row.action !== 'thread'
      ? await reconcilePost(parts, row)
      : await reconcileMessage(parts, row);
  } catch (error) {
    // An answer's thread that was never opened holds nothing; the next look asks again.
    return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function reconcilePost(parts: HistoryParts, row: OutboxRow): Promise<Reconciliation> {
  const found = await findPost(parts.rest, row, row.maybeSentSince ?? row.createdAt);
  return found === undefined ? { kind: 'absent' } : { kind: 'found', messageId: found };
}

async function reconcileMessage(parts: HistoryParts, row: OutboxRow): Promise<Reconciliation> {
  const self = await parts.self();
  const wanted = wordsOf(shownParts({ ...renderPayload(row.message) }));
  const match = (messages: readonly Found[]) =>
    messages
      .filter((one) => String(Reflect.get(Object(one['author']), 'id')) === self)
      .find((one) => one['nonce'] === nonceOf(row.id) || (wanted !== '' && wordsOf(shownParts(one)) === wanted));
  for (const place of new Set([...(row.action === 'thread' && row.replyTo ? [row.replyTo] : []), row.channel.id])) {
    const found = match(await messagesIn(parts.rest, place, arrivalWindow(row)));
    if (found) return { kind: 'found', messageId: String(found['id']) };
  }
  const newest = await pageOf(parts.rest, row.channel.id, { limit: `${pageSize}` });
  const untimed = match(newest.filter(({ id }) => String(id).length < shortestId));
  if (untimed) return { kind: 'found', messageId: String(untimed['id']) };
  // Without the right to read the history Discord answers with an empty list, as it does for an empty channel.
  return newest.length > 0
    ? { kind: 'absent' }
    : { kind: 'unreadable', reason: 'the bot may not read the history there' };
}

type Found = Record<string, unknown>;

async function messagesIn(
  rest: HistoryParts['rest'],
  channel: string,
  { fromMs, untilMs }: ReturnType<typeof arrivalWindow>,
): Promise<readonly Found[]> {
  const all: Found[] = [];
  const end = BigInt(snowflakeAt(untilMs));
  let after = BigInt(snowflakeAt(fromMs));
  for (let page = 0; page < mostPages; page++) {
    const found = await pageOf(rest, channel, { after: `${after}`, limit: `${pageSize}` });
    all.push(...found);
    after = found.map((one) => BigInt(String(one['id']))).reduce((a, b) => (a > b ? a : b), after);
    if (found.length < pageSize || after > end) return all;
  }
  throw new Error('too many messages at that time to look through');
}

async function pageOf(rest: HistoryParts['rest'], channel: string, query: Record<string, string>): Promise<Found[]> {
  try {
    const found: unknown = await rest.get(Routes.channelMessages(channel), { query: new URLSearchParams(query) });
    return Array.isArray(found) ? found.filter((one): one is Found => typeof one === 'object' && one !== null) : [];
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === 10_003) return [];
    throw error;
  }
}
