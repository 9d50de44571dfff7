import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPReceiver, SocketModeReceiver, webApi } from '@slack/bolt';
import { ConfigError } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import { nothingAfter } from './asker.ts';
import { readSafely } from './envelopes.ts';
import { boltLogger } from './logger.ts';
import { installerOptions, installListener, type OAuthOptions } from './oauth.ts';
import { passes } from './outcome.ts';
import { requestsOf } from './requests.ts';

/** What brings Slack’s events here. */
export interface Link {
  open(): Promise<void>;
  close(): Promise<void>;
}

export interface LinkOptions {
  /** Takes what answers requests over HTTP: Slack’s in HTTP mode, and those for the install pages. */
  mount?: (listener: RequestListener) => void;
  /** Socket Mode. */
  appToken?: string;
  /** HTTP mode, where no app token is given. */
  signingSecret?: string;
  /** Base of the Web API; Slack’s own when absent. */
  apiUrl?: string;
  /** Many workspaces, each with a token of its own. */
  oauth?: OAuthOptions;
  /** Milliseconds that the start waits for a socket's hello. */
  helloWithinMs?: number;
  log: Log;
}

/** Socket Mode with an app token, else HTTP. Throws ConfigError when neither is set up. */
export function createLink(
  options: LinkOptions,
  clientOptions: webApi.WebClientOptions,
): { receiver: SocketModeReceiver | HTTPReceiver; link: Link } {
  const { appToken, signingSecret, oauth, log, apiUrl } = options;
  const logger = boltLogger(log);
  const install = oauth && installerOptions(oauth, { clientOptions, apiUrl, log });
  if (appToken !== undefined) {
    const receiver = new SocketModeReceiver({
      appToken,
      logger,
      installerOptions: { clientOptions },
      ...install,
      autoReconnectEnabled: false,
      customPropertiesExtractor: (args: unknown) => ({ envelopeId: Reflect.get(Object(args), 'envelope_id') }),
    });
    readSafely(receiver.client, log);
    const socket = socketLink(receiver, options);
    if (!receiver.installer || !install) return { receiver, link: socket };
    const pages = mounted(installListener(receiver.installer, install), options);
    return { receiver, link: { ...socket, open: () => pages.open().then(() => socket.open()) } };
  }
  if (signingSecret !== undefined) {
    const receiver = new HTTPReceiver({ signingSecret, logger, ...install });
    return { receiver, link: mounted(requestsOf(receiver), options) };
  }
  throw new ConfigError(
    'SLACK_APP_TOKEN',
    'is missing',
    'Set it (xapp-…) for Socket Mode, or SLACK_SIGNING_SECRET for HTTP mode',
  );
}

function mounted(listener: RequestListener, { mount }: LinkOptions): Link {
  return { open: async () => mount?.(listener), close: () => Promise.resolve() };
}

/**
 * Keeps a socket open. Bolt’s own way to connect again ends the process by an unhandled rejection when Slack cannot be
 * reached or refuses the token at that moment, so the way here is our own: at once, then ever later up to a minute.
 */
function socketLink({ client }: SocketModeReceiver, { log, helloWithinMs = 10_000 }: LinkOptions): Link {
  const stopping = new AbortController();
  let connecting = false;

  async function connect(): Promise<void> {
    connecting = true;
    try {
      // What comes without a hello is taken all the same; polling and posting do not wait for one.
      const connected = client.start().then(() => true);
      if ((await Promise.race([connected, nothingAfter(helloWithinMs)])) === null)
        log.warn({}, 'Slack has not said hello on its socket; going on');
    } finally {
      connecting = false;
    }
  }

  async function connectAgain(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; failures++) {
      try {
        await connect();
        log.info({ failures }, 'connected to Slack again');
        return;
      } catch (error) {
        log.warn({ err: error, failures }, 'Slack cannot be reached; trying again');
      }
      const waitMs = Math.min(60_000, 1000 * 2 ** failures);
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  client.on('disconnected', () => {
    if (!connecting && !stopping.signal.aborted) void connectAgain();
  });
  return {
    open: async () => {
      try {
        await connect();
      } catch (error) {
        throw startError(error, 'SLACK_APP_TOKEN', 'Make an app-level token (xapp-…) with the scope connections:write');
      }
    },
    close: async () => {
      stopping.abort();
      await client.disconnect();
    },
  };
}

/** A refused token is a wrong setting; anything else may pass by itself. */
export function startError(error: unknown, setting: string, remedy: string): Error {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof webApi.WebAPIPlatformError && !passes(error.data.error))
    return new ConfigError(setting, `Slack refused it (${error.data.error})`, remedy, { cause: error });
  return new Error(`Slack could not be reached (${reason}). Check the network and SLACK_API_URL.`, { cause: error });
}
