import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { install, makeDue, type Running, startProgram, stored } from '../fakes/crash/program.ts';
import { development, noise, openPublisher, type Publisher } from '../fakes/crash/publisher.ts';
import { formSubmission, slashCommand } from '../fakes/slack/payloads.ts';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts';
import type { Envelope } from '../fakes/slack/sockets.ts';

let folder = '';
let slack: FakeSlack;
let publisher: Publisher;
let running: Running | null = null;

beforeAll(() => {
  if (!existsSync('dist/main.js')) throw new Error('Run npm run build first: these tests start the built program.');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'borderwire-slack-'));
  const begun = Date.now();
  // Slack's time goes slower than the machine's, however busy that is: twelve seconds to acknowledge, not three.
  slack = await startFakeSlack(() => begun + (Date.now() - begun) / 4);
  slack.scopes.add('files:write');
  publisher = await openPublisher(1);
});
afterEach(async () => {
  running?.process.kill('SIGKILL');
  await running?.ended;
  await slack.close();
  await publisher.close();
  await rm(folder, { recursive: true, force: true });
});

const within = { timeout: 60_000, interval: 50 };
const shownWith = (words: string) =>
  slack.responses.shown.filter((one) => JSON.stringify(one.blocks).includes(words)).length;
const titles = () => slack.messages.map(({ text }) => text.split('\n')[0]);

function start(place: ReturnType<typeof install>, apiUrl: string): () => string {
  let output = '';
  const environment = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: apiUrl,
  };
  running = startProgram(place, 'run', (text) => void (output += text), environment);
  return () => output;
}

async function acknowledged(envelope: Envelope): Promise<string> {
  await expect.poll(() => envelope.state, within).toBe('acknowledged');
  return JSON.stringify(envelope.response ?? null);
}

describe('a newcomer with nothing but the two tokens', () => {
  it('is acknowledged while the first map is drawn, subscribes, and gets the first alert once, over a kill', async () => {
    const place = install(folder, publisher.urls);
    publisher.publish(0, noise(0));
    const said = start(place, `${slack.apiUrl}/`);
    await expect.poll(said, within).toContain('talking on Slack');

    // A cold start of the thread that draws: the map by a command, the list by a form, and more at the same time. An
    // answer whose picture is late goes out without it: whoever asks again has it.
    slack.modals.push({ type: 'modal' });
    const pictured = () => shownWith('slack_file') + Number(JSON.stringify(slack.modals[0]).includes('slack_file'));
    for (let round = 1; round === 1 || (pictured() < 3 && round < 5); round++) {
      const first = [
        slack.sockets.deliver('slash_commands', slashCommand(slack, '/ban-status')),
        slack.sockets.deliver('interactive', formSubmission(slack, 'form:ban-status', {})),
        slack.sockets.deliver('slash_commands', slashCommand(slack, '/timeline', 'rwanda')),
        slack.sockets.deliver('slash_commands', slashCommand(slack, '/borderwire', 'deals')),
      ];
      for (const envelope of first) await acknowledged(envelope);
      await expect.poll(() => slack.responses.shown.length, within).toBe(3 * round);
    }
    expect(pictured()).toBeGreaterThanOrEqual(3);
    expect(slack.sockets.violations).toEqual([]);

    slack.sockets.deliver('slash_commands', slashCommand(slack, '/subscribe'));
    await expect.poll(titles, within).toEqual(['Borderwire is set up here']);
    await expect.poll(() => shownWith('Subscribed'), within).toBe(1);
    await expect.poll(() => stored(place).entryTitles.length, within).toBe(1);
    publisher.publish(0, development(1));
    makeDue(place);
    await expect.poll(() => titles().length, within).toBe(2);
    expect(slack.messages[1]).toMatchObject({ channel: 'C1', args: { unfurl_links: false, unfurl_media: false } });

    running?.process.kill('SIGKILL');
    await running?.ended;
    const [connections, answers] = [slack.sockets.opened(), slack.responses.shown.length];
    start(place, slack.origin);
    await expect.poll(() => slack.sockets.opened(), within).toBe(connections + 1);
    slack.sockets.deliver('slash_commands', slashCommand(slack, '/borderwire', 'latest'));
    await expect.poll(() => slack.responses.shown.length, within).toBe(answers + 1);
    expect(titles().length).toBe(2);
    // Too soon by Slack's slow time is no fault.
    const wrong = slack.calls.flatMap((call) => call.violations).filter((one) => one !== 'ratelimited');
    expect([slack.sockets.violations, wrong]).toEqual([[], []]);
  }, 180_000);
});
