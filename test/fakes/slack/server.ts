import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createResponseUrls, type ResponseUrls } from './response-urls.ts';
import { createSockets, type Sockets } from './sockets.ts';
import type { Answer, SlackFault, SlackState } from './state.ts';
import { answerCall } from './web-api.ts';
import { takeUpload } from './web-files.ts';

export interface FakeSlack extends SlackState {
  /** Base of the Web API, no slash at the end. */
  apiUrl: string;
  sockets: Sockets;
  responses: ResponseUrls;
  /** The next calls that post or edit meet these, one each; `stored`: after Slack stored them. */
  faults: { fault: SlackFault; stored: boolean }[];
  /** The next other calls meet these, such as those that connect. */
  startFaults: { method: string; fault: SlackFault; stored: boolean }[];
  /** Address of a new response_url. */
  responseUrl(): string;
  /** A trigger id that lives three seconds. */
  trigger(): string;
  /** Ends every connection that waits for another call. */
  dropIdle(): void;
  close(): Promise<void>;
}

const perChannelMs = 1000;

export interface FakeSlackOptions {
  /** What goes wrong with a call that no fault of the lists is for. */
  meet?: (method: string) => FakeSlack['faults'][number] | undefined;
  /** What another server would answer instead to a method. */
  alter?: (method: string, body: Answer['body']) => Answer['body'];
  /** Hears where a call is in its life. */
  watch?: (moment: 'before' | 'stored' | 'answered', method: string) => void;
}

/** Slack on 127.0.0.1: Web API, Socket Mode and response_urls, by the time that `now` tells. */
export async function startFakeSlack(now: () => number = Date.now, options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const sockets = createSockets(now);
  const responses = createResponseUrls(now);
  const lastPosted = new Map<string, number>();
  const server = createServer((request, response) => void route(request, response));
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

  const fake: FakeSlack = {
    team: 'T1',
    botToken: 'xoxb-1-right',
    appToken: 'xapp-1-right',
    tokens: new Map([['xoxb-1-right', 'T1']]),
    codes: new Map(),
    client: { id: 'client', secret: 'client secret' },
    scopes: new Set(['commands', 'chat:write']),
    people: new Map(),
    files: new Map(),
    unfurls: [],
    origin: `http://${host}`,
    messages: [],
    whispers: [],
    homes: new Map(),
    modals: [],
    refusals: new Map(),
    calls: [],
    triggers: new Map(),
    now,
    apiUrl: `http://${host}/api`,
    sockets,
    responses,
    faults: [],
    startFaults: [],
    responseUrl: () => `http://${host}/respond/${responses.create()}`,
    trigger: () => {
      const id = `trigger-${fake.triggers.size + 1}`;
      fake.triggers.set(id, now() + 3000);
      return id;
    },
    dropIdle: () => server.closeIdleConnections(),
    close: () =>
      new Promise((resolve) => {
        sockets.cut();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = request.url ?? '';
    if (path.startsWith('/respond/'))
      send(response, responses.answer(path.slice('/respond/'.length), JSON.parse(body.toString('utf8'))));
    else if (path.startsWith('/upload/')) upload(path.slice('/upload/'.length), request, body, response);
    else if (path.startsWith('/api/')) callOf(path.slice('/api/'.length), request, body.toString('utf8'), response);
    else if (path === '/__log') send(response, { status: 200, body: { messages: fake.messages } });
    else response.writeHead(404).end();
  }

  function upload(id: string, request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const fault = takeFault(fake.startFaults, 'upload');
    if (fault) meet(fault.fault, response);
    else response.writeHead(request.method === 'POST' ? takeUpload(fake, id, body.byteLength) : 405).end('OK');
  }

  function callOf(method: string, request: IncomingMessage, body: string, response: ServerResponse): void {
    const call = {
      method,
      args: argumentsOf(body),
      token: (request.headers.authorization ?? '').replace('Bearer ', ''),
    };
    const writes = method === 'chat.postMessage' || method === 'chat.update';
    const limited = method === 'chat.postMessage' ? limit(String(call.args['channel'])) : null;
    if (limited) {
      fake.calls.push({ ...call, violations: ['ratelimited'], ok: false });
      send(response, limited);
      return;
    }
    options.watch?.('before', method);
    const met = (writes ? fake.faults.shift() : takeFault(fake.startFaults, method)) ?? options.meet?.(method);
    if (met && !met.stored) {
      fake.calls.push({ ...call, violations: [], ok: false });
      meet(met.fault, response);
      return;
    }
    const answer = answerCall(fake, call, () => `ws://${host}/link?ticket=${sockets.ticket()}`);
    options.watch?.('stored', method);
    if (met) return meet(met.fault, response);
    send(response, options.alter ? { ...answer, body: options.alter(method, answer.body) } : answer);
    options.watch?.('answered', method);
  }

  function limit(channel: string): Answer | null {
    const waitMs = (lastPosted.get(channel) ?? Number.NEGATIVE_INFINITY) + perChannelMs - now();
    if (waitMs > 0)
      return {
        status: 429,
        headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) },
        body: { ok: false, error: 'ratelimited' },
      };
    lastPosted.set(channel, now());
    return null;
  }

  return fake;
}

/** Takes out the first fault of a method. */
function takeFault(faults: FakeSlack['startFaults'], method: string): FakeSlack['startFaults'][number] | undefined {
  const at = faults.findIndex((one) => one.method === method);
  return at < 0 ? undefined : faults.splice(at, 1)[0];
}

function meet(fault: SlackFault, response: ServerResponse): void {
  if (fault.kind === 'status') response.writeHead(fault.status).end('upset');
  else if (fault.kind === 'drop') response.destroy();
  else if (fault.kind === 'limit')
    send(response, { status: 429, headers: { 'retry-after': '1' }, body: { ok: false, error: 'ratelimited' } });
  else if (fault.kind === 'error') send(response, { status: 200, body: { ok: false, error: fault.error } });
  // A hang is no answer at all: the connection ends when the server closes.
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Form fields, those that hold JSON parsed. */
function argumentsOf(body: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...new URLSearchParams(body)].map(([name, value]) => [name, parsed(name, value)]));
}

function parsed(name: string, value: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  return ['blocks', 'view', 'metadata', 'attachments', 'files', 'unfurls'].includes(name) ? JSON.parse(value) : value;
}
