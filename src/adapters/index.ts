/**
 * Every chat platform that Borderwire speaks on: a folder here, and one line in this list. Each is loaded only when it
 * is used, since the platforms' libraries are large.
 */
export const adapters = {
  console: async () => (await import('./console/adapter.ts')).createConsoleAdapter,
  discord: async () => (await import('./discord/adapter.ts')).createDiscordAdapter,
  slack: async () => (await import('./slack/adapter.ts')).createSlackAdapter,
} as const;
