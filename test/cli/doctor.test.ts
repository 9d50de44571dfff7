import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkDiscord } from '../../src/adapters/discord/check.ts';
import { checkSlack } from '../../src/adapters/slack/check.ts';
import { openTestApp, testConfig } from '../fakes/app.ts';
import { startFakeDiscord, token } from '../fakes/discord/server.ts';
import { runLine } from '../fakes/io.ts';
import { noon } from '../fakes/samples.ts';
import { startFakeSlack } from '../fakes/slack/server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

/** Nothing listens there. */
const nowhere = 'http://127.0.0.1:9/';

describe('doctor', () => {
  it('shows Discord its token and says whose it is, that it is refused, or that nobody answers', async () => {
    const fake = await startFakeDiscord({ description: null });
    open.push(fake);
    expect(await checkDiscord({ token, apiUrl: fake.url })).toMatchObject({ ok: true });
    expect(await checkDiscord({ token: 'wrong.wrong.wrong', apiUrl: fake.url })).toMatchObject({
      ok: false,
      told: expect.stringContaining('refuses DISCORD_TOKEN') as string,
    });
    expect(await checkDiscord({ token, apiUrl: nowhere })).toMatchObject({
      ok: false,
      told: expect.stringContaining('cannot be reached') as string,
    });
  });

  it('finds an empty file where a database should be, and operators hear of it once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bw-empty-'));
    writeFileSync(join(folder, 'borderwire.sqlite'), '');
    const env = { BORDERWIRE_DATA: folder };
    expect((await runLine(['doctor'], env)).out).toMatch(
      /FAIL database: .*was an empty file and is a new database now.*backup/,
    );
    expect((await runLine(['doctor'], env)).out).toMatch(/ok {3}database/);
    const app = await openTestApp({ config: testConfig(env) });
    const untold = await app.store.notices.untold(9);
    await app.close();
    expect(untold.filter(({ kind }) => kind === 'database-begun-anew')).toHaveLength(1);
    rmSync(folder, { recursive: true });
  }, 60_000);

  it('tells a clock that is not the platforms’ own, and channels that cannot be reached', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bw-doctor-'));
    const discord = await startFakeDiscord({ description: null });
    open.push(discord);
    const env = { BORDERWIRE_DATA: folder, DISCORD_TOKEN: token, DISCORD_API_URL: discord.url };
    const well = await runLine(['doctor'], env);
    expect(well.out).toMatch(/ok {3}clock: \d{4}-/);
    expect(well.out).toMatch(/ok {3}channels: 0 subscribed\n/);
    const ahead = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
    const app = await openTestApp({ config: testConfig(env) });
    await app.store.notices.raise({ kind: 'channel-paused', subject: 'c', text: '#news is closed to us.', at: noon });
    await app.close();
    const ill = await runLine(['doctor'], env);
    ahead.mockRestore();
    expect(ill.out).toMatch(/FAIL clock: .* is 60 min ahead of Discord’s; set the machine’s clock/);
    expect(ill.out).toContain('FAIL channels: 0 subscribed; #news is closed to us.');
    expect(ill.code).toBe(1);
    rmSync(folder, { recursive: true });
  }, 60_000);

  it('shows Slack its token and says whose it is, that it is refused, or that nobody answers', async () => {
    const slack = await startFakeSlack();
    open.push(slack);
    expect(await checkSlack({ token: slack.botToken, apiUrl: slack.apiUrl })).toMatchObject({ ok: true });
    const both = { token: slack.botToken, apiUrl: slack.apiUrl, appToken: slack.appToken };
    expect(await checkSlack(both)).toMatchObject({ ok: true });
    expect(await checkSlack({ ...both, appToken: 'xapp-wrong' })).toMatchObject({
      ok: false,
      told: expect.stringContaining('refuses SLACK_APP_TOKEN (invalid_auth)') as string,
    });
    expect(await checkSlack({ token: 'xoxb-wrong', apiUrl: slack.apiUrl })).toMatchObject({
      ok: false,
      told: expect.stringContaining('invalid_auth') as string,
    });
    expect(await checkSlack({ token: slack.botToken, apiUrl: nowhere })).toMatchObject({
      ok: false,
      told: expect.stringContaining('cannot be reached') as string,
    });
  });
});
