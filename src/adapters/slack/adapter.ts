import { webApi } from '@slack/bolt';
import type { CommandRunner } from '../../core/command.ts';
import { type Capabilities, type ChatAdapter, unrenderable } from '../../core/delivery.ts';
import { englishOnly, type Phrases } from '../../core/phrases.ts';
import { personOf } from '../../core/subscription.ts';
import type { ListenerParts } from './answers.ts';
import { createAskers, type Rights } from './asker.ts';
import { type ConnectionOptions, createConnection, NotInstalled } from './connection.ts';
import { listenToEvents, type Places } from './events.ts';
import { createGrants } from './grants.ts';
import { type Followed, listenToHome, publishHome } from './home.ts';
import { listen } from './listeners.ts';
import { namesOf } from './manifest.ts';
import { outcomeOf } from './outcome.ts';
import { createUploads } from './pictures.ts';
import { reconcileRow } from './reconcile.ts';
import { renderPayload } from './render.ts';
import { sendRow } from './send.ts';
import type { SlashNames } from './slash-text.ts';
import { createSlashWords } from './slash-words.ts';
import { listenToLinks } from './unfurl.ts';

export interface SlackOptions extends ConnectionOptions, Rights {
  runner: CommandRunner;
  /** Our own words in other languages; English alone when absent. */
  phrases?: Phrases;
  /** Slack’s names of our commands, where they were renamed; the manifest must have the same. */
  commandNames?: Partial<SlashNames>;
  /** Told when a channel or workspace is lost, back, or called by another id. */
  places?: Places;
  /** What a workspace’s channels follow, for App Home. */
  follows?: (workspace: string) => Promise<readonly Followed[]>;
  /** Where our own pages are: links there are shown in Slack. */
  publicUrl?: string;
  now: () => number;
}

/**
 * Slack has no key that folds a repeated send. It allows a message a second in a channel, several hundred a minute in a
 * workspace, and fifty edits a minute there (its tier 3).
 */
const capabilities: Capabilities = {
  edits: true,
  threads: true,
  idempotencyWindowMs: 0,
  history: true,
  maxMessageCharacters: 12_000,
  pace: {
    channel: { count: 1, perMs: 1_015 },
    workspace: { count: 300, perMs: 60_300 },
    edits: { workspace: { count: 50, perMs: 60_300 } },
    global: { count: 200, perMs: 1_000 },
  },
};

/** Slack through Bolt: Socket Mode with an app token, HTTP with a signing secret; one workspace or many. */
export function createSlackAdapter({ runner: given, ...options }: SlackOptions): ChatAdapter {
  const { log, now } = options;
  const names = namesOf(options.commandNames ?? {});
  const words = createSlashWords(given.commands, names);
  const runner = words.runner(given);
  const phrases = words.phrases(options.phrases ?? englishOnly);
  const connection = createConnection({ ...options, ...resuming(options) });
  const { app, client } = connection;
  const grants = createGrants(now);
  const askerOf = createAskers({ ...options, client, grants });
  const upload = createUploads({ client, grants, log });
  const home = { ...options, runner, askerOf, phrases };
  const parts: ListenerParts = {
    runner,
    log,
    client,
    phrases,
    names,
    askerOf,
    upload,
    refreshHome: (calls, who) => publishHome(calls, who, home),
  };
  listen(app, parts);
  listenToHome(app, home);
  listenToEvents(app, { ...options, ...(options.oauth ? { installations: options.oauth.installations } : {}) });
  listenToLinks(app, { ...options, runner });
  return {
    platform: 'slack',
    capabilities,
    start: async () => {
      const workspace = await connection.start();
      if (workspace !== null) await options.places?.back({ workspace });
    },
    stop: () => connection.stop(),
    send: async (leased) => {
      const { channel } = leased;
      const fault = unrenderable(() => renderPayload(words.row(leased).message));
      if (fault) return fault;
      // A person's id is the conversation with them, too.
      const row = { ...words.row(leased), channel: { ...channel, id: personOf(channel) ?? channel.id } };
      try {
        return { kind: 'sent', messageId: await sendRow(await client(channel.workspace), row, upload) };
      } catch (error) {
        if (error instanceof NotInstalled)
          return { kind: 'forbidden', reason: 'Borderwire is not installed in that workspace' };
        return outcomeOf(error, now());
      }
    },
    reconcile: async (row) => {
      try {
        return await reconcileRow(await client(row.channel.workspace), row);
      } catch (error) {
        return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
      }
    },
    reachable: async () => {
      try {
        await app.client.auth.test();
        return true;
      } catch (error) {
        // A refusal is an answer, but not while it is of the one token; of many workspaces each has its own.
        const told = error instanceof webApi.WebAPIPlatformError || error instanceof webApi.WebAPIRateLimitedError;
        return told && (options.oauth !== undefined || !('refused' in outcomeOf(error, now())));
      }
    },
  };
}

/** A workspace that takes the app back in is told again what was paused when it was removed. */
function resuming({ oauth, places }: Pick<SlackOptions, 'oauth' | 'places'>): Pick<ConnectionOptions, 'oauth'> {
  if (!oauth) return {};
  return { oauth: { ...oauth, onInstalled: (workspace) => places?.back({ workspace }) ?? Promise.resolve() } };
}
