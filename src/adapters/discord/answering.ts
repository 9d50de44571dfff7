import { setTimeout as sleep } from 'node:timers/promises';
import { type ChatInputCommandInteraction, DiscordAPIError, type RequestData, Routes } from 'discord.js';
import type { CommandRunner } from '../../core/command.ts';
import type { Message, Reply } from '../../core/message.ts';
import type { Phrases } from '../../core/phrases.ts';
import type { KeptStore, Log } from '../../core/ports.ts';
import { formButton, type Say } from './forms.ts';
import { keepLongLines } from './long-lines.ts';
import { filesOf, renderPayload, shortened } from './render.ts';
import type { SubscribingParts } from './subscribing.ts';

export interface InteractionParts extends SubscribingParts {
  runner: CommandRunner;
  /** User ids of this installation's operators. */
  operators: readonly string[];
  phrases: Phrases;
  kept: KeptStore;
  log: Log;
}

type Answered = Pick<ChatInputCommandInteraction, 'applicationId' | 'token' | 'client'>;

const triesAfterMs = [500, 2_000];

/** Shows an answer, and tries it again when Discord is upset: an edit that comes twice changes nothing. */
async function show(
  { applicationId, token, client }: Answered,
  answer: Pick<RequestData, 'body' | 'files'>,
): Promise<void> {
  // Not by the library, which fails where it cannot read the message that Discord gives back.
  const edit = () => client.rest.patch(Routes.webhookMessage(applicationId, token), { ...answer, auth: false });
  for (const waitMs of triesAfterMs) {
    try {
      await edit();
      return;
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status < 500) throw error;
      await sleep(waitMs);
    }
  }
  await edit();
}

interface How {
  /** The line that a button says again for all. */
  share?: string;
  form?: boolean;
  file?: NonNullable<Reply['file']>;
}

/** Answers with a message, whose buttons outlive a restart; without its files where Discord refuses them. */
export async function tell(
  interaction: Answered,
  { kept }: Pick<InteractionParts, 'kept'>,
  message: Message,
  say: Say,
  how: How = {},
): Promise<void> {
  await keepLongLines(kept, message, how.share);
  try {
    await show(interaction, answerOf(message, say, how));
  } catch (error) {
    const hasFiles = message.picture !== undefined || how.file !== undefined;
    if (!hasFiles || !(error instanceof DiscordAPIError) || error.status === 404) throw error;
    const { picture: _picture, ...words } = message;
    const { file: _file, ...rest } = how;
    await show(interaction, answerOf(words, say, rest));
  }
}

/** A message as an answer: nobody mentioned, the picture with its words, the whole as a file where there is one. */
function answerOf(message: Message, say: Say, how: How): Pick<RequestData, 'body' | 'files'> {
  const share = how.share === undefined ? {} : { share: how.share };
  const payload = renderPayload(message, {
    ...share,
    shareLabel: say('Share here'),
    choiceLabel: say('Choose…'),
    shortened: say(shortened),
  });
  const form =
    how.form === true ? [{ type: 1, components: [formButton('subscribe', say('Choose what to follow'))] }] : [];
  const [files, attachments] = [filesOf(message), payload.attachments ?? []];
  const id = String(files.length);
  const { file } = how;
  const whole = file === undefined ? [] : [{ name: file.name, data: Buffer.from(file.text), key: `files[${id}]` }];
  return {
    body: {
      ...payload,
      components: [...form, ...payload.components].slice(0, 5),
      attachments: [...attachments, ...whole.map(({ name }) => ({ id, filename: name, description: name }))],
    },
    files: [...files, ...whole],
  };
}

/** An answer that says what did not work. */
export function problem(plain: string, say: Say): Message {
  return { title: say('That did not work'), plain, blocks: [{ kind: 'text', lines: [[plain]] }], tone: 'error' };
}
