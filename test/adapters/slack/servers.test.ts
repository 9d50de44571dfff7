import { describe, expect, it } from 'vitest';
import { createSlackAdapter } from '../../../src/adapters/slack/adapter.ts';
import { checkSlack } from '../../../src/adapters/slack/check.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { leasedRow } from '../../contract/adapter.ts';
import { slashCommand } from '../../fakes/slack/payloads.ts';
import { startFakeSlack } from '../../fakes/slack/server.ts';
import { openAdapter, optionsFor, realRunner, until } from './opened.ts';

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

  it.each([
    ['no envelopes', ['null', '5', '"x"', '[]', '{}', 'no json']],
    [
      'envelopes without what they should hold',
      ['slash_commands', 'interactive', 'events_api'].flatMap((type) =>
        [undefined, null, {}, { event: null }].map((payload) => JSON.stringify({ type, payload })),
      ),
    ],
    ['envelopes of a kind that is yet to come', ['{"type":"future","payload":{"a":1}}', '{"type":"error"}']],
    ['a second hello, and one without anything in it', ['{"type":"hello"}', '{"type":"hello","num_connections":null}']],
  ])('may send %s, and goes on being answered', async (_what, frames) => {
    const warned: string[] = [];
    const keep = (_data: unknown, words: string) => void warned.push(words);
    const { runner, close } = await realRunner();
    const { slack, ...opened } = await openAdapter({ runner, log: { ...silentLog, warn: keep, error: keep } });
    for (const frame of frames) slack.sockets.raw(frame);
    slack.sockets.deliver('slash_commands', slashCommand(slack, '/ban-status', 'laos'));
    await until(() => slack.responses.shown.length === 1);
    expect([slack.sockets.opened(), slack.sockets.violations, warned]).toEqual([1, [], []]);
    await opened.close();
    await close();
  });

  it('hears that what nobody knows arrived', async () => {
    const opened = await openAdapter();
    const { slack } = opened;
    slack.sockets.raw('{"type":"future","envelope_id":"e99","payload":{}}');
    // The fake did not send it as one of its own, and so it wonders at the acknowledgement.
    await until(() => slack.sockets.violations.length === 1);
    expect(slack.sockets.violations[0]).toContain('"envelope_id":"e99"');
    await opened.close();
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
