import type { Client } from 'discord.js';

type Told = Readonly<Record<string, unknown>>;

const isTold = (value: unknown): value is Told => typeof value === 'object' && value !== null && !Array.isArray(value);
const told = (value: unknown): Told => (isTold(value) ? value : {});
const listed = (value: unknown): readonly Told[] => (Array.isArray(value) ? value.filter(isTold) : []);
const isId = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** Discord's own time between heartbeats, in milliseconds. */
const usualHeartbeatMs = 41_250;

/** What came on the gateway with what the library takes for granted, and servers that are only like Discord leave out. */
export function completed(payload: unknown, client: Client): unknown {
  if (!isTold(payload)) return null;
  const { op, t, d } = payload;
  if (op === 10) return { ...payload, d: { heartbeat_interval: heartbeatOf(d) } };
  if (op === 9) return { ...payload, d: d === true };
  if (op !== 0) return payload;
  const data = completedEvent(t, told(asDiscordWrites(d)), client);
  // Nothing can be done with a guild that has no id.
  return t === 'GUILD_CREATE' && !isId(data['id']) ? null : { ...payload, d: data };
}

const rights = new Set(['permissions', 'app_permissions', 'allow', 'deny']);
const kinds = new Set(['type', 'component_type']);
const inWords = /(^|_)id$|^(roles|values|locale)$/;

/** Ids and rights in words, kinds as numbers: others send either, and the library reads one. */
function asDiscordWrites(value: unknown, name = ''): unknown {
  if (rights.has(name)) return /^\d+$/.test(String(value)) ? String(value) : undefined;
  if (Array.isArray(value)) return value.map((one: unknown) => asDiscordWrites(one, name));
  if (isTold(value))
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, asDiscordWrites(part, key)]));
  if (kinds.has(name) && typeof value === 'string' && /^\d+$/.test(value)) return Number(value);
  return typeof value === 'number' && inWords.test(name) ? String(value) : value;
}

function heartbeatOf(hello: unknown): number {
  const { heartbeat_interval: interval } = told(hello);
  return typeof interval === 'number' && interval > 0 ? interval : usualHeartbeatMs;
}

function completedEvent(event: unknown, data: Told, client: Client): Told {
  if (event === 'READY') return ready(data, client);
  if (event === 'GUILD_CREATE') return guild(data);
  if (event === 'INTERACTION_CREATE') return interaction(data, client);
  return typeof event === 'string' && /^(CHANNEL|THREAD)_/.test(event) ? channel(data) : data;
}

/** Without a list of guilds those stay that were told of before. */
function ready(data: Told, client: Client): Told {
  const { user, application, guilds, resume_gateway_url: resume } = data;
  const id = told(user)['id'] ?? told(application)['id'] ?? '';
  const known = [...client.guilds.cache.keys()].map((one) => ({ id: one }));
  return {
    ...data,
    user: { id, ...told(user) },
    application: filled(application, { id, flags: 0 }),
    guilds: Array.isArray(guilds) ? listed(guilds).filter((one) => isId(one['id'])) : known,
    resume_gateway_url: typeof resume === 'string' && /^wss?:/.test(resume) ? resume : undefined,
  };
}

const usedOfGuild = ['id', 'name', 'owner_id', 'preferred_locale', 'system_channel_id'] as const;

/** Only what is used of it: what is not looked at cannot be wrong. */
function guild(data: Told): Told {
  const used = Object.fromEntries(usedOfGuild.flatMap((name) => (name in data ? [[name, data[name]]] : [])));
  const { channels } = lists(data, 'channels', ({ id }) => isId(id));
  return {
    ...filled(used, { preferred_locale: 'en-US' }),
    unavailable: data['unavailable'] === true,
    ...(channels === undefined ? {} : { channels: listed(channels).map(channel) }),
    ...lists(data, 'roles', (role) => isId(role['id'])),
    ...lists(data, 'threads', (thread) => isId(thread['id'])),
    ...lists(data, 'members', (member) => isId(told(member['user'])['id'])),
  };
}

/** What is there and no list, or no number, is left out: the library would not read the whole guild for it. */
function channel(data: Told): Told {
  const { permission_overwrites: _overwrites, available_tags: _tags, flags, ...rest } = data;
  return {
    ...rest,
    ...(flags === undefined || Number.isNaN(Number(flags)) ? {} : { flags: Number(flags) }),
    ...lists(data, 'permission_overwrites', ({ id }) => isId(id)),
    ...lists(data, 'available_tags', ({ id, name }) => isId(id) && typeof name === 'string'),
  };
}

function lists(data: Told, name: string, fits: (one: Told) => boolean): Told {
  return Array.isArray(data[name]) ? { [name]: listed(data[name]).filter(fits) } : {};
}

/** The message that a button stands on is never looked at. */
function interaction({ message: _message, ...data }: Told, client: Client): Told {
  const { type, channel_id: channel, member, user, guild: place } = data;
  const whole = filled(data, {
    guild_id: told(place)['id'],
    application_id: client.application?.id ?? '',
    locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: {},
  });
  return {
    ...whole,
    ...(channel === undefined ? {} : { channel: filled(data['channel'], { id: channel }) }),
    ...(isTold(member) ? { member: filled(member, { user }) } : {}),
    ...(isTold(data['data']) ? { data: commandOrPress(type, data['data']) } : {}),
    ...(type === 3 ? { message: { id: '0' } } : {}),
  };
}

/** A slash command, a button, or a list where something was chosen. */
function commandOrPress(type: unknown, given: Told): Told {
  if (type === 3) return filled(given, { component_type: 'values' in given ? 3 : 2 });
  return {
    ...filled(given, { type: 1 }),
    ...('options' in given ? { options: listed(given['options']) } : {}),
    ...('resolved' in given ? { resolved: { channels: channelsOf(given['resolved']) } } : {}),
  };
}

/** Of what is told beside a question only channels are looked at. */
function channelsOf(resolved: unknown): Told {
  const all = Object.entries(told(told(resolved)['channels']));
  return Object.fromEntries(all.filter(([, one]) => isId(told(one)['id'])));
}

/** What was told, and what is usual for the rest. */
function filled(given: unknown, usual: Told): Told {
  const known = Object.entries(told(given)).filter(([, value]) => value !== null && value !== undefined);
  return { ...told(given), ...usual, ...Object.fromEntries(known) };
}
