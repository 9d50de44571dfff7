import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../src/app.ts';
import { commandData } from './adapters/discord/asking.ts';
import { openDiscord } from './adapters/discord/open.ts';
import { openAdapter, until } from './adapters/slack/opened.ts';
import { openTestApp } from './fakes/app.ts';
import { slashCommand } from './fakes/slack/payloads.ts';

let app: App;
beforeAll(async () => {
  app = await openTestApp({ memory: true });
  // The first picture of a process takes longest: an answer would go out without it on a machine that is busy.
  await app.pictures.draw(app.pictures.deals('2026-01-02', { theme: 'light', locale: 'en' }), 'png');
}, 60_000);
afterAll(() => app.close());

const asked = [
  ['map', 'ban-status', { on: '2026-01-02' }, 'World map: US entry suspensions (travel bans), 2 January 2026.'],
  ['chart', 'timeline', { country: 'Rwanda' }, 'Timeline chart: Rwanda'],
] as const;

describe.each(asked)('the %s of /%s', (kind, command, args, alt) => {
  it('is a file of Discord’s answer, shown in it, with its alt text', async () => {
    const { fake, adapter } = await openDiscord({ runner: app.dispatcher });
    await adapter.start();
    const answer = JSON.stringify(await fake.ask(2, { data: commandData(command, args) }).answered);
    expect(answer).toMatch(new RegExp(`attachment://borderwire-${kind}-[0-9a-f]{8}\\.png`));
    expect(answer).toContain(`"description":"${alt}`);
    expect(fake.problems).toEqual([]);
    await adapter.stop();
    await fake.close();
  }, 30_000);

  it('is uploaded to Slack, and a block of the answer with its alt text', async () => {
    const opened = await openAdapter({ runner: app.dispatcher });
    const { slack } = opened;
    slack.scopes.add('files:write');
    const line = Object.values(args).join(' ');
    const text = command === 'ban-status' ? `on ${line}` : line;
    slack.sockets.deliver('slash_commands', slashCommand(slack, `/${command}`, text));
    await until(() => slack.responses.shown.length === 1);
    const image = slack.responses.shown[0]?.blocks?.find((block) => Reflect.get(Object(block), 'type') === 'image');
    expect(image).toMatchObject({ slack_file: { id: 'F1' }, alt_text: expect.stringContaining(alt) });
    expect(slack.files.get('F1')).toMatchObject({ state: 'complete', alt: expect.stringContaining(alt) });
    expect(slack.calls.flatMap((call) => call.violations)).toEqual([]);
    await opened.close();
  }, 30_000);
});
