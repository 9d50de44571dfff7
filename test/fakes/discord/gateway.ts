import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

export interface GatewayOptions {
  token: string;
  /** Sent after READY: guilds as GUILD_CREATE has them. */
  guilds: () => readonly object[];
  applicationId: string;
  userId: string;
}

export interface Gateway {
  /** To every connection that is ready. */
  dispatch(event: string, data: object): void;
  /** Asks every client to reconnect and resume (op 7). */
  askToReconnect(): void;
  /** Tells every client that its session is gone (op 9). */
  invalidate(resumable: boolean): void;
  /** What clients did: identify, resume, heartbeat. */
  events: string[];
  /** Events of a session that are sent again on resume. */
  connections(): number;
  attach(server: Server): void;
  close(): void;
}

interface Frame {
  op: number;
  d?: unknown;
  s?: number | null;
  t?: string | null;
}

const guildsIntent = 1;
const fieldOf = (data: unknown, name: string): unknown =>
  typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;

/** Discord's gateway, as far as a bot with the Guilds intent meets it. */
export function createGateway(options: GatewayOptions): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const ready = new Set<WebSocket>();
  const sent: Frame[] = [];
  const events: string[] = [];
  const resumeUrl = { value: '' };
  const session = 'fake-session';

  const write = (socket: WebSocket, frame: Frame) => socket.send(JSON.stringify({ s: null, t: null, ...frame }));

  function dispatch(event: string, data: object): void {
    const frame = { op: 0, t: event, s: sent.length + 1, d: data };
    sent.push(frame);
    for (const socket of ready) write(socket, frame);
  }

  function identify(socket: WebSocket, data: unknown): void {
    events.push('identify');
    if (fieldOf(data, 'token') !== options.token) return socket.close(4004, 'Authentication failed.');
    if (fieldOf(data, 'intents') !== guildsIntent) return socket.close(4014, 'Disallowed intent(s).');
    ready.add(socket);
    const guilds = options.guilds().map((guild) => ({ id: fieldOf(guild, 'id'), unavailable: true }));
    dispatch('READY', {
      v: 10,
      user: { id: options.userId, username: 'borderwire', discriminator: '0', avatar: null, bot: true },
      guilds,
      session_id: session,
      resume_gateway_url: resumeUrl.value,
      shard: [0, 1],
      application: { id: options.applicationId, flags: 0 },
    });
    for (const guild of options.guilds()) dispatch('GUILD_CREATE', guild);
  }

  function resume(socket: WebSocket, data: unknown): void {
    events.push('resume');
    if (fieldOf(data, 'token') !== options.token) return socket.close(4004, 'Authentication failed.');
    if (fieldOf(data, 'session_id') !== session) return write(socket, { op: 9, d: false });
    const seen = Number(fieldOf(data, 'seq') ?? 0);
    for (const frame of sent.slice(seen)) write(socket, frame);
    ready.add(socket);
    dispatch('RESUMED', {});
  }

  sockets.on('connection', (socket) => {
    write(socket, { op: 10, d: { heartbeat_interval: 41_250 } });
    socket.on('close', () => ready.delete(socket));
    socket.on('message', (raw: Buffer) => {
      const { op, d }: Frame = JSON.parse(raw.toString());
      if (op === 1) {
        events.push('heartbeat');
        write(socket, { op: 11 });
      } else if (op === 2) identify(socket, d);
      else if (op === 6) resume(socket, d);
    });
  });

  return {
    dispatch,
    events,
    connections: () => ready.size,
    askToReconnect: () => {
      for (const socket of ready) {
        ready.delete(socket);
        write(socket, { op: 7, d: null });
      }
    },
    invalidate: (resumable) => {
      for (const socket of ready) {
        ready.delete(socket);
        write(socket, { op: 9, d: resumable });
      }
    },
    attach(server) {
      server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
        resumeUrl.value = `ws://${request.headers.host ?? ''}/gateway`;
        sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
      });
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
