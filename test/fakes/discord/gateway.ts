import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

export interface GatewayOptions {
  token: string;
  /** Sent after READY: guilds as GUILD_CREATE has them. */
  guilds: () => readonly object[];
  applicationId: string;
  userId: string;
  /** How many connections Discord recommends; events of a guild go to its own alone. */
  shards?: number;
  /** Milliseconds between heartbeats; Discord's usual when absent. */
  heartbeatMs?: number;
  /** READY names the guilds, and no GUILD_CREATE follows: an outage. */
  withheld?: boolean;
  /** What another server would tell instead of an event's data, an op's (`op 10`), or an answer's (`GET /gateway/bot`). */
  alter?: (what: string, data: unknown) => unknown;
}

export interface Gateway {
  /** To the session whose guild it concerns, as soon as it is connected. */
  dispatch(event: string, data: object): void;
  /** Anything at all, to every client. */
  raw(text: string): void;
  /** Heartbeats are not answered, as on a connection that is dead without a word. */
  deaf: boolean;
  /** What clients resume is not answered, as by a server that knows no resuming. */
  deafToResume: boolean;
  /** Asks every client to reconnect and resume (op 7). */
  askToReconnect(): void;
  /** Tells every client that its session is gone (op 9). */
  invalidate(resumable: boolean): void;
  /** Cuts connections without a word; of one shard, or of all. */
  cut(shard?: number): void;
  /** Closes connections with one of Discord's codes; of one shard, or of all. */
  closeWith(code: number, shard?: number): void;
  /** How many further identifies are answered with an invalid session, as those that come too fast. */
  refusedIdentifies: number;
  /** No resume is taken any more: what was missed is gone, and sessions begin anew. */
  forgetSessions(): void;
  /** What clients did: identify, resume, heartbeat; a shard's, as `identify 1`, when there are several. */
  events: string[];
  /** Query strings that clients connected with. */
  queries: string[];
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

interface Session {
  id: string;
  shard: number;
  sent: Frame[];
  socket: WebSocket | null;
}

const guildsIntent = 1;
const fieldOf = (data: unknown, name: string): unknown =>
  typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;

/** Discord's gateway, as far as a bot with the Guilds intent meets it. */
export function createGateway(options: GatewayOptions): Gateway {
  const { shards = 1 } = options;
  const sockets = new WebSocketServer({ noServer: true });
  const sessions: Session[] = [];
  const events: string[] = [];
  const state = { resumeUrl: '', refused: 0, made: 0, deaf: false, deafToResume: false };

  const write = (socket: WebSocket, frame: Frame) => {
    const d = options.alter ? options.alter(frame.t ?? `op ${frame.op}`, frame.d) : frame.d;
    socket.send(JSON.stringify({ s: null, t: null, ...frame, d }));
  };
  const named = (what: string, shard: number) => (shards === 1 ? what : `${what} ${shard}`);
  const live = (shard?: number) =>
    sessions.flatMap((one) =>
      one.socket && (shard ?? one.shard) === one.shard ? [{ ...one, socket: one.socket }] : [],
    );

  /** Discord's own formula. */
  const shardOf = (guild: unknown): number =>
    typeof guild === 'string' && /^\d+$/.test(guild) ? Number((BigInt(guild) >> 22n) % BigInt(shards)) : 0;

  function tell(session: Session, event: string, data: object): void {
    const frame = { op: 0, t: event, s: session.sent.length + 1, d: data };
    session.sent.push(frame);
    if (session.socket) write(session.socket, frame);
  }

  function dispatch(event: string, data: object): void {
    const guild = fieldOf(data, event.startsWith('GUILD_') && !fieldOf(data, 'guild_id') ? 'id' : 'guild_id');
    const newest = sessions.findLast((one) => one.shard === shardOf(guild));
    if (newest) tell(newest, event, data);
  }

  function identify(socket: WebSocket, data: unknown): void {
    const [shard = 0, count = 1]: number[] = Object(fieldOf(data, 'shard') ?? [0, 1]);
    events.push(named('identify', shard));
    if (fieldOf(data, 'token') !== options.token) return socket.close(4004, 'Authentication failed.');
    if (fieldOf(data, 'intents') !== guildsIntent) return socket.close(4014, 'Disallowed intent(s).');
    if (count !== shards) return socket.close(4011, 'Sharding required.');
    if (state.refused > 0) {
      state.refused -= 1;
      return write(socket, { op: 9, d: false });
    }
    state.made += 1;
    const session: Session = { id: `fake-session-${state.made}`, shard, sent: [], socket };
    sessions.push(session);
    const guilds = options.guilds().filter((guild) => shardOf(fieldOf(guild, 'id')) === shard);
    tell(session, 'READY', {
      v: 10,
      user: { id: options.userId, username: 'borderwire', discriminator: '0', avatar: null, bot: true },
      guilds: guilds.map((guild) => ({ id: fieldOf(guild, 'id'), unavailable: true })),
      session_id: session.id,
      resume_gateway_url: state.resumeUrl,
      shard: [shard, shards],
      application: { id: options.applicationId, flags: 0 },
    });
    if (options.withheld !== true) for (const guild of guilds) tell(session, 'GUILD_CREATE', guild);
  }

  function resume(socket: WebSocket, data: unknown): void {
    const session = sessions.find((one) => one.id === fieldOf(data, 'session_id'));
    events.push(named('resume', session?.shard ?? 0));
    if (fieldOf(data, 'token') !== options.token) return socket.close(4004, 'Authentication failed.');
    if (state.deafToResume) return;
    if (!session) return write(socket, { op: 9, d: false });
    const seen = Number(fieldOf(data, 'seq') ?? 0);
    session.socket = socket;
    for (const frame of session.sent.slice(seen)) write(socket, frame);
    tell(session, 'RESUMED', {});
  }

  sockets.on('connection', (socket) => {
    write(socket, { op: 10, d: { heartbeat_interval: options.heartbeatMs ?? 41_250 } });
    socket.on('close', () => {
      for (const session of sessions) if (session.socket === socket) session.socket = null;
    });
    socket.on('message', (raw: Buffer) => {
      const { op, d }: Frame = JSON.parse(raw.toString());
      if (op === 1) {
        events.push('heartbeat');
        if (!state.deaf) write(socket, { op: 11 });
      } else if (op === 2) identify(socket, d);
      else if (op === 6) resume(socket, d);
    });
  });

  /** The client is told, and from then on nothing of the session reaches it. */
  function leave(frame: Frame): void {
    for (const session of sessions) {
      const { socket } = session;
      session.socket = null;
      if (socket) write(socket, frame);
    }
  }

  const queries: string[] = [];
  return {
    dispatch,
    raw: (text) => {
      for (const { socket } of live()) socket.send(text);
    },
    get deaf() {
      return state.deaf;
    },
    set deaf(is) {
      state.deaf = is;
    },
    get deafToResume() {
      return state.deafToResume;
    },
    set deafToResume(is) {
      state.deafToResume = is;
    },
    events,
    queries,
    get refusedIdentifies() {
      return state.refused;
    },
    set refusedIdentifies(count) {
      state.refused = count;
    },
    connections: () => live().length,
    askToReconnect: () => leave({ op: 7, d: null }),
    invalidate: (resumable) => leave({ op: 9, d: resumable }),
    cut: (shard) => {
      for (const { socket } of live(shard)) socket.terminate();
    },
    closeWith: (code, shard) => {
      for (const { socket } of live(shard)) socket.close(code);
    },
    forgetSessions: () => {
      for (const session of sessions) session.id = 'forgotten';
    },
    attach(server) {
      server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
        queries.push(request.url ?? '');
        state.resumeUrl = `ws://${request.headers.host ?? ''}/resume-here`;
        sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
      });
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
