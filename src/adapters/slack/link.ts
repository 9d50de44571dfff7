import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { HTTPReceiver, SocketModeReceiver, webApi } from '@slack/bolt';
import { ConfigError } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import { boltLogger } from './logger.ts';

export interface LinkOptions {
  /** Socket Mode. */
  appToken?: string;
  /** HTTP mode, where no app token is given. */
  signingSecret?: string;
  port?: number;
  /** A server that is there already: it gets the requests, and `port` is not listened on. */
  mount?: (listener: RequestListener) => void;
  log: Log;
}

/** What brings Slack’s events here. */
export interface Link {
  open(): Promise<void>;
  close(): Promise<void>;
}

/** Socket Mode with an app token, else HTTP. Throws ConfigError when neither is set up. */
export function createLink(
  { appToken, signingSecret, port, mount, log }: LinkOptions,
  clientOptions: webApi.WebClientOptions,
): { receiver: SocketModeReceiver | HTTPReceiver; link: Link } {
  const logger = boltLogger(log);
  if (appToken !== undefined) {
    const installerOptions = { clientOptions };
    const receiver = new SocketModeReceiver({
      appToken,
      logger,
      installerOptions,
      autoReconnectEnabled: false,
      customPropertiesExtractor: (args: unknown) => ({ envelopeId: Reflect.get(Object(args), 'envelope_id') }),
    });
    return { receiver, link: socketLink(receiver, log) };
  }
  if (signingSecret !== undefined) {
    const receiver = new HTTPReceiver({ signingSecret, logger });
    return { receiver, link: mount ? mountedLink(receiver, mount) : httpLink(receiver, port ?? 3000) };
  }
  throw new ConfigError(
    'SLACK_APP_TOKEN',
    'is missing',
    'Set it (xapp-…) for Socket Mode, or SLACK_SIGNING_SECRET for HTTP mode',
  );
}

/**
 * Keeps a socket open. Bolt’s own way to connect again ends the process by an unhandled rejection when Slack cannot be
 * reached or refuses the token at that moment, so the way here is our own: at once, then ever later up to a minute.
 */
function socketLink({ client }: SocketModeReceiver, log: Log): Link {
  const stopping = new AbortController();
  let connecting = false;

  async function connect(): Promise<void> {
    connecting = true;
    try {
      await client.start();
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

function mountedLink({ requestListener }: HTTPReceiver, mount: (listener: RequestListener) => void): Link {
  const open = () => {
    mount(requestListener);
    return Promise.resolve();
  };
  return { open, close: () => Promise.resolve() };
}

function httpLink(receiver: HTTPReceiver, port: number): Link {
  let open = false;
  return {
    open: async () => {
      try {
        await receiver.start(port);
        open = true;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new ConfigError('HTTP_PORT', `${port} cannot be listened on (${reason})`, 'Choose a free port', {
          cause: error,
        });
      }
    },
    close: async () => {
      if (open) await receiver.stop();
      open = false;
    },
  };
}

/** A refused token is a wrong setting; anything else may pass by itself. */
export function startError(error: unknown, setting: string, remedy: string): Error {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof webApi.WebAPIPlatformError)
    return new ConfigError(setting, `Slack refused it (${error.data.error})`, remedy, { cause: error });
  return new Error(`Slack could not be reached (${reason}). Check the network and SLACK_API_URL, then start again.`, {
    cause: error,
  });
}
