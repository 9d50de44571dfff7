import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { roles } from '../../src/app-run.ts';
import { openStore } from '../../src/store/open.ts';
import { install, startProgram } from '../fakes/crash/program.ts';
import { development, noise } from '../fakes/crash/publisher.ts';
import { openServers } from '../fakes/crash/servers.ts';
import { readLog } from '../fakes/crash/shown.ts';
import { ask, havePostgres, newDatabase } from '../fakes/postgres.ts';
import { subscription } from '../fakes/samples.ts';

beforeAll(() => {
  if (!existsSync('dist/main.js')) throw new Error('Run npm run build first: these tests start the built program.');
});

/** Sends need the tokens, polls and stories do not. */
function tokensFor(role: string, all: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (role === 'poll' || role === 'ingest') return {};
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => role === 'deliver' || name.startsWith(role.toUpperCase())),
  );
}

describe.skipIf(!havePostgres())('five processes, a role each, on one PostgreSQL database', () => {
  it('take an entry to a message on both platforms, once, and stop in order', async () => {
    const { url, drop } = await newDatabase();
    const servers = await openServers({}, () => () => 1);
    servers.faulty = false;
    const folder = mkdtempSync(join(tmpdir(), 'borderwire-roles-'));
    const place = install(folder, servers.feeds);
    const env = {
      ...servers.env,
      DISCORD_API_URL: servers.discord.apiUrl,
      SLACK_API_URL: servers.slack.apiUrl,
      LOG_LEVEL: 'silent',
    };
    for (const feed of servers.feeds.keys()) servers.publisher?.publish(feed, noise(feed));
    expect(await startProgram(place, 'poll', () => {}, { ...env, DATABASE_URL: url }).ended).toBe(0);
    const store = await openStore({ url, migrations: 'migrations', now: Date.now });
    const { discord, slack } = servers;
    const channels = [
      ...discord.channels.map((id) => ({ platform: 'discord' as const, workspace: discord.workspace, id })),
      ...slack.channels.map((id) => ({ platform: 'slack' as const, workspace: slack.workspace, id })),
    ];
    for (const channel of channels) await store.subscriptions.add(subscription(channel.id, { channel }));
    await store.close();
    const said = new Map<string, string>();
    const running = roles.map((role) =>
      startProgram(place, `run --roles ${role}`, (text) => void said.set(role, (said.get(role) ?? '') + text), {
        ...tokensFor(role, env),
        LOG_LEVEL: 'silent',
        DATABASE_URL: url,
      }),
    );
    // Beside the alerts, the first round greeted the server, which followed nothing yet.
    const shown = async () =>
      [...((await readLog(discord.apiUrl)) ?? []), ...((await readLog(slack.apiUrl)) ?? [])].filter(({ text }) =>
        text.includes('agrees to'),
      );
    const until = async (holds: () => Promise<boolean>) => {
      const end = Date.now() + 120_000;
      while (!(await holds()) && Date.now() < end) {
        await ask(url, 'update source set next_poll_at = null');
        await sleep(500);
      }
    };
    try {
      await until(async () => roles.every((role) => said.get(role)?.includes('is ready')));
      servers.publisher?.publish(0, development(0));
      servers.publisher?.publish(1, development(1));
      await until(async () => (await shown()).length >= 2 * channels.length);
      await sleep(2_000);
      const messages = await shown();
      expect(messages).toHaveLength(2 * channels.length);
      expect(new Set(messages.map((one) => `${one.channel} ${one.text}`)).size).toBe(messages.length);
      for (const one of running) one.process.kill('SIGTERM');
      expect(await Promise.all(running.map((one) => one.ended))).toEqual(roles.map(() => 0));
      expect(said.get('poll')).toContain('this process does: poll');
      expect(said.get('discord')).toContain('talking on Discord');
    } finally {
      for (const one of running) one.process.kill('SIGKILL');
      await Promise.all(running.map((one) => one.ended));
      await servers.close();
      await drop();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 300_000);
});
