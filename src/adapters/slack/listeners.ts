import type { App } from '@slack/bolt';
import type { Asker, CommandRunner } from '../../core/command.ts';
import type { Reply } from '../../core/message.ts';
import type { Log } from '../../core/ports.ts';
import { commandAction, type Payload, renderPayload, shareAction } from './render.ts';

export interface ListenerParts {
  runner: CommandRunner;
  /** User ids of this installation’s operators. */
  operators: readonly string[];
  log: Log;
}

/** The command that takes every other as its first word, since Slack reserves words such as /search. */
export const umbrella = '/borderwire';
/** Commands that have a slash command of their own; the manifest lists the same. */
export const ownCommands = ['ban-status', 'timeline', 'subscribe'] as const;

type Respond = (
  message: Payload & { response_type: 'ephemeral' | 'in_channel'; replace_original: boolean },
) => Promise<unknown>;

/** Everything that people do: slash commands, buttons, App Home. Each is acknowledged before any work. */
export function listen(app: App, parts: ListenerParts): void {
  app.command(/^\/.+/, async ({ command, ack, respond }) => {
    await ack();
    const name = command.command.replace(/^\//, '');
    const line = command.command === umbrella ? command.text.trim() || 'help' : `${name} ${command.text}`;
    const words = /^help$/i.test(command.text.trim()) && command.command !== umbrella ? `help ${name}` : line;
    const asker = askerOf({ team: command.team_id, channel: command.channel_id, user: command.user_id }, parts);
    const reply = await parts.runner.line(words, asker);
    await tell(respond, reply, words, parts.log);
  });

  app.action(new RegExp(`^(${commandAction}:|${shareAction}$)`), async ({ action, body, ack, respond }) => {
    await ack();
    if (!('action_id' in action) || action.type !== 'button' || action.value === undefined) return;
    const channel = body.channel?.id ?? '';
    const asker = askerOf({ team: body.team?.id ?? '', channel, user: body.user.id }, parts);
    const reply = await parts.runner.line(action.value, asker);
    await tell(respond, reply, action.action_id === shareAction ? null : action.value, parts.log);
  });

  // A button with an address opens it by itself; Slack still wants to hear that we know.
  app.action(/^link:/, async ({ ack }) => {
    await ack();
  });

  app.event('app_home_opened', async ({ event, client, context }) => {
    const asker = askerOf({ team: context.teamId ?? '', channel: event.channel, user: event.user }, parts);
    const help = await parts.runner.line('help', asker);
    const { blocks } = renderPayload(help.message);
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });

  app.error(async (error) => {
    parts.log.error({ err: error }, 'slack listener failed');
  });
}

/** An answer to the asker alone with a button to share it; `line` null answers for all to see. */
async function tell(respond: Respond, reply: Reply, line: string | null, log: Log): Promise<void> {
  const share = line !== null && reply.exitCode === 0 ? { share: line } : {};
  const shown = renderPayload(reply.message, share);
  try {
    await respond({ ...shown, response_type: line === null ? 'in_channel' : 'ephemeral', replace_original: false });
  } catch (error) {
    log.warn({ err: error }, 'answer could not be shown');
  }
}

function askerOf(who: { team: string; channel: string; user: string }, { operators }: ListenerParts): Asker {
  return {
    userId: who.user,
    channel: { platform: 'slack', workspace: who.team, id: who.channel },
    locale: 'en',
    // Slack tells no channel rights with a command: any full member may manage what a channel follows.
    manager: true,
    operator: operators.includes(who.user),
  };
}
