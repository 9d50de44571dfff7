import { DefaultRestOptions, type RESTOptions } from 'discord.js';

/**
 * Sends forms with files as the bytes that they are. Two versions of undici share one dispatcher in a process, that of
 * whichever was loaded first; it cannot read a form that was made for the other, and the answer would never come.
 */
export const sendAsBytes: RESTOptions['makeRequest'] = async (url, init) => {
  const { body } = init;
  if (!(body instanceof FormData)) return DefaultRestOptions.makeRequest(url, init);
  const form = new Response(body);
  const headers = {
    ...Object.fromEntries(new Headers(init.headers as Record<string, string>)),
    'content-type': form.headers.get('content-type') ?? '',
  };
  return DefaultRestOptions.makeRequest(url, { ...init, headers, body: new Uint8Array(await form.arrayBuffer()) });
};
