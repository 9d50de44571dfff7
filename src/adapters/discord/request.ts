import { DefaultRestOptions, type RESTOptions } from 'discord.js';

type Request = RESTOptions['makeRequest'];

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

/** What says that it is JSON and is not, or is empty, holds nothing: that it was answered is what counts. */
function readable(answer: Awaited<ReturnType<Request>>): Awaited<ReturnType<Request>> {
  const json = async (): Promise<unknown> => {
    try {
      return JSON.parse(await answer.text());
    } catch (error) {
      if (error instanceof SyntaxError) return {};
      throw error;
    }
  };
  return Object.assign(answer, { json });
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
