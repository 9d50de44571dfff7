import { webApi } from '@slack/bolt';
import { silentLog } from '../../lib/log.ts';
import { callingAt } from './calling.ts';
import { leastScopes } from './extras.ts';
import { boltLogger } from './logger.ts';

/**
 * Asks Slack whose token it is and what it may do, and whether it takes the app's token, and nothing else.
 * @returns words for a person, whether it was well, and Slack's clock
 */
export async function checkSlack({
  token,
  appToken,
  apiUrl,
}: {
  token: string;
  appToken?: string | undefined;
  apiUrl?: string;
}): Promise<{ ok: boolean; told: string; clock: string | null }> {
  let clock: string | null = null;
  const call = callingAt(apiUrl);
  const options: webApi.WebClientOptions = {
    retryConfig: { retries: 0 },
    fetch: async (input, init) => {
      const answer = await call(input, init);
      clock = answer.headers.get('date');
      return answer;
    },
    timeout: 10_000,
    logger: boltLogger(silentLog),
    ...(apiUrl === undefined ? {} : { slackApiUrl: `${apiUrl.replace(/\/+$/, '')}/` }),
  };
  let asked = 'SLACK_BOT_TOKEN (%); copy it anew from OAuth & Permissions';
  try {
    const { team, response_metadata } = await new webApi.WebClient(token, options).auth.test();
    const granted = response_metadata?.scopes;
    const missing = granted === undefined ? [] : leastScopes.filter((scope) => !granted.includes(scope));
    if (missing.length > 0) {
      const told = `Slack knows the token, but ${missing.join(', ')} is not granted; install the app again from the manifest`;
      return { ok: false, told, clock };
    }
    asked = 'SLACK_APP_TOKEN (%); make one with the scope connections:write under Basic Information';
    // Gives an address to connect to, which ends by itself when nobody does.
    if (appToken !== undefined) await new webApi.WebClient(appToken, options).apps.connections.open();
    return { ok: true, told: `Slack knows the token: it is for ${String(team)}`, clock };
  } catch (error) {
    const refused = error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
    const reason = error instanceof Error ? error.message : String(error);
    const told =
      refused === undefined
        ? `Slack cannot be reached (${reason}); check the network and SLACK_API_URL`
        : `Slack refuses ${asked.replace('%', refused)}`;
    return { ok: false, told, clock };
  }
}
