import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultyBlock } from '../../../src/adapters/slack/form-state.ts';
import { formCommands, formView } from '../../../src/adapters/slack/forms.ts';
import type { Asker, CommandRunner } from '../../../src/core/command.ts';
import { viewViolations } from '../../fakes/slack/block-rules.ts';
import {
  buttonPress,
  formSubmission,
  pressInView,
  shortcut,
  slashCommand,
  suggestion,
} from '../../fakes/slack/payloads.ts';
import { noRunner, type Opened, openAdapter, realRunner, until } from './opened.ts';

const textField = (value: string | null) => ({ type: 'plain_text_input', value });
const choice = (value: string) => ({ type: 'static_select', selected_option: { value } });
const choices = (...values: string[]) => ({
  type: 'multi_external_select',
  selected_options: values.map((value) => ({ value })),
});
const channel = { channel: { channel: { type: 'conversations_select', selected_conversation: 'C7' } } };

describe('forms', () => {
  let real: Awaited<ReturnType<typeof realRunner>>;
  let opened: Opened;
  beforeAll(async () => {
    real = await realRunner();
    opened = await openAdapter({ runner: real.runner });
  });
  afterAll(async () => {
    await opened.close();
    await real.close();
  });

  const lastModal = () => JSON.stringify(opened.slack.modals.at(-1));
  async function opens(send: () => void): Promise<string> {
    const before = opened.slack.modals.length;
    send();
    await until(() => opened.slack.modals.length > before);
    return lastModal();
  }
  async function submit(command: string, values: object, user = 'U1') {
    const { sockets } = opened.slack;
    const envelope = sockets.deliver('interactive', formSubmission(opened.slack, `form:${command}`, values, user));
    await until(() => envelope.state !== 'waiting');
    expect(envelope.state).toBe('acknowledged');
    return JSON.stringify(envelope.response);
  }

  it.each(formCommands.map((form) => form.command))('the form of %s is one that Slack takes', (command) => {
    const view = formView(real.runner.commands, command, 'C1');
    expect(viewViolations(view)).toEqual([]);
    expect(JSON.stringify(view)).toContain('external_select');
  });

  it('an error is reported by the form under the answer that is wrong, and shared with nobody', async () => {
    const { slack } = opened;
    const pressed = buttonPress(slack, { action_id: 'command:3', value: '/report answer-to:"ban-status LA"' });
    const form = await opens(() => slack.sockets.deliver('interactive', pressed));
    expect(form).toContain(JSON.stringify('/report answer-to:"ban-status LA"'));
    expect(
      await opens(() => slack.sockets.deliver('slash_commands', slashCommand(slack, '/borderwire', 'report'))),
    ).toContain('form:report');
    const words = { 'option:what-is-wrong': { 'what-is-wrong': textField('It says partial, “since” June.') } };
    const { sockets } = slack;
    const sent = sockets.deliver(
      'interactive',
      formSubmission(slack, 'form:report', words, 'U1', '/report answer-to:"ban-status LA"'),
    );
    await until(() => sent.state === 'acknowledged' && sent.response !== null);
    const answer = JSON.stringify(sent.response);
    expect([answer.includes('Thank you'), answer.includes('share')]).toEqual([true, false]);
    const [report] = await real.store.ledger.openReports(10);
    expect(report).toMatchObject({ about: 'ban-status LA', words: 'It says partial, “since” June.' });
  });

  it('a complaint stands beside the words it is about, in whatever language', () => {
    const state = { channel: channel.channel, 'option:zone': { zone: textField('Mars') } };
    for (const complaint of [
      '“Mars” is no time zone.',
      '«Mars» no es una zona horaria.',
      '« Mars » n’est pas un fuseau.',
    ])
      expect(faultyBlock(state, complaint)).toBe('option:zone');
  });

  it.each(['ban-status', 'timeline', 'subscribe'])(
    '%s opens by its button, its word and in App Home',
    async (command) => {
      const { slack } = opened;
      const action = { action_id: `form:${command}`, value: command };
      const expected = `"callback_id":"form:${command}"`;
      expect(await opens(() => slack.sockets.deliver('interactive', buttonPress(slack, action)))).toContain(expected);
      expect(
        await opens(() => slack.sockets.deliver('slash_commands', slashCommand(slack, `/${command}`, 'form'))),
      ).toContain(expected);
      expect(
        await opens(() => slack.sockets.deliver('interactive', pressInView(slack, action, { id: 'VH', type: 'home' }))),
      ).toContain(expected);
    },
  );

  it.each([
    ['borderwire_ask', 'form:ban-status'],
    ['borderwire_follow', 'form:subscribe'],
  ])('the shortcut %s opens %s', async (callback, form) => {
    const { slack } = opened;
    expect(await opens(() => slack.sockets.deliver('interactive', shortcut(slack, callback)))).toContain(form);
  });

  it.each([
    ['form:ban-status', 'option:country', 'laos', 'LA'],
    ['form:timeline', 'option:country', 'burm', 'MM'],
    ['form:subscribe', 'option:country', '🇷🇼', 'RW'],
  ])('%s completes %s: %s', async (callback, block, typed, code) => {
    const { sockets } = opened.slack;
    const envelope = sockets.deliver('interactive', suggestion(opened.slack, callback, block, typed));
    await until(() => envelope.state !== 'waiting');
    expect(JSON.stringify(envelope.response)).toContain(`"value":"${code}"`);
  });

  it('completes nothing where there is nothing to complete', async () => {
    const { sockets } = opened.slack;
    for (const [callback, block] of [
      ['form:none', 'option:country'],
      ['form:subscribe', 'elsewhere'],
      ['other', 'option:country'],
    ] as const) {
      const envelope = sockets.deliver('interactive', suggestion(opened.slack, callback, block, 'x'));
      await until(() => envelope.state !== 'waiting');
      expect(envelope.response).toEqual({ options: [] });
    }
  });

  it('answers about a country on a day in the form’s place', async () => {
    const values = {
      'option:country': { country: choice('LA') },
      'option:on': { on: { type: 'datepicker', selected_date: '2025-07-01' } },
    };
    const answer = await submit('ban-status', values);
    expect(answer).toMatch(/"response_action":"update".*Laos/);
    expect(viewViolations(JSON.parse(answer).view)).toEqual([]);
  });

  it('answers with a timeline in the form’s place', async () => {
    expect(await submit('timeline', { 'option:country': { country: choice('LA') } })).toMatch(/update.*Laos/);
  });

  it('subscribes the channel that was chosen, and shows it in App Home', async () => {
    const values = {
      ...channel,
      'option:country': { country: choices('PW', 'RW') },
      'option:topic': { topic: { type: 'multi_static_select', selected_options: [{ value: 'travel-ban' }] } },
      'option:digest': { digest: choice('daily') },
      'option:at': { at: textField(null) },
    };
    opened.slack.homes.clear();
    expect(await submit('subscribe', values)).toMatch(/update.*Subscribed.*Palau/);
    await until(() => opened.slack.homes.has('U1'));
  });

  it.each([
    ['option:quiet', 'quiet', 'whenever'],
    ['option:at', 'at', '25:99'],
    ['option:zone', 'zone', 'Nowhere/Land'],
  ])('says beside the field what is wrong with %s', async (block, name, value) => {
    const values = {
      ...channel,
      'option:country': { country: choices() },
      'option:digest': { digest: choice('daily') },
      [block]: { [name]: textField(value) },
    };
    const answer = JSON.parse(await submit('subscribe', values));
    expect(answer).toMatchObject({ response_action: 'errors', errors: { [block]: expect.stringContaining(value) } });
  });

  it('does nothing about a channel when no channel was chosen', async () => {
    const before = opened.slack.modals.length;
    const press = pressInView(
      opened.slack,
      { action_id: 'command:0', value: '/unsubscribe 1' },
      { id: 'VH', type: 'home' },
    );
    opened.slack.sockets.deliver('interactive', press);
    await until(() => opened.slack.modals.length > before);
    expect(lastModal()).toContain('In which channel?');
  });

  it('answers to a button of App Home in a window, and to a button in that window in its place', async () => {
    const { slack } = opened;
    const press = { action_id: 'command:0', value: '/ban-status laos' };
    expect(
      await opens(() => slack.sockets.deliver('interactive', pressInView(slack, press, { id: 'VH', type: 'home' }))),
    ).toContain('Laos');
    const id = `V${slack.modals.length}`;
    const more = { action_id: 'command:1', value: '/ban-status chad' };
    slack.sockets.deliver('interactive', pressInView(slack, more, { id, type: 'modal' }));
    await until(() => lastModal().includes('Chad'));
    expect(slack.calls.flatMap((call) => call.violations)).toEqual([]);
  });

  it('is a member’s to see and a manager’s to submit', async () => {
    const strict = await openAdapter({ runner: real.runner, managers: ['UMAN'] });
    const values = { ...channel, 'option:country': { country: choices('TD') } };
    const results: unknown[] = [];
    for (const user of ['U1', 'UMAN']) {
      const submission = formSubmission(strict.slack, 'form:subscribe', values, user);
      const envelope = strict.slack.sockets.deliver('interactive', submission);
      await until(() => envelope.state !== 'waiting');
      results.push(Reflect.get(Object(envelope.response), 'response_action'));
    }
    expect(results).toEqual(['errors', 'update']);
    await strict.close();
  });
});

describe('a form whose answer takes long', () => {
  it('says that it looks, in time, and then shows the answer', async () => {
    let release: () => void = () => undefined;
    const asked: Asker[] = [];
    const runner: CommandRunner = {
      ...noRunner,
      line: () => Promise.reject(new Error('no line')),
      call: (_name, _args, asker) => {
        asked.push(asker);
        return new Promise((resolve) => {
          release = () =>
            resolve({
              message: { title: 'At last', plain: 'At last', blocks: [] },
              data: null,
              private: true,
              exitCode: 0,
            });
        });
      },
    };
    const opened = await openAdapter({ runner });
    const { slack } = opened;
    slack.modals.push({ type: 'modal' });
    const envelope = slack.sockets.deliver('interactive', formSubmission(slack, 'form:timeline', {}));
    await until(() => envelope.state !== 'waiting');
    expect(JSON.stringify(envelope.response)).toContain('Looking it up');
    expect(slack.sockets.violations).toEqual([]);
    release();
    await until(() => JSON.stringify(slack.modals[0]).includes('At last'));
    await opened.close();
  });
});
