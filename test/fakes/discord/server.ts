import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import { createInteractions, type Interaction, type Interactions } from './interactions.ts';
import { createMessages, type Messages } from './messages.ts';
import { DiscordRefusal } from './refusal.ts';
import { commandProblems, messageProblems, modalProblems, sentFiles } from './rules.ts';
import type { Description } from './spec.ts';
import { type Asked, channelData, guildData, ids, interactionData } from './world.ts';

export const token = 'fake.discord.token';

/** What goes wrong with the next request that matches: before anything is stored, or after. */
export interface Fault {
  /** Method and the beginning of the path: `POST /channels`. */
  on: string;
  how: 'status' | 'hang' | 'drop' | 'limit';
  when: 'before' | 'after';
  status?: number;
  /** Discord's own number beside it. */
  code?: number;
  scope?: 'user' | 'shared' | 'global';
  /** Seconds. */
  retryAfter?: number;
}

export interface FakeDiscord {
  /** REST base without a version: what DISCORD_API_URL is set to. */
  url: string;
  messages: Messages;
  interactions: Interactions;
  gateway: Gateway;
  faults: Fault[];
  /** Commands as they were last put, by `global` or guild; and how often. */
  commands: Map<string, unknown>;
  registrations: number;
  /** Every request, and what it was answered with; 0 when it was not. */
  requests: { method: string; path: string; status: number; body: unknown }[];
  /** What requests were refused for. */
  problems: string[];
  ask(type: number, data: object, asked?: Asked): Interaction;
  close(): Promise<void>;
}

export interface FakeOptions extends Pick<GatewayOptions, 'heartbeatMs' | 'withheld' | 'alter'> {
  now?: () => number;
  /** Discord's own description of its API; without it only the hand rules hold. */
  description?: Description | null;
  /** The gateway refuses the token, though the rest of the API takes it. */
  gatewayToken?: string;
  /** Requests of one channel in five seconds. */
  channelLimit?: number;
  /** How many connections Discord recommends. */
  shards?: number;
  /** Guilds that the bot is in; one when absent. */
  guilds?: () => readonly object[];
  /** What goes wrong with a request that no fault of the list is for. */
  meet?: (method: string, path: string) => Fault | undefined;
  /** Hears where a request is in its life. */
  watch?: (moment: 'before' | 'stored' | 'answered', method: string, path: string) => void;
  /** Text channels beside those that there always are. */
  channels?: readonly string[];
}

type Json = Record<string, unknown>;

