import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { HTTPReceiver } from '@slack/bolt';

/** More than Slack ever sends. */
const mostBytes = 4 * 1024 * 1024;
/** Seconds that a request may be signed for a time to come; Bolt looks only at how long ago it was. */
const mostEarly = 300;
const formType = 'application/x-www-form-urlencoded';

/**
 * Hands Slack's requests to Bolt, which would end the process at a body that is no object, reads a form by one spelling
 * of its type alone, and throws at requests that are not for it.
 */
export function requestsOf(receiver: HTTPReceiver): RequestListener {
  async function hand(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers, method } = request;
    const early = Number(headers['x-slack-request-timestamp']) - Date.now() / 1000;
    if (early > mostEarly) return refuse(response, 401);
    if (method === 'POST') {
      const body = await bodyOf(request);
      if (body === null) return refuse(response, 413);
      const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
      if (!isObject(body.toString('utf8'), type)) return refuse(response, 400);
      headers['content-type'] = type;
      Reflect.set(request, 'rawBody', body);
    }
    receiver.requestListener(request, response);
  }
  return (request, response) => {
    hand(request, response).catch(() => refuse(response, 404));
  };
}

/** The whole body, or null when it is too long. Rejects when it breaks off. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    const read = Buffer.from(part);
    bytes += read.byteLength;
    // The rest is read and let go: who still sends does not hear an answer.
    if (bytes <= mostBytes) parts.push(read);
  }
  return bytes > mostBytes ? null : Buffer.concat(parts);
}

/** Whether a body holds what Slack sends: an object, in JSON or as a form. */
function isObject(body: string, type: string): boolean {
  const text = type === formType ? new URLSearchParams(body).get('payload') : body;
  if (text === null) return true;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Says no, unless something was said already. */
export function refuse(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'text/plain' }).end();
}
