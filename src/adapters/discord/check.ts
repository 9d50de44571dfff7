import { DiscordAPIError, REST, RESTEvents, Routes } from 'discord.js';
import { apiOf, type ConnectOptions } from './connect.ts';

/** Asks Discord whose the token is, and nothing else. @returns words for a person, whether it was well, and Discord's clock */
export async function checkDiscord(
  options: Pick<ConnectOptions, 'token' | 'apiUrl'>,
): Promise<{ ok: boolean; told: string; clock: string | null }> {
  let clock: string | null = null;
  const rest = new REST({ version: '10', timeout: 10_000, retries: 0, ...apiOf(options) }).setToken(options.token);
  rest.on(RESTEvents.Response, (_request, { headers }) => {
    clock = headers.get('date');
  });
  try {
    const { name } = Object(await rest.get(Routes.currentApplication()));
    return { ok: true, told: `Discord knows the token: it is ${String(name)}’s`, clock };
  } catch (error) {
    const refused = error instanceof DiscordAPIError && error.status === 401;
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      told: refused
        ? 'Discord refuses DISCORD_TOKEN; copy it anew from the application’s page, under Bot'
        : `Discord cannot be reached (${reason}); check the network and DISCORD_API_URL`,
      clock,
    };
  }
}
