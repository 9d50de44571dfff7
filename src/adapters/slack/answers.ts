import { setImmediate as turn } from 'node:timers/promises';
import { RespondError, type types, type webApi } from '@slack/bolt';
import { type CommandRunner, isShareable } from '../../core/command.ts';
import { splitLine } from '../../core/command-line.ts';
import type { Reply } from '../../core/message.ts';
import type { Phrases } from '../../core/phrases.ts';
import type { Log } from '../../core/ports.ts';
import type { AskerOf, Who } from './asker.ts';
import { formCommands } from './forms.ts';
import type { Uploads } from './pictures.ts';
import { type FormButton, type Payload, type RenderOptions, renderPayload, type Say } from './render.ts';
import type { SlashNames } from './slash-text.ts';
import { type SubscribingParts, setUp } from './subscribing.ts';
import { shortenPlain } from './text.ts';

export interface AnswerParts extends SubscribingParts {
  runner: CommandRunner;
  askerOf: AskerOf;
  phrases: Phrases;
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
export async function run(line: string, who: Who, parts: AnswerParts): Promise<Reply> {
  const { runner, askerOf } = parts;
  // The acknowledgement leaves before any work that could hold it back, as drawing a map does.
  await turn();
  const command = runner.commands.find((one) => one.name === nameIn(line));
  if (who.channel === '' && (command?.access === 'manager' || command?.name === 'subscriptions'))
    return noChannel(await sayTo(who, parts));
  return finish(command?.name, await runner.line(line, await askerOf(who)), who, parts);
}

const noChannelWords = 'Say in which channel: type it there, or use the button “Subscribe a channel”.';
function noChannel(say: Say): Reply {
  const plain = say(noChannelWords);
  return {
    message: {
      title: say('In which channel?'),
      plain,
      blocks: [{ kind: 'text', lines: [[plain]] }],
      tone: 'error',
    },
    data: { version: 1, error: noChannelWords },
    private: true,
    exitCode: 2,
  };
}

/** What belongs to an answer and only this platform can do. */
export async function finish(command: string | undefined, reply: Reply, who: Who, parts: AnswerParts): Promise<Reply> {
  return command === 'subscribe' ? setUp(reply, who, await sayTo(who, parts), parts) : reply;
}

/** Our own words for somebody. */
export async function sayTo(who: Who, { askerOf, phrases }: Pick<AnswerParts, 'askerOf' | 'phrases'>): Promise<Say> {
  const { locale } = await askerOf(who);
  return (english) => phrases.text(english, locale);
}

export function nameIn(line: string): string {
  return splitLine(line)?.name ?? '';
}

/** Runs a typed line; the answer is for the asker alone, with a button to share what anybody may ask, or for all to see. */
export async function answerLine(
  given: Respond | undefined,
  { line, who, shares = false }: { line: string; who: Who; shares?: boolean },
  parts: AnswerParts,
): Promise<void> {
  const { log, upload } = parts;
  const respond = stillOpen(given, inChannel(who, parts));
  const reply = await run(line, who, parts);
  const { message, file: whole, exitCode } = reply;
  const open = shares && exitCode === 0;
  const sent = whole !== undefined && (await sendsFile(whole, open, who, upload));
  const options: RenderOptions = {
    ...(open ? {} : offersOf(line, reply)),
    ...(whole === undefined || sent ? {} : { code: whole.text }),
    say: await sayTo(who, parts),
  };
  const how = { response_type: open ? 'in_channel' : 'ephemeral', replace_original: false } as const;
  const picture = message.picture ? await upload.file(who.team, message.picture) : null;
  const withoutPicture = { ...renderPayload(message, options), ...how };
  try {
    if (picture === null) await respond(withoutPicture);
    else
      await respond({ ...renderPayload(message, { ...options, file: picture }), ...how }).catch(() =>
        respond(withoutPicture),
      );
  } catch (error) {
    log.warn({ err: error }, 'answer could not be shown');
  }
}

/** The address to answer at, as long as it takes answers: five within half an hour. */
function stillOpen(given: Respond | undefined, otherwise: Respond): Respond {
  if (given === undefined) return otherwise;
  return (message) =>
    given(message).catch((error: unknown) => {
      if (error instanceof RespondError && error.statusCode === 404) return otherwise(message);
      throw error;
    });
}

/** Where nothing says where to answer: in the channel, for the asker alone or for all. */
function inChannel({ team, channel, user }: Who, { client }: AnswerParts): Respond {
  return async ({ text, blocks, response_type: type }) => {
    const { chat } = await client(team);
    const shown = { channel, text, blocks };
    return type === 'in_channel'
      ? chat.postMessage({ ...shown, unfurl_links: false, unfurl_media: false })
      : chat.postEphemeral({ ...shown, user });
  };
}

/** Everybody in a channel sees a file that is sent there: so it is in a person’s own messages, or where it was shared. */
function sendsFile(file: NonNullable<Reply['file']>, open: boolean, who: Who, upload: Uploads): Promise<boolean> {
  return open || who.channel.startsWith('D') ? upload.share(who.team, who.channel, file) : Promise.resolve(false);
}

/** Buttons under an answer: to share it, and to ask by clicking where nothing was chosen or something was wrong. */
function offersOf(line: string, { exitCode }: Reply): RenderOptions {
  const name = nameIn(line);
  const bare = splitLine(line)?.words.length === 0;
  const forms: readonly FormButton[] =
    name === 'help' ? formCommands : formCommands.filter((form) => form.command === name && (bare || exitCode === 2));
  const offered = name === 'help' ? forms : forms.map((form) => ({ ...form, label: 'Choose from lists' }));
  return {
    forms: offered,
    ...(exitCode === 0 && isShareable(name) ? { share: line } : {}),
  };
}

/** An answer as a window of its own. */
export async function answerView(
  { message, file: whole }: Reply,
  who: Who,
  parts: AnswerParts,
): Promise<types.ModalView> {
  const file = message.picture ? await parts.upload.file(who.team, message.picture) : null;
  const say = await sayTo(who, parts);
  const code = whole === undefined ? {} : { code: whole.text };
  return viewOf(renderPayload(message, { ...code, ...(file === null ? {} : { file }), say }).blocks, say);
}

export function waitingView(say: Say): types.ModalView {
  return viewOf([{ type: 'section', text: { type: 'plain_text', text: say('Looking it up…') } }], say);
}

function viewOf(blocks: readonly types.KnownBlock[], say: Say): types.ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Borderwire' },
    close: { type: 'plain_text', text: shortenPlain(say('Close'), 24) },
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
