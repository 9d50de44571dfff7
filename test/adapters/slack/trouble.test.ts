import { afterEach, describe, expect, it } from 'vitest';
import {
  buttonPress,
  eventOf,
  formSubmission,
  pressInView,
  shortcut,
  slashCommand,
} from '../../fakes/slack/payloads.ts';
import { type Opened, openWithCommands, until } from './opened.ts';

let opened: Opened;
afterEach(() => opened.close());

describe('a socket that is exchanged', () => {
  it.each(['warning', 'refresh_requested', 'link_disabled'] as const)(
    'for “%s” loses no question that was on its way, and answers none twice',
    async (reason) => {
      opened = await openWithCommands();
      const { sockets, responses } = opened.slack;
      for (let round = 1; round <= 5; round += 1) {
        const asked = ['ban-status laos', 'deals', 'courts'].map((text) =>
          sockets.deliver('slash_commands', slashCommand(opened.slack, '/borderwire', text)),
        );
        sockets.refresh(reason);
        await until(() => sockets.opened() > round && asked.every(({ state }) => state === 'acknowledged'));
        await until(() => responses.shown.length === 3 * round);
      }
      sockets.deliver('slash_commands', slashCommand(opened.slack, '/borderwire', 'help'));
      await until(() => responses.shown.length > 15);
      expect([responses.shown.length, responses.refused, sockets.violations]).toEqual([16, [], []]);
    },
  );
});

describe('what nobody here listens for', () => {
  it('is acknowledged all the same: what an older version posted, and what is yet to come', async () => {
    opened = await openWithCommands();
    const { slack } = opened;
    const older = { action_id: 'older:button', value: 'x' };
    const payloads = [
      buttonPress(slack, older),
      pressInView(slack, older, { id: 'VH', type: 'home' }),
      shortcut(slack, 'older_shortcut'),
      shortcut(slack, 'older_shortcut', { text: 'x', ts: '1.1' }),
      formSubmission(slack, 'older', {}),
      { ...formSubmission(slack, 'form:subscribe', {}), type: 'view_closed', is_cleared: false },
      { type: 'dialog_submission', callback_id: 'x', submission: {}, user: { id: 'U1' }, team: { id: 'T1' } },
      { type: 'yet_to_come', user: { id: 'U1' }, team: { id: 'T1' } },
    ];
    const sent = [
      ...payloads.map((payload) => slack.sockets.deliver('interactive', payload)),
      slack.sockets.deliver('events_api', eventOf(slack, { type: 'yet_to_come' })),
    ];
    await until(() => sent.every(({ state }) => state === 'acknowledged'));
    expect(slack.sockets.violations).toEqual([]);
  });
});

describe('what Slack no longer takes', () => {
  it('is told in the channel, to the asker alone, where the address to answer at was used five times', async () => {
    opened = await openWithCommands();
    const { slack } = opened;
    const command = slashCommand(slack, '/ban-status', 'laos');
    for (let use = 0; use < 5; use += 1) await fetch(command.response_url, { method: 'POST', body: '{"text":"x"}' });
    slack.sockets.deliver('slash_commands', command);
    await until(() => slack.whispers.length === 1);
    expect(slack.whispers[0]).toMatchObject({ user: 'U1', text: expect.stringContaining('Laos') });
  });

  it('is said in words where a window can no longer be opened', async () => {
    let time = Date.now();
    opened = await openWithCommands({}, () => time);
    const { slack } = opened;
    const late = {
      command: slashCommand(slack, '/subscribe', 'form'),
      button: buttonPress(slack, { action_id: 'form:timeline', value: 'timeline' }),
      home: pressInView(slack, { action_id: 'form:timeline', value: 'timeline' }, { id: 'VH', type: 'home' }),
      shortcut: shortcut(slack, 'borderwire_ask'),
    };
    time += 3_001;
    slack.sockets.deliver('slash_commands', late.command);
    await until(() => slack.responses.shown.length === 1);
    slack.sockets.deliver('interactive', late.button);
    await until(() => slack.responses.shown.length === 2);
    for (const payload of [late.home, late.shortcut]) slack.sockets.deliver('interactive', payload);
    await until(() => slack.calls.filter(({ method }) => method === 'views.open').length === 4);
    expect(slack.responses.shown.map(({ text }) => text.split('\n')[0])).toEqual(['/subscribe', '/timeline']);
    expect(slack.responses.shown[0]?.text).toMatch(/Usage|country/);
  });
});

describe('a channel that workspaces share', () => {
  it('is followed in the workspace that has the app, whoever asks', async () => {
    opened = await openWithCommands();
    const { slack } = opened;
    const stranger = { team_id: 'T9', user_id: 'U9' };
    slack.sockets.deliver('slash_commands', { ...slashCommand(slack, '/subscribe', 'laos'), ...stranger });
    await until(() => slack.responses.shown.length === 1);
    const press = buttonPress(slack, { action_id: 'command:0', value: 'subscriptions' });
    slack.sockets.deliver('interactive', { ...press, team: { id: 'T9' }, user: { id: 'U9', team_id: 'T9' } });
    await until(() => slack.responses.shown.length === 2);
    expect(slack.responses.shown[1]?.text).toContain('Laos');
  });
});
