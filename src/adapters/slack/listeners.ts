import type { App, webApi } from '@slack/bolt';
import { answerLine, answerView, type ListenerParts, run, sayTo, showView, waitingView } from './answers.ts';
import { nothingAfter, type Who } from './asker.ts';
import { listenToForms, openForm, openWords } from './form-listeners.ts';
import { formCommands } from './forms.ts';
import { createFirstTimes, eventKeys } from './once.ts';
import { commandAction, shareAction } from './render.ts';
import { readSlash } from './slash-text.ts';

/** callback_ids of the shortcuts in the manifest. */
export const shortcuts = { ask: 'borderwire_ask', follow: 'borderwire_follow', message: 'borderwire_look_up' } as const;

/** A window opens within three seconds of the press or not at all. */
const opensWithinMs = 1500;

/** Everything that people do: slash commands, buttons, forms, shortcuts. Each is acknowledged before any work. */
export function listen(app: App, parts: ListenerParts): void {
  ignoreRepetitions(app);
  listenToCommands(app, parts);
  listenToButtons(app, parts);
  listenToForms(app, parts);
  listenToShortcuts(app, parts);
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
  app.command(/^\/.+/, async ({ command, ack, respond, client }) => {
    await ack();
    const { line, channel } = readSlash(command.command, command.text, parts.names);
    const who = { team: command.team_id, channel: channel ?? command.channel_id, user: command.user_id };
    const form = /^(\S+)\s+form$/i.exec(line)?.[1]?.toLowerCase();
    if (form !== undefined && formCommands.some((one) => one.command === form)) {
      const opened = await openForm(client, { trigger_id: command.trigger_id }, form, who, parts);
      return opened ? undefined : answerLine(respond, { line: `help ${form}`, who }, parts);
    }
    if (await openWords(client, { trigger_id: command.trigger_id }, line, who, parts)) return;
    await answerLine(respond, { line, who }, parts);
  });
}

function listenToButtons(app: App, parts: ListenerParts): void {
  app.action(new RegExp(`^(${commandAction}:|${shareAction}$)`), async ({ action, body, ack, respond, client }) => {
    await ack();
    if (!('action_id' in action) || action.type !== 'button' || action.value === undefined) return;
    const line = action.value;
    const who = { team: body.team?.id ?? '', channel: body.channel?.id ?? '', user: body.user.id };
    const shares = action.action_id === shareAction;
    if (body.type === 'block_actions') {
      const view = body.view?.type === 'modal' ? { view_id: body.view.id } : {};
      const where = { trigger_id: body.trigger_id, ...view };
      if (await openWords(client, where, line, who, parts)) return;
      if (body.view !== undefined) return showAnswer(client, where, { line, who }, parts);
    }
    await answerLine(respond, { line, who, shares }, parts);
  });
  // A button with an address opens it by itself; Slack still wants to hear that we know.
  app.action(/^link:/, async ({ ack }) => {
    await ack();
  });
}

/** Where nothing can be said in a channel, as in App Home, the answer opens a window. */
async function showAnswer(
  client: webApi.WebClient,
  where: { trigger_id: string; view_id?: string },
  { line, who }: { line: string; who: Who },
  parts: ListenerParts,
): Promise<void> {
  const view = run(line, who, parts).then((reply) => answerView(reply, who, parts));
  const soon = await Promise.race([view, nothingAfter(opensWithinMs)]);
  const opened = await showView(client, where, soon ?? waitingView(await sayTo(who, parts)));
  if (soon === null) await showView(client, { ...where, view_id: opened }, await view);
}

function listenToShortcuts(app: App, parts: ListenerParts): void {
  for (const [callback, form] of [
    [shortcuts.ask, 'ban-status'],
    [shortcuts.follow, 'subscribe'],
  ] as const)
    app.shortcut({ type: 'shortcut', callback_id: callback }, async ({ shortcut, ack, client }) => {
      await ack();
      const who = { team: shortcut.team?.id ?? '', channel: '', user: shortcut.user.id };
      await openForm(client, { trigger_id: shortcut.trigger_id }, form, who, parts);
    });
  app.shortcut({ type: 'message_action', callback_id: shortcuts.message }, async ({ shortcut, ack, respond }) => {
    await ack();
    if (shortcut.type !== 'message_action') return;
    const who = { team: shortcut.team?.id ?? '', channel: shortcut.channel.id, user: shortcut.user.id };
    await answerLine(respond, { line: lineAbout(shortcut.message), who }, parts);
  });
}

/** An alert of ours is looked up by its own button; of another’s message the first words are searched for, once, unkept. */
function lineAbout(message: { text?: string; blocks?: unknown }): string {
  const own = /"value":"(\/?story [^"\\]+)"/.exec(JSON.stringify(message.blocks ?? []))?.[1];
  if (own !== undefined) return own;
  const words = (message.text ?? '')
    .replaceAll(/<[^>|]*\|([^>]*)>/g, '$1')
    .replaceAll(/<[^>]*>|[^\p{L}\p{N}\s'-]/gu, ' ')
    .split(/\s+/)
    .filter((word) => word.length > 3)
    .slice(0, 6);
  return words.length === 0 ? 'latest' : `search ${words.join(' ')}`;
}
