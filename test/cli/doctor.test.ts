import { afterEach, describe, expect, it } from 'vitest';
import { checkDiscord } from '../../src/adapters/discord/check.ts';
import { checkSlack } from '../../src/adapters/slack/check.ts';
import { startFakeDiscord, token } from '../fakes/discord/server.ts';
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

  it('shows Slack its token and says whose it is, that it is refused, or that nobody answers', async () => {
    const slack = await startFakeSlack();
    open.push(slack);
    expect(await checkSlack({ token: slack.botToken, apiUrl: slack.apiUrl })).toMatchObject({ ok: true });
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
