import type { RequestListener } from 'node:http';
import { adapters } from '../adapters/index.ts';
import { scopesOf } from '../adapters/slack/extras.ts';
import type { Followed } from '../adapters/slack/home.ts';
import type { OAuthOptions } from '../adapters/slack/oauth.ts';
import type { SlashNames } from '../adapters/slack/slash-text.ts';
import type { App } from '../app.ts';
import { describeSubscription } from '../commands/subscription-words.ts';
import type { Config } from '../config/load.ts';
import type { ChatAdapter } from '../core/delivery.ts';
import { isoAt } from '../lib/clock.ts';
import type { HttpServer } from '../lib/http-server.ts';
import { slackPlaces } from './places.ts';

type Environment = Config['environment'];

/** Whether this installation talks on Slack: in one workspace, or in many. */
export function usesSlack({ SLACK_BOT_TOKEN, SLACK_CLIENT_ID }: Environment): boolean {
  return SLACK_BOT_TOKEN !== undefined || SLACK_CLIENT_ID !== undefined;
}

/** Whether Slack or people must reach it: HTTP mode, or the install page of many workspaces. */
export function slackNeedsHttp({ SLACK_APP_TOKEN, SLACK_CLIENT_ID }: Environment): boolean {
  return SLACK_APP_TOKEN === undefined || SLACK_CLIENT_ID !== undefined;
}

/** Slack's adapter. Requests come through `http`; without it nothing is listened on. */
export async function slackFor(app: App, http: HttpServer | undefined): Promise<ChatAdapter> {
  const { environment, settings } = app.config;
  const create = await adapters.slack();
  const oauth = await oauthFor(app);
  return create({
    ...(environment.SLACK_BOT_TOKEN === undefined ? {} : { botToken: environment.SLACK_BOT_TOKEN }),
    ...(environment.SLACK_APP_TOKEN === undefined ? {} : { appToken: environment.SLACK_APP_TOKEN }),
    ...(environment.SLACK_SIGNING_SECRET === undefined ? {} : { signingSecret: environment.SLACK_SIGNING_SECRET }),
    ...(environment.SLACK_API_URL === undefined ? {} : { apiUrl: environment.SLACK_API_URL }),
    ...(settings.slack.publicUrl === '' ? {} : { publicUrl: settings.slack.publicUrl }),
    ...(oauth ? { oauth } : {}),
    mount: (listener: RequestListener) => http?.mount(listener),
    operators: settings.operators.slack,
    managers: settings.slack.managers,
    commandNames: slackNames(app.config),
    places: slackPlaces(app),
    follows: (workspace) => followedIn(app, workspace),
    runner: app.dispatcher,
    phrases: app.phrases,
    log: app.log.child({ part: 'slack' }),
    now: () => app.clock.now(),
  });
}

/** Many workspaces, where a client is configured: the environment holds all that it needs, or was refused. */
async function oauthFor({ config, store, clock }: App): Promise<OAuthOptions | undefined> {
  const { SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, BORDERWIRE_ENCRYPTION_KEY } = config.environment;
  if (SLACK_CLIENT_ID === undefined || SLACK_CLIENT_SECRET === undefined) return undefined;
  const { createSeal } = await import('../adapters/slack/seal.ts');
  const { createInstallations } = await import('../adapters/slack/installations.ts');
  const { extras, publicUrl } = config.settings.slack;
  const seal = createSeal(BORDERWIRE_ENCRYPTION_KEY);
  return {
    clientId: SLACK_CLIENT_ID,
    clientSecret: SLACK_CLIENT_SECRET,
    stateSecret: seal.derive('oauth state'),
    installations: createInstallations(store.installations, seal, () => isoAt(clock.now())),
    scopes: scopesOf(extras),
    ...(publicUrl === '' ? {} : { publicUrl }),
  };
}

async function followedIn({ store, countries }: App, workspace: string): Promise<readonly Followed[]> {
  const subscriptions = await store.subscriptions.inWorkspace('slack', workspace);
  return subscriptions.map((one) => ({
    channel: one.channel.id,
    words: describeSubscription(one, countries),
    paused: one.status === 'paused' ? (one.pausedBecause ?? '') : null,
  }));
}

/** The slash commands that settings.yaml gives another name. */
export function slackNames({ settings }: Pick<Config, 'settings'>): Partial<SlashNames> {
  return Object.fromEntries(Object.entries(settings.slack.commands).filter(([, name]) => name !== undefined));
}
