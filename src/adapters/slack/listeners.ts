import type { App } from '@slack/bolt';
import type { CommandRunner } from '../../core/command.ts';
import type { Message, Reply } from '../../core/message.ts';
import type { Log } from '../../core/ports.ts';
import { askerOf, type Rights } from './asker.ts';
import { namesOf } from './manifest.ts';
import { createFirstTimes, eventKeys } from './once.ts';
import { commandAction, formAction, type Payload, renderPayload, shareAction } from './render.ts';
import { readSlash, type SlashNames } from './slash-text.ts';
import { formChannel, formView, formWords, subscribeForm } from './subscribe-form.ts';

export interface ListenerParts extends Rights {
  runner: CommandRunner;
  log: Log;
  /** Slack’s names of our commands, where they were renamed; the manifest must have the same. */
  commandNames?: Partial<SlashNames>;
  /** Told when a workspace took the app or its token away: nothing can be posted there any more. */
  onWorkspaceLost?: (workspace: string, reason: string) => Promise<void>;
}

/** Blocks of a view. */
const mostInView = 100;

type Respond = (
  message: Payload & { response_type: 'ephemeral' | 'in_channel'; replace_original: boolean },
) => Promise<unknown>;

/** Everything that people do: slash commands, buttons, the form, App Home. Each is acknowledged before any work. */
export function listen(app: App, parts: ListenerParts): void {
  ignoreRepetitions(app);
  listenToCommands(app, parts);
  listenToButtons(app, parts);
  listenToForm(app, parts);
  listenToEvents(app, parts);
  app.error(async (error) => {
    parts.log.error({ err: error }, 'slack listener failed');
  });
}

/** Slack sends again what it saw no acknowledgement of: that is acknowledged once more and not done again. */
function ignoreRepetitions(app: App): void {
  const isFirst = createFirstTimes();
  app.use(async (args) => {
    if (isFirst(eventKeys(args.body, args.context['envelopeId']))) await args.next();
    else if ('ack' in args && typeof args.ack === 'function') await args.ack();
  });
}

function listenToCommands(app: App, parts: ListenerParts): void {
  const names = namesOf(parts.commandNames ?? {});
  app.command(/^\/.+/, async ({ command, ack, respond }) => {
    await ack();
    const { line, channel } = readSlash(command.command, command.text, names);
    const who = { team: command.team_id, channel: channel ?? command.channel_id, user: command.user_id };
    await tell(respond, await parts.runner.line(line, askerOf(who, parts)), { line, parts });
  });
}

function listenToButtons(app: App, parts: ListenerParts): void {
  app.action(new RegExp(`^(${commandAction}:|${shareAction}$)`), async ({ action, body, ack, respond }) => {
    await ack();
    if (!('action_id' in action) || action.type !== 'button' || action.value === undefined) return;
    const who = { team: body.team?.id ?? '', channel: body.channel?.id ?? '', user: body.user.id };
    const reply = await parts.runner.line(action.value, askerOf(who, parts));
    const shares = action.action_id === shareAction && reply.exitCode === 0;
    await tell(respond, reply, { line: action.value, parts, shares });
  });
  app.action(formAction, async ({ body, ack, client }) => {
    await ack();
    const view = formView(parts.runner.commands, body.channel?.id);
    if (view && 'trigger_id' in body) await client.views.open({ trigger_id: body.trigger_id, view });
  });
  // A button with an address opens it by itself; Slack still wants to hear that we know.
  app.action(/^link:/, async ({ ack }) => {
    await ack();
  });
}

/** The form says what is wrong beside the words while there is time; afterwards the answer goes to the channel. */
function listenToForm(app: App, parts: ListenerParts): void {
  app.view(subscribeForm, async ({ ack, body, view, respond }) => {
    const words = formWords(view.state.values);
    const channel = formChannel(view.state.values);
    const who = { team: body.team?.id ?? '', channel, user: body.user.id };
    const running = parts.runner.call('subscribe', words, askerOf(who, parts));
    const soon = await Promise.race([running, later()]);
    if (soon !== null && soon.exitCode !== 0) {
      await ack({ response_action: 'errors', errors: { channel: soon.message.plain } });
      return;
    }
    await ack();
    await tell(respond, await running, { line: 'subscribe', parts });
  });
}

/** Null after two of the three seconds that Slack waits. */
function later(): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), 2000).unref();
  });
}

function listenToEvents(app: App, parts: ListenerParts): void {
  app.event('app_home_opened', async ({ event, client, context }) => {
    if (event.tab !== 'home') return;
    const asker = askerOf({ team: context.teamId ?? '', channel: event.channel, user: event.user }, parts);
    const [help, sources] = [await parts.runner.line('help', asker), await parts.runner.line('sources', asker)];
    const blocks = [
      ...renderPayload(help.message, { form: true }).blocks,
      ...(sources.exitCode === 0 ? [{ type: 'divider' as const }, ...renderPayload(sources.message).blocks] : []),
    ].slice(0, mostInView);
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
  app.event('app_uninstalled', async ({ body }) => {
    await parts.onWorkspaceLost?.(body.team_id, 'the app was removed from the workspace');
  });
  app.event('tokens_revoked', async ({ event, body }) => {
    if ((event.tokens.bot ?? []).length > 0) await parts.onWorkspaceLost?.(body.team_id, 'the app’s token was revoked');
  });
}

/** An answer to the asker alone, with a button to share what anybody may ask; or for all to see. */
async function tell(
  respond: Respond,
  reply: Reply,
  { line, parts, shares = false }: { line: string; parts: ListenerParts; shares?: boolean },
): Promise<void> {
  const name = line.trim().replace(/^\//, '').split(/\s/)[0]?.toLowerCase();
  const command = parts.runner.commands.find((one) => one.name === name);
  const shareable = !shares && reply.exitCode === 0 && command?.access === 'anyone';
  const options = { ...(shareable ? { share: line } : {}), form: name === 'help' && !shares };
  const shown = renderPayload(
    name === 'subscribe' && reply.exitCode === 0 ? invited(reply.message) : reply.message,
    options,
  );
  try {
    await respond({ ...shown, response_type: shares ? 'in_channel' : 'ephemeral', replace_original: false });
  } catch (error) {
    parts.log.warn({ err: error }, 'answer could not be shown');
  }
}

/** Slack lets nobody see whether the bot is in a channel without a further scope: so it is said. */
function invited(message: Message): Message {
  const note = {
    kind: 'note' as const,
    line: ['I post only where I was invited: if I am not there yet, type /invite @Borderwire.'],
  };
  return { ...message, blocks: [...message.blocks, note] };
}
