import type { App, types, webApi } from '@slack/bolt';
import type { CommandRunner } from '../../core/command.ts';
import type { Phrases } from '../../core/phrases.ts';
import type { Log } from '../../core/ports.ts';
import type { AskerOf, Who } from './asker.ts';
import { formCommands } from './forms.ts';
import { renderPayload, type Say } from './render.ts';
import { escapeMrkdwn, shorten, shortenPlain } from './text.ts';

/** What one channel of a workspace follows, in words. */
export interface Followed {
  channel: string;
  words: string;
  /** Why it is paused; null while it is told. */
  paused: string | null;
}

export interface HomeParts {
  runner: CommandRunner;
  askerOf: AskerOf;
  phrases: Phrases;
  log: Log;
  /** What a workspace’s channels follow, paused ones too. */
  follows?: (workspace: string) => Promise<readonly Followed[]>;
}

/** Blocks of a view. */
const mostBlocks = 100;
const longestSection = 3000;
const mostShown = 40;

export function listenToHome(app: App, parts: HomeParts): void {
  app.event('app_home_opened', async ({ event, client, context }) => {
    if (event.tab === 'messages') return;
    await publishHome(client, { team: context.teamId ?? '', channel: '', user: event.user }, parts);
  });
}

export async function publishHome(client: webApi.WebClient, who: Who, parts: HomeParts): Promise<void> {
  await client.views.publish({
    user_id: who.user,
    view: { type: 'home', blocks: [...(await homeBlocks(who, parts))] },
  });
}

/** App Home: what is followed, the sources’ health, help, and ways to ask by clicking. */
export async function homeBlocks(who: Who, parts: HomeParts): Promise<readonly types.KnownBlock[]> {
  const { runner, askerOf, follows, log, phrases } = parts;
  const asker = await askerOf(who);
  const say: Say = (english) => phrases.text(english, asker.locale);
  const [help, sources] = [await runner.line('help', asker), await runner.line('sources', asker)];
  const followed = await follows?.(who.team).catch((error: unknown) => {
    log.warn({ err: error }, 'what a workspace follows could not be read');
    return undefined;
  });
  return [
    ...renderPayload(help.message, { forms: formCommands, say }).blocks,
    ...(followed ? [{ type: 'divider' as const }, ...followedBlocks(followed, say)] : []),
    ...(sources.exitCode === 0
      ? [{ type: 'divider' as const }, ...renderPayload(sources.message, { say }).blocks]
      : []),
  ].slice(0, mostBlocks);
}

function followedBlocks(followed: readonly Followed[], say: Say): types.KnownBlock[] {
  const lines = followed.slice(0, mostShown).map(({ channel, words, paused }) => {
    const state = paused === null ? '' : ` (${escapeMrkdwn(say(`paused: ${paused}`))})`;
    return shorten(`• ${mention(channel)}: ${escapeMrkdwn(say(words))}${state}`, 500);
  });
  const rest = followed.length - lines.length;
  if (rest > 0) lines.push(say(`and ${rest} more: /subscriptions lists them in their channels.`));
  if (lines.length === 0) lines.push(say('Nothing yet. Invite me to a channel, then press “Subscribe a channel”.'));
  return [
    { type: 'header', text: { type: 'plain_text', text: shortenPlain(say('What this workspace follows'), 150) } },
    ...sectionsOf(lines),
  ];
}

/** A channel by its id: Slack shows its name to those who may see it, and to nobody else. */
function mention(channel: string): string {
  return /^[CG][A-Z0-9]+$/.test(channel) ? `<#${channel}>` : 'a direct message';
}

function sectionsOf(lines: readonly string[]): types.SectionBlock[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < longestSection) texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text } }));
}
