import type { App, types, webApi } from '@slack/bolt';
import { wordForm } from '../../core/word-forms.ts';
import { answerLine, answerView, finish, type ListenerParts, sayTo, showView, waitingView } from './answers.ts';
import { nothingAfter, type Who } from './asker.ts';
import { commandOfForm, optionBlock } from './form-names.ts';
import { choiceOf, faultyBlock, formChannel, formWords } from './form-state.ts';
import { formView, wordsView } from './forms.ts';
import { formAction } from './render.ts';

const mostChoices = 100;
/** Of the three seconds that Slack waits. */
const soonMs = 700;
const longestComplaint = 500;

/** Opens a command’s form. False when it could not be. */
export async function openForm(
  client: webApi.WebClient,
  where: { trigger_id: string; view_id?: string | undefined },
  command: string,
  who: Who,
  parts: ListenerParts,
): Promise<boolean> {
  // A person’s own direct messages are not in the list of channels to choose from.
  const chosen = /^[CG]/.test(who.channel) ? who.channel : undefined;
  const view = formView(parts.runner.commands, command, chosen, await sayTo(who, parts));
  return view !== null && opensView(client, where, view, parts);
}

/** Opens the form for the words that a line lacks. False when it lacks none, or the form could not be opened. */
export async function openWords(
  client: webApi.WebClient,
  where: { trigger_id: string; view_id?: string | undefined },
  line: string,
  who: Who,
  parts: ListenerParts,
): Promise<boolean> {
  if (wordForm(line, { operator: true }) === null) return false;
  const form = wordForm(line, await parts.askerOf(who));
  return form !== null && opensView(client, where, wordsView(form, await sayTo(who, parts)), parts);
}

async function opensView(
  client: webApi.WebClient,
  where: { trigger_id: string; view_id?: string | undefined },
  view: types.ModalView,
  { log }: ListenerParts,
): Promise<boolean> {
  try {
    await showView(client, where, view);
    return true;
  } catch (error) {
    log.warn({ err: error, form: view.callback_id }, 'form could not be opened');
    return false;
  }
}

/** Forms: opened by a button, completed while somebody types, submitted. */
export function listenToForms(app: App, parts: ListenerParts): void {
  app.action(new RegExp(`^${formAction}(:|$)`), async ({ action, body, ack, respond, client }) => {
    await ack();
    if (body.type !== 'block_actions' || action.type !== 'button') return;
    const view_id = body.view?.type === 'modal' ? body.view.id : undefined;
    const where = { trigger_id: body.trigger_id, view_id };
    const who = { team: body.team?.id ?? '', channel: body.channel?.id ?? '', user: body.user.id };
    const command = action.value ?? 'subscribe';
    const opened = await openForm(client, where, command, who, parts);
    // Slack opens a window within three seconds or not at all; how it is typed can be said for longer.
    if (!opened && who.channel !== '') await answerLine(respond, { line: `help ${command}`, who }, parts);
  });
  app.options<'block_suggestion'>({ type: 'block_suggestion' }, async ({ options, ack }) => {
    const { value, block_id, view, team, user, channel } = options;
    const found = await complete(parts, commandOfForm(view?.callback_id ?? ''), block_id, value, {
      team: team?.id ?? '',
      channel: channel?.id ?? '',
      user: user.id,
    });
    await ack({ options: found });
  });
  listenToSubmissions(app, parts);
}

async function complete(
  { runner, askerOf, log }: ListenerParts,
  name: string | null,
  block: string,
  typed: string,
  who: Parameters<ListenerParts['askerOf']>[0],
): Promise<types.PlainTextOption[]> {
  const command = runner.commands.find((one) => one.name === name);
  if (!command?.complete || !block.startsWith(optionBlock)) return [];
  try {
    const choices = await command.complete(block.slice(optionBlock.length), typed, await askerOf(who));
    return choices.slice(0, mostChoices).map(({ label, value }) => choiceOf(label, value));
  } catch (error) {
    log.warn({ err: error, command: name }, 'nothing could be suggested');
    return [];
  }
}

/** The form says what is wrong beside the words while there is time; the answer takes the form’s place. */
function listenToSubmissions(app: App, parts: ListenerParts): void {
  app.view(/^form:/, async ({ ack, body, view, client }) => {
    const name = commandOfForm(view.callback_id) ?? '';
    const state = view.state.values;
    const who = {
      team: body.team?.id ?? '',
      channel: formChannel(state),
      user: body.user.id,
    };
    const asker = parts.askerOf(who);
    // Whether its sender may run it is the command's to say.
    const args = { ...formWords(state), ...wordForm(view.private_metadata, { operator: true })?.given };
    const shown = asker.then(async (known) => {
      const reply = await finish(name, await parts.runner.call(name, args, known), who, parts);
      return { reply, view: await answerView(reply, who, parts) };
    });
    const soon = await Promise.race([shown, nothingAfter(soonMs)]);
    if (soon === null) {
      await ack({ response_action: 'update', view: waitingView(await sayTo(who, parts)) });
      const later = { view_id: view.id, view: (await shown).view };
      await client.views
        .update(later)
        .catch((error: unknown) => parts.log.warn({ err: error }, 'answer could not be shown'));
    } else if (soon.reply.exitCode !== 0) {
      const complaint = soon.reply.message.plain.slice(0, longestComplaint);
      await ack({ response_action: 'errors', errors: { [faultyBlock(state, complaint)]: complaint } });
      return;
    } else await ack({ response_action: 'update', view: soon.view });
    if (name === 'subscribe') await parts.refreshHome(client, who);
  });
}
