import { describe, expect, it } from 'vitest';
import { createSlackAdapter } from '../../../src/adapters/slack/adapter.ts';
import { checkSlack } from '../../../src/adapters/slack/check.ts';
import { leasedRow } from '../../contract/adapter.ts';
import { slashCommand } from '../../fakes/slack/payloads.ts';
import { startFakeSlack } from '../../fakes/slack/server.ts';
import { optionsFor, realRunner, until } from './opened.ts';

describe('a server like Slack', () => {
  it.each([
    ['with its methods’ folder', (origin: string) => `${origin}/api`],
    ['with a slash at the end', (origin: string) => `${origin}/api/`],
    ['by its host alone', (origin: string) => origin],
    ['by its host and a slash', (origin: string) => `${origin}/`],
  ])('is found %s', async (_how, addressOf) => {
    const slack = await startFakeSlack();
    const apiUrl = addressOf(slack.origin);
    const { runner, close } = await realRunner();
    const adapter = createSlackAdapter({ ...optionsFor(slack, { runner }), apiUrl });
    await adapter.start();
    slack.sockets.deliver('slash_commands', slashCommand(slack, '/ban-status', 'laos'));
    await until(() => slack.responses.shown.length === 1);
    expect(await adapter.send(leasedRow(adapter, 'a'))).toMatchObject({ kind: 'sent' });
    expect(await checkSlack({ token: slack.botToken, apiUrl })).toMatchObject({ ok: true });
    await adapter.stop();
    await slack.close();
    await close();
  });

  it('that never says hello is taken all the same, and left for a new socket when it asks', async () => {
    const slack = await startFakeSlack();
    slack.sockets.silent = true;
    const { runner, close } = await realRunner();
    const adapter = createSlackAdapter({ ...optionsFor(slack, { runner }), helloWithinMs: 50 });
    await adapter.start();
    for (const round of [1, 2]) {
      await until(() => slack.sockets.opened() === round && slack.sockets.connections() === 1);
      slack.sockets.deliver('slash_commands', slashCommand(slack, '/ban-status', 'laos'));
      await until(() => slack.responses.shown.length === round);
      slack.sockets.refresh();
    }
    expect(slack.sockets.violations).toEqual([]);
    await adapter.stop();
    await slack.close();
    await close();
  });

  it('answers each call on a connection of its own, so that none is lost with a kept one', async () => {
    const slack = await startFakeSlack(() => Date.now() * 1000);
    const adapter = createSlackAdapter(optionsFor(slack));
    await adapter.start();
    for (const id of ['a', 'b', 'c']) {
      expect(await adapter.send(leasedRow(adapter, id))).toMatchObject({ kind: 'sent' });
      slack.dropIdle();
    }
    await adapter.stop();
    await slack.close();
  });
});
