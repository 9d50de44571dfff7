import { DiscordAPIError, REST, Routes } from 'discord.js';
import { apiOf, type ConnectOptions } from './connect.ts';

/** Asks Discord whose the token is, and nothing else. @returns words for a person, and whether it was well */
export async function checkDiscord(
  options: Pick<ConnectOptions, 'token' | 'apiUrl'>,
): Promise<{ ok: boolean; told: string }> {
  const rest = new REST({ version: '10', timeout: 10_000, retries: 0, ...apiOf(options) }).setToken(options.token);
  try {
    const { name } = Object(await rest.get(Routes.currentApplication()));
    return { ok: true, told: `Discord knows the token: it is ${String(name)}’s` };
  } catch (error) {
    const refused = error instanceof DiscordAPIError && error.status === 401;
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      told: refused
        ? 'Discord refuses DISCORD_TOKEN; copy it anew from the application’s page, under Bot'
        : `Discord cannot be reached (${reason}); check the network and DISCORD_API_URL`,
    };
  }
}
