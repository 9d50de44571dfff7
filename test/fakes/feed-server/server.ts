import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse, hit: number) => void;

export interface FeedServer {
  /** `http://127.0.0.1:PORT`, no slash at the end. */
  origin: string;
  port: number;
  /** Answers by path; a path without one is 404. */
  routes: Map<string, Handler>;
  /** How often each path was asked. */
  hits: Map<string, number>;
  /** Headers of the last request to each path. */
  asked: Map<string, IncomingMessage['headers']>;
  close(): Promise<void>;
}

/** A loopback server whose answers are set path by path; over TLS when given key and certificate in one PEM. */
export async function startFeedServer(pem?: Buffer): Promise<FeedServer> {
  const routes = new Map<string, Handler>();
  const hits = new Map<string, number>();
  const asked = new Map<string, IncomingMessage['headers']>();
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = (request.url ?? '/').replace(/^https?:\/\/[^/]+/, '').split('?')[0] ?? '/';
    const hit = (hits.get(path) ?? 0) + 1;
    hits.set(path, hit);
    asked.set(path, request.headers);
    response.on('error', () => undefined);
    const handler = routes.get(path) ?? routes.get('*');
    if (handler) handler(request, response, hit);
    else response.writeHead(404).end('no such feed');
  };
  const server = pem ? https.createServer({ key: pem, cert: pem }, answer) : http.createServer(answer);
  server.keepAliveTimeout = 1000;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${pem ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    routes,
    hits,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
