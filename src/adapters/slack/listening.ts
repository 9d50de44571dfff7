import { createServer, type RequestListener } from 'node:http';
import { ConfigError } from '../../core/errors.ts';

/** What brings Slack’s events here. */
export interface Link {
  open(): Promise<void>;
  close(): Promise<void>;
}

export interface ListenOptions {
  /** A server that is there already: it gets the requests, and `port` is not listened on. */
  mount?: (listener: RequestListener) => void;
  host?: string;
  port?: number;
}

const usualPort = 3000;

/** Takes requests from a server that is there already, or from one of its own. */
export function listening(listener: RequestListener, { mount, host, port = usualPort }: ListenOptions): Link {
  if (mount)
    return {
      open: () => {
        mount(listener);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
  const server = createServer(listener);
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  return {
    open: () =>
      new Promise((resolve, reject) => {
        server.once('error', (error) =>
          reject(
            new ConfigError('HTTP_PORT', `${port} cannot be listened on (${error.message})`, 'Choose a free port', {
              cause: error,
            }),
          ),
        );
        server.listen(port, host, () => resolve());
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
