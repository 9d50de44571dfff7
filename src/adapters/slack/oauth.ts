import type { RequestListener, ServerResponse } from 'node:http';
import type { HTTPReceiverOptions, SocketModeReceiver, webApi } from '@slack/bolt';
import type { Log } from '../../core/ports.ts';
import type { Installations } from './installations.ts';
import { refuse } from './requests.ts';

export const installPath = '/slack/install';
export const redirectPath = '/slack/oauth_redirect';

/** What many workspaces need: Slack's OAuth client, and where their tokens are kept. */
export interface OAuthOptions {
  clientId: string;
  clientSecret: string;
  /** Signs the state parameter. */
  stateSecret: string;
  installations: Installations;
  scopes: readonly string[];
  /** Where people reach us; Slack's first redirect URL of the app when absent. */
  publicUrl?: string;
  /** A workspace that took the app back in goes on where it was. */
  onInstalled?: (workspace: string) => Promise<void>;
}

type Given = NonNullable<HTTPReceiverOptions['installerOptions']>;

interface ReceiverOptions {
  clientId: string;
  clientSecret: string;
  stateSecret: string;
  installationStore: Installations;
  scopes: string[];
  redirectUri?: string;
  installerOptions: Required<
    Pick<Given, 'clientOptions' | 'redirectUriPath' | 'renderHtmlForInstallPath' | 'callbackOptions'>
  > & { authorizationUrl?: string };
}

/** Bolt's options for the install pages. `apiUrl`: the Web API's base, on whose host one is asked for consent. */
export function installerOptions(
  oauth: OAuthOptions,
  { clientOptions, apiUrl, log }: { clientOptions: webApi.WebClientOptions; apiUrl: string | undefined; log: Log },
): ReceiverOptions {
  const { clientId, clientSecret, stateSecret, installations, scopes, publicUrl } = oauth;
  return {
    clientId,
    clientSecret,
    stateSecret,
    installationStore: installations,
    scopes: [...scopes],
    ...(publicUrl === undefined ? {} : { redirectUri: `${publicUrl.replace(/\/+$/, '')}${redirectPath}` }),
    installerOptions: {
      clientOptions,
      redirectUriPath: redirectPath,
      ...(apiUrl === undefined ? {} : { authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href }),
      renderHtmlForInstallPath: installPage,
      callbackOptions: {
        successAsync: async (installation, _options, _request, response) => {
          const workspace = installation.team?.id ?? '';
          log.info({ workspace }, 'installed in a Slack workspace');
          await oauth.onInstalled?.(workspace);
          show(response, 200, 'Borderwire is installed', doneWords);
        },
        failure: (error, _options, _request, response) => {
          log.warn({ err: error }, 'installing in a Slack workspace failed');
          show(response, 400, 'Borderwire was not installed', failedWords);
        },
      },
    },
  };
}

const doneWords = [
  'In Slack, invite it to a channel with <code>/invite @Borderwire</code>, then type <code>/subscribe</code> there.',
  'Its Home tab shows what your workspace follows. You may close this page.',
];
const failedWords = [
  `The request was cancelled, took longer than ten minutes, or did not begin in this browser. Nothing was stored.`,
  `<a href="${installPath}">Begin again</a>`,
];
const introduction = [
  'It tells your channels about US travel bans and deportation deals, each development once, with sources and dates.',
  'It asks to post where it is invited and to add slash commands. It reads no messages and keeps no record of who asks ' +
    'what. Removing the app deletes its token here. Information, not legal advice.',
];

function installPage(url: string): string {
  return page('Borderwire for Slack', [...introduction, `<a href="${url.replaceAll('&', '&amp;')}">Add to Slack</a>`]);
}

function show(response: ServerResponse, status: number, title: string, words: readonly string[]): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(page(title, words));
}

function page(title: string, words: readonly string[]): string {
  const body = words.map((line) => `<p>${line}</p>`).join('\n');
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<body style="font: 1rem/1.5 sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem">
<h1>${title}</h1>
${body}
</body></html>
`;
}

type Installer = NonNullable<SocketModeReceiver['installer']>;

/** The install pages alone, for Socket Mode, where nothing else comes over HTTP. */
export function installListener(installer: Installer, options: ReceiverOptions): RequestListener {
  const { scopes, redirectUri, installerOptions: more } = options;
  const shown = { scopes, ...(redirectUri === undefined ? {} : { redirectUri }) };
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0];
    const isGet = request.method === 'GET';
    if (isGet && path === installPath) answer(installer.handleInstallPath(request, response, {}, shown), response);
    else if (isGet && path === redirectPath)
      answer(installer.handleCallback(request, response, more.callbackOptions), response);
    else refuse(response, 404);
  };
}

function answer(handling: Promise<void>, response: ServerResponse): void {
  handling.catch(() => show(response, 500, 'Borderwire was not installed', failedWords));
}
