import type { webApi } from '@slack/bolt';
import { Agent, fetch as undiciFetch } from 'undici';

type Fetch = NonNullable<webApi.WebClientOptions['fetch']>;

/**
 * Calls with a connection each: one that was kept and that Slack has just closed would leave open whether a message
 * arrived. Another server than Slack may have its methods at the address given, or under /api there, as Slack has them.
 */
export function callingAt(apiUrl: string | undefined): Fetch {
  const dispatcher = new Agent({ pipelining: 0 });
  const root = apiUrl !== undefined && new URL(apiUrl).pathname === '/' ? new URL('/', apiUrl).href : null;
  let base = root;

  const call = (url: string, init: object | undefined) => undiciFetch(url, { ...init, dispatcher });

  return async (input, init) => {
    const url = String(input);
    const method = root !== null && url.startsWith(root) ? url.slice(root.length) : '';
    // Not what a server names itself, as where to answer.
    if (!/^[\w.]+$/.test(method)) return call(url, init);
    const answer = await call(`${base}${method}`, init);
    if (answer.status !== 404 || base !== root) return answer;
    const under = await call(`${root}api/${method}`, init);
    if (under.status === 404) return answer;
    base = `${root}api/`;
    return under;
  };
}
