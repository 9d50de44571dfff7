import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError } from '../core/errors.ts';

export interface HttpServer {
  /** Answers GET and HEAD of exactly this path. */
  page(path: string, answer: () => Promise<Page>): void;
  /** Takes every request that no page answers; one at most. */
  mount(listener: RequestListener): void;
  /** Throws ConfigError when the port cannot be listened on. Answers the port, which is chosen when it was 0. */
  start(): Promise<number>;
  /** Ends open connections too. */
  stop(): Promise<void>;
}

export interface Page {
  status: number;
  type: string;
  body: string;
}

/** One server for all that this process answers over HTTP: health, figures, and a platform's requests. */
export function createHttpServer({ host, port }: { host: string; port: number }): HttpServer {
  const pages = new Map<string, () => Promise<Page>>();
  let rest: RequestListener | undefined;
  const server = createServer((request, response) => {
    const page = pages.get(pathOf(request));
    if (page && (request.method === 'GET' || request.method === 'HEAD')) void show(page, request, response);
    else if (rest) rest(request, response);
    else send(response, request, { status: 404, type: 'text/plain', body: 'Not found\n' });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  return {
    page: (path, answer) => pages.set(path, answer),
    mount: (listener) => {
      rest = listener;
    },
    start: () => listen(server, host, port),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function pathOf({ url }: IncomingMessage): string {
  return (url ?? '/').split('?', 1)[0] ?? '/';
}

async function show(page: () => Promise<Page>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    send(response, request, await page());
  } catch {
    send(response, request, { status: 503, type: 'text/plain', body: 'Not available\n' });
  }
}

function send(response: ServerResponse, { method }: IncomingMessage, { status, type, body }: Page): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
  response.end(method === 'HEAD' ? undefined : body);
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new ConfigError('HTTP_PORT', `${host}:${port} cannot be listened on (${error.message})`, 'Choose a free port', {
          cause: error,
        }),
      ),
    );
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