/** Discord on 127.0.0.1: refuses what Discord would refuse. */
export async function startFakeDiscord(options: FakeOptions = {}): Promise<FakeDiscord> {
  const now = options.now ?? Date.now;
  const { description = null, channelLimit = 5, shards = 1 } = options;
  const messages = createMessages(
    now,
    new Set<string>([ids.text, ids.news, ids.closed, ids.forum, ids.person, 'c1', ...(options.channels ?? [])]),
  );
  const interactions = createInteractions(now);
  const gateway = createGateway({
    token: options.gatewayToken ?? token,
    guilds: options.guilds ?? (() => [guildData()]),
    shards,
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
    ...(options.withheld === undefined ? {} : { withheld: options.withheld }),
    ...(options.alter === undefined ? {} : { alter: options.alter }),
    applicationId: ids.application,
    userId: ids.bot,
  });
  const buckets = new Map<string, { left: number; resetAt: number }>();
  const hung = new Set<ServerResponse>();
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  gateway.attach(server);
  const { port } = server.address() as AddressInfo;

  const fake: FakeDiscord = {
    url: `http://127.0.0.1:${port}/api`,
    messages,
    interactions,
    gateway,
    faults: [],
    commands: new Map(),
    registrations: 0,
    requests: [],
    problems: [],
    ask(type, data, asked = {}) {
      const opened = interactions.open(type);
      gateway.dispatch('INTERACTION_CREATE', { ...interactionData(opened.id, opened.token, type, asked), ...data });
      return opened;
    },
    async close() {
      gateway.close();
      for (const response of hung) response.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const [path = '', query = ''] = decodeURIComponent(request.url ?? '/')
      .replace(/^\/api\/v10/, '')
      .split('?');
    if (path === '/__log') return void response.end(JSON.stringify({ messages: messages.all }));
    const body = await bodyOf(request);
    const seen = { method, path, status: 0, body };
    fake.requests.push(seen);
    const at = fake.faults.findIndex((one) => `${method} ${path}`.startsWith(one.on));
    const [fault = options.meet?.(method, path)] = at < 0 ? [] : fake.faults.splice(at, 1);
    options.watch?.('before', method, path);
    const answer = (status: number, data: unknown, headers: Readonly<Record<string, string>> = {}) => {
      seen.status = status;
      response.writeHead(status, { ...(status === 204 ? {} : { 'content-type': 'application/json' }), ...headers });
      response.end(status === 204 ? undefined : JSON.stringify(data));
    };
    if (fault?.when === 'before') return meet(fault, response, answer);
    try {
      const limits = take(method, path);
      if (request.headers.authorization !== `Bot ${token}` && !/^\/(webhooks|interactions)\//.test(path))
        throw new DiscordRefusal(401, 0, '401: Unauthorized');
      check(method, path, body);
      const found = route(method, path, body, new URLSearchParams(query));
      const data = options.alter ? options.alter(`${method} ${path}`, found) : found;
      options.watch?.('stored', method, path);
      if (fault) return meet(fault, response, answer);
      answer(data === null ? 204 : 200, data, limits);
      options.watch?.('answered', method, path);
    } catch (error) {
      if (!(error instanceof DiscordRefusal)) throw error;
      answer(error.status, { code: error.code, message: error.message, ...error.more }, error.headers);
    }
  }

  function meet(
    fault: Fault,
    response: ServerResponse,
    answer: (status: number, data: unknown, headers?: Record<string, string>) => void,
  ): void {
    if (fault.how === 'hang') hung.add(response);
    else if (fault.how === 'drop') response.destroy();
    else if (fault.how === 'status')
      answer(fault.status ?? 500, { code: fault.code ?? 0, message: `${fault.status ?? 500}: fault` });
    else {
      const { scope = 'user', retryAfter = 2 } = fault;
      const global = scope === 'global' ? { 'x-ratelimit-global': 'true' } : {};
      answer(
        429,
        { message: 'You are being rate limited.', retry_after: retryAfter, global: scope === 'global' },
        { 'retry-after': String(retryAfter), 'x-ratelimit-scope': scope, ...global },
      );
    }
  }

  /** One from the channel's bucket; headers say what is left, as Discord's do. */
  function take(method: string, path: string): Readonly<Record<string, string>> {
    if (method !== 'POST' || !/^\/channels\/[^/]+\/messages$/.test(path)) return {};
    const old = buckets.get(path);
    const bucket = old && old.resetAt > now() ? old : { left: channelLimit, resetAt: now() + 5_000 };
    buckets.set(path, bucket);
    const wait = (bucket.resetAt - now()) / 1000;
    const headers = {
      'x-ratelimit-limit': String(channelLimit),
      'x-ratelimit-remaining': String(Math.max(0, bucket.left - 1)),
      'x-ratelimit-reset': String(bucket.resetAt / 1000),
      'x-ratelimit-reset-after': wait.toFixed(3),
      'x-ratelimit-bucket': 'messages',
    };
    if (bucket.left === 0)
      throw new DiscordRefusal(429, 0, 'You are being rate limited.', {
        headers: { ...headers, 'retry-after': wait.toFixed(3), 'x-ratelimit-scope': 'user' },
        more: { retry_after: wait, global: false },
      });
    bucket.left -= 1;
    return headers;
  }

  function check(method: string, path: string, body: unknown): void {
    const described = description ? description.problems(method, path, body ?? undefined) : [];
    if (described === null) throw new DiscordRefusal(404, 0, '404: Not Found');
    const problems = [...described, ...handProblems(method, path, body)];
    if (problems.length === 0) return;
    fake.problems.push(...problems.map((problem) => `${method} ${path}: ${problem}`));
    const isEmpty = problems.some((problem) => problem.startsWith('50006'));
    throw new DiscordRefusal(
      400,
      isEmpty ? 50006 : 50035,
      isEmpty ? 'Cannot send an empty message' : 'Invalid Form Body',
      {
        more: { errors: { _errors: problems.map((message) => ({ code: 'FAKE', message })) } },
      },
    );
  }

  function channelNow(id: string): object {
    const refusal = messages.refusing.get(id);
    if (refusal) throw new DiscordRefusal(refusal.status, refusal.code, refusal.message);
    return channelData(id, id === ids.forum ? 15 : 0);
  }

  function route(method: string, path: string, body: unknown, query: URLSearchParams): unknown {
    const [, first = '', id = '', second = '', last = '', tail = ''] = path.split('/');
    const json = (typeof body === 'object' && body !== null ? body : {}) as Json;
    if (path === '/gateway') return { url: `ws://127.0.0.1:${port}/gateway` };
    if (path === '/gateway/bot') {
      const start = { total: 1000, remaining: 999, reset_after: 1000, max_concurrency: 16 };
      return { url: `ws://127.0.0.1:${port}/gateway`, shards, session_start_limit: start };
    }
    if (path === '/users/@me/channels') return { id: ids.person, type: 1 };
    if (path === '/users/@me') return { id: ids.bot, username: 'borderwire', bot: true };
    if (path === '/applications/@me') return { id: ids.application, name: 'Borderwire' };
    if (first === 'channels' && second === 'messages') {
      if (method === 'POST' && last === '') return messages.create(id, json);
      if (method === 'GET' && last === '') return messages.list(id, query);
      if (method === 'POST' && tail === 'threads') return messages.openThread(id, last, json);
      if (method === 'POST' && tail === 'crosspost') return messages.crosspost(id, last);
      if (method === 'PATCH') return messages.edit(id, last, json);
    }
    if (first === 'channels' && second === 'threads' && method === 'POST') return messages.openPost(id, json);
    if (first === 'channels' && second === '' && method === 'GET') return channelNow(id);
    if (first === 'guilds' && path.endsWith('/threads/active')) {
      const threads = messages.posts.map((post) => ({ id: post.id, parent_id: post.forum, name: post.name, type: 11 }));
      return { threads, members: [] };
    }
    if (first === 'applications' && method === 'PUT') {
      fake.registrations += 1;
      fake.commands.set(second === 'guilds' ? last : 'global', body);
      return body;
    }
    if (first === 'interactions') {
      interactions.acknowledge(id, second, body);
      return null;
    }
    if (first === 'webhooks' && tail === '@original') {
      interactions.edit(second, body);
      return { ...messages.create(ids.text, { ...json, flags: 64 }) };
    }
    throw new DiscordRefusal(404, 0, '404: Not Found');
  }

  return fake;
}

/** The rules that the description leaves out, for the routes that they concern. */
function handProblems(method: string, path: string, body: unknown): readonly string[] {
  if (method === 'PUT' && path.endsWith('/commands')) return commandProblems(body);
  if (/^\/channels\/[^/]+\/messages(\/\d+)?$/.test(path) && method !== 'GET')
    return messageProblems(body, method === 'POST');
  if (/^\/channels\/[^/]+\/threads$/.test(path) && method === 'POST')
    return messageProblems({ ...Object(Object(body).message), [sentFiles]: Object(body)[sentFiles] }, true);
  if (path.endsWith('/messages/@original')) return messageProblems(body, false);
  if (path.endsWith('/callback')) {
    const { type, data } = (body ?? {}) as Json;
    if (type === 9) return modalProblems(data);
    return type === 4 || type === 7 ? messageProblems(data, type === 4) : [];
  }
  return [];
}

/** JSON, or the `payload_json` of a form, whose files must be those that it lists. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0) return null;
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return JSON.parse(bytes.toString('utf8'));
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const json = form.get('payload_json');
  const body: unknown = JSON.parse(typeof json === 'string' ? json : 'null');
  const files = [...form.entries()].flatMap(([field, part]) =>
    typeof part === 'string' ? [] : [{ field, name: part.name }],
  );
  return Object.assign(Object(body), { [sentFiles]: files });
}
