/** Ids of the one guild that there is. They are snowflakes: discord.js reads times out of them. */
export const ids = {
  application: '900000000000000001',
  bot: '900000000000000001',
  guild: '910000000000000001',
  text: '920000000000000001',
  news: '920000000000000002',
  closed: '920000000000000003',
  forum: '920000000000000004',
  person: '920000000000000009',
  manager: '930000000000000001',
  member: '930000000000000002',
  operator: '930000000000000003',
  botRole: '940000000000000001',
} as const;

/** View Channel, Send Messages, Embed Links, Read History, Public Threads, Messages in Threads. */
export const speaking = ((1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 16n) | (1n << 35n) | (1n << 38n)).toString();
export const viewing = (1n << 10n).toString();
const managing = (BigInt(speaking) | (1n << 4n)).toString();

/** What posts in the forum can be marked with; the last is for moderators. */
export const forumTags = [
  { id: '990000000000000001', name: 'Official', moderated: false },
  { id: '990000000000000002', name: 'Rwanda', moderated: false },
  { id: '990000000000000003', name: 'Travel ban', moderated: false },
  { id: '990000000000000004', name: 'reported', moderated: true },
].map((tag) => ({ ...tag, emoji_id: null, emoji_name: null }));

/** A channel as Discord describes it; 0 text, 5 announcements, 15 forum. */
export function channelData(id: string, type: number): object {
  return {
    id,
    type,
    guild_id: ids.guild,
    name: `channel-${id.slice(-1)}`,
    position: 0,
    permission_overwrites: id === ids.closed ? [{ id: ids.botRole, type: 0, allow: '0', deny: '2048' }] : [],
    parent_id: null,
    nsfw: false,
    topic: null,
    ...(type === 15 ? { available_tags: forumTags, flags: 0, default_forum_layout: 0 } : {}),
  };
}

/** A guild as GUILD_CREATE tells it. */
export function guildData(more: object = {}): object {
  const role = { color: 0, hoist: false, managed: false, mentionable: false, position: 0, flags: 0 };
  return {
    id: ids.guild,
    name: 'Test guild',
    owner_id: ids.manager,
    icon: null,
    features: [],
    preferred_locale: 'en-US',
    system_channel_id: ids.text,
    system_channel_flags: 0,
    member_count: 3,
    premium_tier: 0,
    nsfw_level: 0,
    verification_level: 0,
    joined_at: '2026-03-02T12:00:00.000Z',
    large: false,
    unavailable: false,
    roles: [
      { ...role, id: ids.guild, name: '@everyone', permissions: viewing },
      { ...role, id: ids.botRole, name: 'Borderwire', permissions: speaking },
    ],
    emojis: [],
    stickers: [],
    channels: [
      channelData(ids.text, 0),
      channelData(ids.news, 5),
      channelData(ids.closed, 0),
      channelData(ids.forum, 15),
    ],
    threads: [],
    members: [
      {
        user: { id: ids.bot, username: 'borderwire', discriminator: '0', avatar: null, bot: true },
        roles: [ids.botRole],
        joined_at: '2026-03-02T12:00:00.000Z',
        deaf: false,
        mute: false,
        flags: 0,
      },
    ],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    ...more,
  };
}

export interface Asked {
  /** Who asks; an operator manages the channel too. */
  as?: 'operator' | 'manager' | 'member';
  locale?: string;
  channel?: string;
  /** What the bot may do in the channel. */
  botMay?: string;
}

/** An interaction without its own data: what all kinds have in common. */
export function interactionData(id: string, token: string, type: number, asked: Asked): object {
  const { as: who = 'manager', locale = 'en-US', channel = ids.text, botMay = speaking } = asked;
  const permissions = who === 'member' ? speaking : managing;
  return {
    id,
    application_id: ids.application,
    type,
    token,
    version: 1,
    guild_id: ids.guild,
    guild: { id: ids.guild, locale: 'en-US', features: [] },
    channel_id: channel,
    channel: { ...channelData(channel, 0), permissions },
    member: {
      user: { id: ids[who], username: who, discriminator: '0', avatar: null },
      roles: [],
      permissions,
      joined_at: '2026-03-02T12:00:00.000Z',
      deaf: false,
      mute: false,
      flags: 0,
    },
    app_permissions: botMay,
    locale,
    guild_locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: { '0': ids.guild },
    context: 0,
    attachment_size_limit: 10_485_760,
  };
}
