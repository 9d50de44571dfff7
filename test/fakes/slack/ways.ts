import { createHmac } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createHttpServer } from '../../../src/lib/http-server.ts';
import type { FakeSlack } from './server.ts';
import type { EnvelopeType } from './sockets.ts';

type Payload = Readonly<Record<string, unknown>>;

export const signingSecret = 'a secret that signs';
const formType = 'application/x-www-form-urlencoded';
const acknowledgedWithinMs = 3_000;

/** How a request differs from what Slack sends now; `age` in seconds, below 0 in time to come. */
export interface Differing {
  age?: number;
  key?: string;
  type?: string;
  headers?: Readonly<Record<string, string>>;
  method?: string;
}

/** What Slack posts for a payload. */
export function bodyOf(type: EnvelopeType, payload: Payload): { body: string; type: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' };
  const fields = type === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return { body: new URLSearchParams(fields).toString(), type: formType };
}

/** Headers of a request that Slack signed. */
export function signed(body: string, how: Differing = {}): Readonly<Record<string, string>> {
  const { age = 0, key = signingSecret, type = formType, headers = {} } = how;
  const timestamp = String(Math.floor(Date.now() / 1000) - age);
  return {
    'content-type': type,
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex')}`,
    connection: 'close',
    ...headers,
  };
}

/** Posts as Slack does. */
export async function post(base: string, body: string, how: Differing = {}): Promise<{ status: number; text: string }> {
  const { method = 'POST' } = how;
  const request = { method, headers: signed(body, how), ...(method === 'GET' ? {} : { body }) };
  const response = await fetch(new URL('/slack/events', base), request);
  return { status: response.status, text: await response.text() };
}

export type Mode = 'socket' | 'http';

/** How Slack reaches an adapter, beside a server that its pages are mounted on, as the program has one. */
export interface Way {
  base: string;
  /** What the adapter is told of it. */
  options: { mount: (listener: RequestListener) => void } & ({ appToken: string } | { signingSecret: string });
  /** Gives what the acknowledgement said; one that is late is among the fake’s violations. */
  send(type: EnvelopeType, payload: Payload): Promise<unknown>;
  close(): Promise<void>;
}

export async function openWay({ sockets, appToken }: FakeSlack, mode: Mode): Promise<Way> {
  const server = createHttpServer({ host: '127.0.0.1', port: 0 });
  const base = `http://127.0.0.1:${await server.start()}`;
  const mount = (listener: RequestListener) => server.mount(listener);
  return {
    base,
    options: { mount, ...(mode === 'socket' ? { appToken } : { signingSecret }) },
    send: async (type, payload) => {
      if (mode === 'socket') return sockets.deliver(type, payload).acknowledged;
      const sentAt = Date.now();
      const { body, type: contentType } = bodyOf(type, payload);
      const { status, text } = await post(base, body, { type: contentType });
      const late = Date.now() - sentAt > acknowledgedWithinMs;
      if (late || status !== 200) sockets.violations.push(`${type}: ${status}${late ? ', late' : ''}`);
      return text === '' ? null : JSON.parse(text);
    },
    close: () => server.stop(),
  };
}
