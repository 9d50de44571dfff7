import { type Fault, startFakeDiscord, token } from '../discord/server.ts';
import { ids } from '../discord/world.ts';
import { startFakeSlack } from '../slack/server.ts';
import type { SlackFault } from '../slack/state.ts';
import type { Asked } from './plan.ts';
import { openPublisher, type Publisher } from './publisher.ts';

/** Servers of somebody else's to run against, where they are given. */
export interface Given {
  /** As DISCORD_API_URL and SLACK_API_URL take them; feeds as they are polled, which grow by themselves. */
  discord?: string;
  slack?: string;
  feeds?: readonly string[];
  discordGuild?: string;
  discordChannels?: readonly string[];
  slackTeam?: string;
  slackChannels?: readonly string[];
  /** Tokens, as the program reads them. */
  env?: Readonly<Record<string, string>>;
  /** False: the app may not read Slack's histories, as with the least scopes. */
  readsHistory?: boolean;
}

export interface Place {
  apiUrl: string;
  workspace: string;
  channels: readonly string[];
}

/** Where the program polls and posts, and what is known of it from outside. */
export interface Servers {
  discord: Place;
  slack: Place;
  feeds: readonly string[];
  /** Null when the feeds are somebody else's. */
  publisher: Publisher | null;
  env: Readonly<Record<string, string>>;
  /** Called at each moment at which a kill may come. */
  onMoment: (asking: Asked) => void;
  /** Whether requests fail at random. */
  faulty: boolean;
  /** Posts whose sender could not learn what became of them, by a fault. */
  ambiguous(): number;
  close(): Promise<void>;
}

const feedCount = 2;
/** One request in five fails. */
const faultRate = 0.2;

/** Every kind of fault, each before and after the message is stored, and each kind of 429. */
const discordFaults: readonly Omit<Fault, 'on'>[] = [
  ...(['before', 'after'] as const).flatMap((when) => [
    { how: 'status' as const, status: 500, when },
    { how: 'hang' as const, when },
    { how: 'drop' as const, when },
  ]),
  ...(['user', 'shared', 'global'] as const).map((scope) => ({
    how: 'limit' as const,
    when: 'before' as const,
    scope,
    retryAfter: 0.4,
  })),
];
const slackFaults: readonly { fault: SlackFault; stored: boolean }[] = [
  ...[false, true].flatMap((stored) => [
    { fault: { kind: 'status', status: 500 } as const, stored },
    { fault: { kind: 'hang' } as const, stored },
    { fault: { kind: 'drop' } as const, stored },
    { fault: { kind: 'error', error: 'fatal_error' } as const, stored },
  ]),
  { fault: { kind: 'limit' }, stored: false },
];

/** Opens fakes for what was not given. What becomes of each platform's n-th post comes from `chance` of its name. */
export async function openServers(given: Given, chance: (name: string) => () => number): Promise<Servers> {
  let doubts = 0;
  const picker = <T>(name: string, faults: readonly T[]) => {
    const next = chance(name);
    return (): T | undefined => {
      if (!servers.faulty) return undefined;
      const [fails, which] = [next(), next()];
      return fails < faultRate ? faults[Math.floor(which * faults.length)] : undefined;
    };
  };
  const discordFault = picker('discord', discordFaults);
  const slackFault = picker('slack', slackFaults);
  const discord =
    given.discord === undefined
      ? await startFakeDiscord({
          watch: (_, method, path) =>
            servers.onMoment(method !== 'GET' && /^\/channels\/\d+\/messages\b/.test(path) ? 'send' : 'anything'),
          meet: (method, path) => {
            const posts = method === 'POST' && /^\/channels\/\d+\/messages$/.test(path);
            const fault = posts ? discordFault() : undefined;
            if (fault && fault.how !== 'limit') doubts++;
            return fault ? { ...fault, on: '' } : undefined;
          },
        })
      : null;
  const slack =
    given.slack === undefined
      ? await startFakeSlack(Date.now, {
          watch: (_, method) => servers.onMoment(method.startsWith('chat.') ? 'send' : 'anything'),
          meet: (method) => {
            const met = method === 'chat.postMessage' ? slackFault() : undefined;
            if (met && met.fault.kind !== 'limit') doubts++;
            return met;
          },
        })
      : null;
  if (given.readsHistory !== false) slack?.scopes.add('channels:history');
  const publisher = given.feeds === undefined ? await openPublisher(feedCount) : null;
  if (publisher) publisher.onAsked = () => servers.onMoment('feed');
  const servers: Servers = {
    discord: {
      apiUrl: given.discord ?? discord?.url ?? '',
      workspace: given.discordGuild ?? ids.guild,
      channels: given.discordChannels ?? [ids.text, ids.news],
    },
    slack: {
      apiUrl: given.slack ?? slack?.apiUrl ?? '',
      workspace: given.slackTeam ?? slack?.team ?? 'T1',
      channels: given.slackChannels ?? ['C0000000001', 'C0000000002', 'C0000000003'],
    },
    feeds: given.feeds ?? publisher?.urls ?? [],
    publisher,
    env: {
      DISCORD_TOKEN: token,
      SLACK_BOT_TOKEN: slack?.botToken ?? 'xoxb-1-right',
      SLACK_APP_TOKEN: slack?.appToken ?? 'xapp-1-right',
      ...given.env,
    },
    onMoment: () => {},
    faulty: true,
    ambiguous: () => doubts,
    close: async () => {
      await Promise.all([discord?.close(), slack?.close(), publisher?.close()]);
    },
  };
  return servers;
}
