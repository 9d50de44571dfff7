import { DiscordRefusal } from './refusal.ts';
import { forumTags, ids } from './world.ts';

export interface StoredMessage {
  id: string;
  channel: string;
  body: Record<string, unknown>;
  nonce: string | null;
  at: number;
  edits: number;
  crossposted: boolean;
}

export interface Messages {
  all: StoredMessage[];
  /** Thread channels by id, which is that of the message they hang on. */
  threads: Set<string>;
  /** Posts in forums: their name, tags, and the forum. */
  posts: { id: string; forum: string; name: string; tags: readonly string[] }[];
  /** What a channel answers instead of taking anything. */
  refusing: Map<string, { status: number; code: number; message: string }>;
  create(channel: string, body: Record<string, unknown>): object;
  /** Newest first, those after an id nearest to it; empty where the bot may not read the history. */
  list(channel: string, query: URLSearchParams): readonly object[];
  /** Channels whose history the bot may not read. */
  unreadable: Set<string>;
  edit(channel: string, id: string, body: Record<string, unknown>): object;
  openThread(channel: string, id: string, body: Record<string, unknown>): object;
  openPost(forum: string, body: Record<string, unknown>): object;
  crosspost(channel: string, id: string): object;
}

const nonceWindowMs = 5 * 60_000;
const discordEpochMs = 1_420_070_400_000;

/** Channels with messages and threads; a nonce that is repeated within some minutes gives the first message again. */
export function createMessages(now: () => number, channels: Set<string>): Messages {
  const all: StoredMessage[] = [];
  const threads = new Set<string>();
  let made = 0;
  const posts: Messages['posts'] = [];
  const refusing: Messages['refusing'] = new Map();
  const unreadable = new Set<string>();

  /** Discord's own way: when it was made, then a number. */
  function newId(): string {
    made += 1;
    return String((BigInt(now() - discordEpochMs) << 22n) + BigInt(made));
  }

  function mustTake(channel: string): void {
    const refusal = refusing.get(channel);
    if (refusal) throw new DiscordRefusal(refusal.status, refusal.code, refusal.message);
    if (!channels.has(channel) && !threads.has(channel)) throw new DiscordRefusal(404, 10003, 'Unknown Channel');
  }

  function find(channel: string, id: string): StoredMessage {
    mustTake(channel);
    const found = all.find((one) => one.id === id && one.channel === channel);
    if (!found) throw new DiscordRefusal(404, 10008, 'Unknown Message');
    return found;
  }

  return {
    all,
    threads,
    posts,
    refusing,
    unreadable,
    list(channel, query) {
      mustTake(channel);
      const limit = Number(query.get('limit') ?? 50);
      const after = BigInt(query.get('after') ?? 0);
      if (unreadable.has(channel)) return [];
      const found = all.filter((one) => one.channel === channel && BigInt(one.id) > after);
      const chosen = query.has('after') ? found.slice(0, limit) : found.slice(-limit);
      return chosen.toReversed().map(asDiscordTells);
    },
    create(channel, body) {
      mustTake(channel);
      if (channel === ids.forum) throw new DiscordRefusal(400, 50008, 'Cannot send messages in a non-text channel');
      const nonce = body['enforce_nonce'] === true && typeof body['nonce'] === 'string' ? body['nonce'] : null;
      const first = all.find(
        (one) => nonce !== null && one.nonce === nonce && one.channel === channel && now() - one.at < nonceWindowMs,
      );
      if (first) return asDiscordTells(first);
      const id = newId();
      const stored = { id, channel, body, nonce, at: now(), edits: 0, crossposted: false };
      all.push(stored);
      return asDiscordTells(stored);
    },
    edit(channel, id, body) {
      const stored = find(channel, id);
      stored.body = { ...stored.body, ...body };
      stored.edits += 1;
      return asDiscordTells(stored);
    },
    openThread(channel, id, body) {
      find(channel, id);
      if (threads.has(channel)) throw new DiscordRefusal(400, 50024, 'Cannot execute action on this channel type');
      if (threads.has(id)) throw new DiscordRefusal(400, 160004, 'A thread has already been created for this message');
      threads.add(id);
      return { id, type: 11, guild_id: ids.guild, parent_id: channel, name: body['name'] };
    },
    openPost(forum, body) {
      mustTake(forum);
      if (forum !== ids.forum) throw new DiscordRefusal(400, 50024, 'Cannot execute action on this channel type');
      const tags = Array.isArray(body['applied_tags']) ? body['applied_tags'].map(String) : [];
      if (tags.some((tag) => !forumTags.some((known) => known.id === tag)))
        throw new DiscordRefusal(400, 50035, 'Invalid Form Body: applied_tags');
      const id = newId();
      threads.add(id);
      posts.push({ id, forum, name: String(body['name']), tags });
      const message = { id, channel: id, body: Object(body['message']), nonce: null, at: now(), edits: 0 };
      all.push({ ...message, crossposted: false });
      return { id, type: 11, guild_id: ids.guild, parent_id: forum, name: body['name'], message: { id } };
    },
    crosspost(channel, id) {
      const stored = find(channel, id);
      if (channel !== ids.news) throw new DiscordRefusal(400, 50024, 'Cannot execute action on this channel type');
      if (stored.crossposted) throw new DiscordRefusal(400, 40033, 'This message has already been crossposted.');
      stored.crossposted = true;
      return asDiscordTells(stored);
    },
  };
}

/** A message object of Discord's, with what clients read of it. */
export function asDiscordTells({ id, channel, body, at }: StoredMessage): object {
  return {
    id,
    channel_id: channel,
    type: 0,
    author: { id: ids.bot, username: 'borderwire', discriminator: '0', avatar: null, bot: true },
    content: body['content'] ?? '',
    embeds: body['embeds'] ?? [],
    components: body['components'] ?? [],
    attachments: [],
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
    timestamp: new Date(at).toISOString(),
    edited_timestamp: null,
    flags: 0,
  };
}
