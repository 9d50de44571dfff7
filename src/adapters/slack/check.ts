import { webApi } from '@slack/bolt';
import { silentLog } from '../../lib/log.ts';
import { callingAt } from './calling.ts';
import { leastScopes } from './extras.ts';
import { boltLogger } from './logger.ts';

/** Asks Slack whose token it is and what it may do, and nothing else. @returns words for a person, and whether it was well */
export async function checkSlack({
  token,
  apiUrl,
}: {
  token: string;
  apiUrl?: string;
}): Promise<{ ok: boolean; told: string }> {
  const client = new webApi.WebClient(token, {
    retryConfig: { retries: 0 },
    fetch: callingAt(apiUrl),
    timeout: 10_000,
    logger: boltLogger(silentLog),
    ...(apiUrl === undefined ? {} : { slackApiUrl: `${apiUrl.replace(/\/+$/, '')}/` }),
  });
  try {
    const { team, response_metadata } = await client.auth.test();
    const granted = response_metadata?.scopes;
    const missing = granted === undefined ? [] : leastScopes.filter((scope) => !granted.includes(scope));
    if (missing.length > 0)
      return {
        ok: false,
        told: `Slack knows the token, but ${missing.join(', ')} is not granted; install the app again from the manifest`,
      };
    return { ok: true, told: `Slack knows the token: it is for ${String(team)}` };
  } catch (error) {
    const refused = error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      told:
        refused === undefined
          ? `Slack cannot be reached (${reason}); check the network and SLACK_API_URL`
          : `Slack refuses SLACK_BOT_TOKEN (${refused}); copy it anew from OAuth & Permissions`,
    };
  }
}
