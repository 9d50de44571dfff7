import { DefaultRestOptions, DiscordAPIError, type RESTOptions } from 'discord.js';

type Request = RESTOptions['makeRequest'];
type Answer = Awaited<ReturnType<Request>>;

/**
 * Sends forms with files as the bytes that they are, and reads answers whatever they hold. Two versions of undici share
 * one dispatcher in a process, that of whichever was loaded first; it cannot read a form that was made for the other,
 * and the answer would never come.
 */
export const request: Request = async (url, init) => {
  const { body } = init;
  if (!(body instanceof FormData)) return readable(await DefaultRestOptions.makeRequest(url, init));
  const form = new Response(body);
  const headers = {
    ...Object.fromEntries(new Headers(init.headers as Record<string, string>)),
    'content-type': form.headers.get('content-type') ?? '',
  };
  const bytes = new Uint8Array(await form.arrayBuffer());
  return readable(await DefaultRestOptions.makeRequest(url, { ...init, headers, body: bytes }));
};

/** Discord's own longest limits are by the hour; who is asked to wait for years asks again then. In seconds. */
const longestWait = 3_600;

function boundWaits(headers: Headers): void {
  for (const name of ['retry-after', 'x-ratelimit-reset-after'])
    if (Number(headers.get(name)) > longestWait) headers.set(name, String(longestWait));
}

/** What says that it is JSON and is not, or is empty, holds nothing: that it was answered is what counts. */
async function readable(answer: Answer): Promise<Answer> {
  boundWaits(answer.headers);
  if (answer.status < 400) return Object.assign(answer, { json: async () => parsed(await answer.text()) });
  const told = parsed(await answer.text());
  const headers = new Headers(Object.fromEntries(answer.headers));
  headers.set('content-type', 'application/json');
  if (answer.status === 429) sayWait(headers, told);
  const statusText = answer.statusText || `HTTP ${answer.status}`;
  return Response.json(refusalOf(told, answer.status, statusText), { status: answer.status, statusText, headers });
}

function parsed(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/** How long to wait and for what, where the body says it alone; without a word a minute, and no storm of requests. */
function sayWait(headers: Headers, { retry_after: seconds, global }: Record<string, unknown>): void {
  if (!headers.has('retry-after')) headers.set('retry-after', String(typeof seconds === 'number' ? seconds : 60));
  if (typeof global !== 'boolean' || headers.has('x-ratelimit-scope')) return;
  headers.set('x-ratelimit-scope', global ? 'global' : 'user');
  if (global) headers.set('x-ratelimit-global', 'true');
}

/** A refusal as the library reads it: it would throw on others, and nobody would know that it was a refusal. */
function refusalOf({ message, code, errors }: Record<string, unknown>, status: number, statusText: string): object {
  const words = typeof message === 'string' && message !== '' ? message : statusText;
  const number = typeof code === 'number' || typeof code === 'string' ? Number.parseInt(String(code), 10) : Number.NaN;
  if (Number.isNaN(number)) return { error_description: words };
  const whole = { message: words, code: number, errors: Object(errors) };
  try {
    return new DiscordAPIError(whole, number, status, '', '', {}).rawError;
  } catch {
    return { message: words, code: number };
  }
}

/** What is asked first of a server. */
const first = /\/(gateway(\/bot)?|applications\/@me)$/;

/** The same, for a base that has no path: where nothing answers there, `/api` is tried, where Discord has it. */
export function requestUnderApi(base: string): Request {
  let found = base;
  return async (url, init) => {
    const ask = (root: string) => request(url.replace(base, root), init);
    const answer = await ask(found);
    if (answer.status !== 404 || found !== base || !first.test(url)) return answer;
    const other = await ask(`${base}/api`);
    if (other.status === 404) return other;
    found = `${base}/api`;
    await answer.arrayBuffer();
    return other;
  };
}
