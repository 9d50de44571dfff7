import { ChannelFlags, ChannelType, type Client } from 'discord.js';
import type { MetaStore } from '../../core/ports.ts';

/** A tag that posts in a forum can carry. */
export interface ForumTag {
  id: string;
  name: string;
  /** Only moderators may set it. */
  moderated: boolean;
}

/** What matters about a channel for posting in it. */
export type ChannelKind =
  | { kind: 'plain' | 'unknown' }
  | { kind: 'announcement' }
  | { kind: 'forum'; tags: readonly ForumTag[]; tagRequired: boolean };

/** Kinds of channels that alerts can be posted in. */
export const postable = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
  ChannelType.GuildForum,
] as const;

/** What the gateway told of a channel; unknown when it told nothing, as to a process that only delivers. */
export function kindOf(client: Client, channelId: string): ChannelKind {
  const channel = client.channels.cache.get(channelId);
  if (!channel) return { kind: 'unknown' };
  if (channel.type === ChannelType.GuildAnnouncement) return { kind: 'announcement' };
  if (channel.type !== ChannelType.GuildForum) return { kind: 'plain' };
  const tags = channel.availableTags.map(({ id, name, moderated }) => ({ id, name, moderated }));
  return { kind: 'forum', tags, tagRequired: channel.flags.has('RequireTag') };
}

/** The same of a forum that Discord was asked for; what it does not tell has no tags. */
export function forumFrom(channel: unknown): Extract<ChannelKind, { kind: 'forum' }> {
  const { available_tags: told, flags }: Record<string, unknown> = Object(channel);
  const tags = (Array.isArray(told) ? told : []).map((tag: unknown): ForumTag => {
    const { id, name, moderated }: Record<string, unknown> = Object(tag);
    return { id: String(id), name: String(name), moderated: moderated === true };
  });
  return { kind: 'forum', tags, tagRequired: (Number(flags) & ChannelFlags.RequireTag) !== 0 };
}

const mostTags = 5;
const bare = (word: string): string => word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The forum's tags that name what a message is about, five at most; the first free one where one must be. */
export function tagsFor(words: readonly string[], forum: Extract<ChannelKind, { kind: 'forum' }>): string[] {
  const wanted = new Set(words.map(bare));
  const free = forum.tags.filter((tag) => !tag.moderated);
  const fitting = free.filter((tag) => bare(tag.name) !== '' && wanted.has(bare(tag.name)));
  const chosen = fitting.length === 0 && forum.tagRequired ? free.slice(0, 1) : fitting;
  return chosen.slice(0, mostTags).map((tag) => tag.id);
}

const publishKey = (channelId: string): string => `discord-publish:${channelId}`;

/** Whether alerts in an announcement channel are published to the servers that follow it: as its managers said last. */
export async function publishes(meta: MetaStore, channelId: string): Promise<boolean> {
  return (await meta.get(publishKey(channelId))) === 'yes';
}

export async function setPublishes(meta: MetaStore, channelId: string, yes: boolean): Promise<void> {
  await meta.set(publishKey(channelId), yes ? 'yes' : 'no');
}
