import { setImmediate as turn } from 'node:timers/promises';
import type { types, webApi } from '@slack/bolt';
import type { CommandRunner } from '../../core/command.ts';
import type { Message, Reply } from '../../core/message.ts';
import type { Log } from '../../core/ports.ts';
import type { AskerOf, Who } from './asker.ts';
import { formCommands } from './forms.ts';
import type { Uploads } from './pictures.ts';
import { type FormButton, type Payload, type RenderOptions, renderPayload } from './render.ts';
import type { SlashNames } from './slash-text.ts';

export interface AnswerParts {
  runner: CommandRunner;
  askerOf: AskerOf;
  upload: Uploads;
  log: Log;
}

export interface ListenerParts extends AnswerParts {
  /** Slack’s names of our commands; the manifest must have the same. */
  names: SlashNames;
  /** What somebody sees of App Home changed. */
  refreshHome(client: webApi.WebClient, who: Who): Promise<void>;
}

export type Respond = (
  message: Payload & { response_type: 'ephemeral' | 'in_channel'; replace_original: boolean },
) => Promise<unknown>;

/** Blocks of a view. */
const mostInView = 100;

/** Runs a typed line for somebody. Where it was not typed in a channel, nothing that is about a channel is done. */
export async function run(line: string, who: Who, { runner, askerOf }: AnswerParts): Promise<Reply> {
  // The acknowledgement leaves before any work that could hold it back, as drawing a map does.
  await turn();
  const command = runner.commands.find((one) => one.name === nameIn(line));
  if (who.channel === '' && (command?.access === 'manager' || command?.name === 'subscriptions')) return noChannel;
  return runner.line(line, await askerOf(who));
}

const noChannelWords = 'Say in which channel: type it there, or use the button “Subscribe a channel”.';
const noChannel: Reply = {
  message: {
    title: 'In which channel?',
    plain: noChannelWords,
    blocks: [{ kind: 'text', lines: [[noChannelWords]] }],
    tone: 'error',
  },
  data: { version: 1, error: noChannelWords },
  private: true,
  exitCode: 2,
};

export function nameIn(line: string): string {
  return line.trim().replace(/^\//, '').split(/\s/)[0]?.toLowerCase() ?? '';
}

/** An answer to the asker alone, with a button to share what anybody may ask; or for all to see. */
export async function tell(
  respond: Respond,
  reply: Reply,
  parts: AnswerParts & { line: string; team: string; shares?: boolean },
): Promise<void> {
  const { line, team, shares = false, log } = parts;
  const options: RenderOptions = shares ? {} : offersOf(line, reply, parts.runner);
  const message = nameIn(line) === 'subscribe' && reply.exitCode === 0 ? invited(reply.message) : reply.message;
  const how = { response_type: shares ? 'in_channel' : 'ephemeral', replace_original: false } as const;
  const file = message.picture ? await parts.upload.file(team, message.picture) : null;
  const withoutPicture = { ...renderPayload(message, options), ...how };
  try {
    if (file === null) await respond(withoutPicture);
    else
      await respond({ ...renderPayload(message, { ...options, file }), ...how }).catch(() => respond(withoutPicture));
  } catch (error) {
    log.warn({ err: error }, 'answer could not be shown');
  }
}

/** Buttons under an answer: to share it, and to ask by clicking where nothing was chosen or something was wrong. */
function offersOf(line: string, { exitCode }: Reply, runner: CommandRunner): RenderOptions {
  const name = nameIn(line);
  const command = runner.commands.find((one) => one.name === name);
  const bare = line.trim().replace(/^\//, '').toLowerCase() === name;
  const forms: readonly FormButton[] =
    name === 'help' ? formCommands : formCommands.filter((form) => form.command === name && (bare || exitCode === 2));
  const offered = name === 'help' ? forms : forms.map((form) => ({ ...form, label: 'Choose from lists' }));
  return {
    forms: offered,
    ...(exitCode === 0 && command?.access === 'anyone' ? { share: line } : {}),
  };
}

/** Slack lets nobody see whether the bot is in a channel without a further scope: so it is said. */
function invited(message: Message): Message {
  const note = {
    kind: 'note' as const,
    line: ['I post only where I was invited: if I am not there yet, type /invite @Borderwire.'],
  };
  return { ...message, blocks: [...message.blocks, note] };
}

/** An answer as a window of its own. */
export async function answerView(
  { message }: Reply,
  { upload, team }: { upload: Uploads; team: string },
): Promise<types.ModalView> {
  const file = message.picture ? await upload.file(team, message.picture) : null;
  return viewOf(renderPayload(message, file === null ? {} : { file }).blocks);
}

export const waitingView: types.ModalView = viewOf([
  { type: 'section', text: { type: 'plain_text', text: 'Looking it up…' } },
]);

function viewOf(blocks: readonly types.KnownBlock[]): types.ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Borderwire' },
    close: { type: 'plain_text', text: 'Close' },
    blocks: blocks.slice(0, mostInView),
  };
}

/** Shows a view in the window that is open, or opens one with what somebody just pressed. */
export async function showView(
  client: webApi.WebClient,
  where: { trigger_id: string; view_id?: string | undefined },
  view: types.ModalView,
): Promise<string | undefined> {
  const shown =
    where.view_id === undefined
      ? await client.views.open({ trigger_id: where.trigger_id, view })
      : await client.views.update({ view_id: where.view_id, view });
  return shown.view?.id;
}
