import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isRecord } from './shape.ts';

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api';

export interface Envelope {
  id: string;
  type: EnvelopeType;
  payload: Readonly<Record<string, unknown>>;
  attempts: number;
  sentAt: number;
  state: 'waiting' | 'acknowledged' | 'late';
  /** What came with the acknowledgement, as a view’s errors do. */
  response: unknown;
  /** Resolves with the response; never, when nobody acknowledges. */
  acknowledged: Promise<unknown>;
}

export interface Sockets {
  /** A ticket for one connection. */
  ticket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends to the newest connection; what nobody acknowledged goes to the next one that connects. */
  deliver(type: EnvelopeType, payload: Readonly<Record<string, unknown>>): Envelope;
  /** Sends once more, as Slack does after 3 seconds without an acknowledgement. */
  redeliver(envelope: Envelope): void;
  /** Anything at all, to every connection. */
  raw(text: string): void;
  /** Asks every connection to go and come again; `warning` comes ten seconds before. */
  refresh(reason?: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  /** Ends every connection without a word. */
  cut(): void;
  connections(): number;
  /** How many connections there have been. */
  opened(): number;
  violations: string[];
  /** Connections are not greeted. */
  silent: boolean;
}

const acknowledgeWithinMs = 3000;
const mostConnections = 10;

/** Socket Mode: hello, envelopes, acknowledgements within 3 seconds of `now`, refreshes and redelivery. */
export function createSockets(now: () => number): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open = new Set<WebSocket>();
  const envelopes: (Envelope & { settle: (response: unknown) => void })[] = [];
  const violations: string[] = [];
  let opened = 0;
  let issued = 0;

  function transmit(envelope: Envelope): void {
    const target = [...open].at(-1);
    if (!target) return;
    envelope.attempts += 1;
    envelope.sentAt = now();
    const again = envelope.attempts > 1 ? { retry_attempt: envelope.attempts - 1, retry_reason: 'timeout' } : {};
    const { id, type, payload } = envelope;
    const accepts = type !== 'events_api';
    target.send(JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: accepts, ...again }));
  }

  function acknowledge(data: string): void {
    const message: unknown = JSON.parse(data);
    const found = envelopes.find((one) => isRecord(message) && message['envelope_id'] === one.id);
    if (!found || !isRecord(message)) {
      violations.push(`acknowledged what was never sent: ${data}`);
      return;
    }
    const late = now() - found.sentAt > acknowledgeWithinMs;
    if (late) violations.push(`late acknowledgement of ${found.type}`);
    if (found.state === 'waiting') found.state = late ? 'late' : 'acknowledged';
    found.response = message['payload'];
    found.settle(found.response);
  }

  function welcome(socket: WebSocket): void {
    opened += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('message', (data: Buffer) => acknowledge(data.toString('utf8')));
    if (sockets.silent) return;
    const hello = { type: 'hello', num_connections: open.size, connection_info: { app_id: 'A1' } };
    socket.send(JSON.stringify({ ...hello, debug_info: { host: 'fake', approximate_connection_time: 3600 } }));
    for (const envelope of envelopes) if (envelope.state === 'waiting') transmit(envelope);
  }

  const sockets: Sockets = {
    silent: false,
    violations,
    connections: () => open.size,
    opened: () => opened,
    ticket: () => {
      const ticket = `t${++issued}`;
      tickets.add(ticket);
      return ticket;
    },
    upgrade: (request, socket, head) => {
      const ticket = new URL(request.url ?? '/', 'http://fake').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket) || open.size >= mostConnections) {
        socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, welcome);
    },
    deliver: (type, payload) => {
      const id = `e${envelopes.length + 1}`;
      let settle: (response: unknown) => void = () => {};
      const acknowledged = new Promise<unknown>((resolve) => {
        settle = resolve;
      });
      const known = { id, type, payload, attempts: 0, sentAt: now(), response: null, acknowledged, settle };
      const envelope = { ...known, state: 'waiting' as Envelope['state'] };
      envelopes.push(envelope);
      transmit(envelope);
      return envelope;
    },
    redeliver: transmit,
    raw: (text) => {
      for (const socket of open) socket.send(text);
    },
    refresh: (reason = 'refresh_requested') => {
      for (const socket of open)
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'fake' } }));
    },
    cut: () => {
      for (const socket of open) socket.terminate();
    },
  };
  return sockets;
}
