import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { definitions } from '../../../src/commands/index.ts';
import type { Asker, CommandRunner } from '../../../src/core/command.ts';
import type { Reply } from '../../../src/core/message.ts';
import { buttonPress, homeOpened, slashCommand } from '../../fakes/slack/payloads.ts';
import type { Responded } from '../../fakes/slack/response-urls.ts';
import { noRunner, type Opened, openAdapter, openWithCommands, until } from './opened.ts';

function buttonsOf({ blocks }: Pick<Responded, 'blocks'>): readonly { action_id: string; value?: string }[] {
  return blocks.flatMap((block) => {
    const elements: unknown = Reflect.get(Object(block), 'elements');
    return Reflect.get(Object(block), 'type') === 'actions' && Array.isArray(elements) ? elements : [];
  });
}

/** Sends a slash command and gives what the asker then sees. */
async function ask(opened: Opened, command: string, text = '', user = 'U1'): Promise<Responded> {
  const { sockets, responses } = opened.slack;
  const before = responses.shown.length;
  const envelope = sockets.deliver('slash_commands', slashCommand(opened.slack, command, text, user));
  await until(() => responses.shown.length > before || responses.refused.length > 0);
  expect(responses.refused).toEqual([]);
  expect(envelope.state).toBe('acknowledged');
  const shown = responses.shown.at(-1);
  if (!shown) throw new Error('nothing was shown');
  return shown;
}

/** Without words, a report opens a form instead. */
const answered = definitions.map(({ name }) => name).filter((name) => name !== 'report');

describe('every command over Socket Mode', () => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await openWithCommands();
  });
  afterAll(async () => {
    await opened.close();
  });

  const words: Readonly<Record<string, string>> = {
    'ban-status': 'laos on 2025-07-01',
    timeline: 'laos since april 2025',
    search: 'visas',
    since: '7d',
    story: 'none',
    subscribe: 'serbia topic:travel-ban',
    help: 'timeline',
  };

  it.each(answered)('/borderwire %s is answered to the asker alone', async (name) => {
    const shown = await ask(opened, '/borderwire', `${name} ${words[name] ?? ''}`);
    expect(shown).toMatchObject({ ephemeral: true, text: expect.stringMatching(/\w/) });
    expect(shown.text).not.toMatch(/Something went wrong|There is no command/);
    expect(opened.slack.sockets.violations).toEqual([]);
  });

  it.each(['ban-status', 'timeline', 'subscribe'])('/%s is answered as /borderwire would', async (name) => {
    const own = await ask(opened, `/${name}`, 'france');
    const through = await ask(opened, '/borderwire', `${name} ${name === 'subscribe' ? 'gabon' : 'france'}`);
    expect(own.text.split('\n')[0]).toBe(through.text.split('\n')[0]);
  });

  it.each([
    ['/timeline', 'help', /timeline/],
    ['/borderwire', '', /Borderwire/],
    ['/ban-status', '“laos”', /Laos/],
  ])('%s %s', async (command, text, expected) => {
    expect((await ask(opened, command, text)).text).toMatch(expected);
  });

  it('has an answer that Slack takes for whatever is typed', async () => {
    const names = [...answered, 'report it'];
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom(
        '<!channel>',
        '<@U1>',
        '<#C1|x>',
        '&lt;!here&gt;',
        '“',
        'a'.repeat(4000),
        '<https://e.org|x>',
        '*_~`',
      ),
    );
    const typed = fc.array(fc.oneof(fc.constantFrom(...names), hostile), { maxLength: 4 });
    const texts = fc.sample(typed, { numRuns: 60, seed: 8 });
    expect(texts).toHaveLength(60);
    for (const words of texts) {
      const shown = await ask(opened, '/borderwire', words.join(' '));
      expect(JSON.stringify([shown.text, shown.blocks])).not.toMatch(/<[!@#]/);
    }
    expect(opened.slack.sockets.violations).toEqual([]);
  });

  it('acknowledges a burst of every command in time', async () => {
    const { sockets, responses } = opened.slack;
    const before = responses.shown.length;
    const envelopes = Array.from({ length: 120 }, (_, at) => {
      const text = `${answered[at % answered.length]} ${['', 'laos', 'serbia since 2025'][at % 3]}`;
      return sockets.deliver('slash_commands', slashCommand(opened.slack, '/borderwire', text));
    });
    await until(() => responses.shown.length === before + envelopes.length);
    expect([responses.refused, sockets.violations]).toEqual([[], []]);
    expect(new Set(envelopes.map(({ state }) => state))).toEqual(new Set(['acknowledged']));
  });

  it('says in words what is wrong, without a button to share it', async () => {
    const shown = await ask(opened, '/borderwire', 'ban-staus laos');
    expect(shown).toMatchObject({ ephemeral: true, text: expect.stringContaining('Did you mean /ban-status?') });
    expect(buttonsOf(shown).map((button) => button.action_id)).not.toContain('share');
  });

  it('shares an answer with the channel when the button is pressed', async () => {
    const shown = await ask(opened, '/ban-status', 'laos');
    const share = buttonsOf(shown).find((button) => button.action_id === 'share');
    expect(share).toBeDefined();
    opened.slack.sockets.deliver('interactive', buttonPress(opened.slack, { ...share, action_id: 'share' }));
    await until(() => opened.slack.responses.shown.at(-1)?.ephemeral === false);
    const shared = opened.slack.responses.shown.at(-1);
    expect(shared?.text.split('\n')[0]).toBe(shown.text.split('\n')[0]);
    expect(shared && buttonsOf(shared).map((button) => button.action_id)).not.toContain('share');
  });

  it('offers nothing to share that changes what a channel follows', async () => {
    const shown = await ask(opened, '/subscribe', 'mali');
    expect(buttonsOf(shown).map((button) => button.action_id)).not.toContain('share');
  });

  it('answers to a button with the command that it stands for', async () => {
    const before = opened.slack.responses.shown.length;
    opened.slack.sockets.deliver(
      'interactive',
      buttonPress(opened.slack, { action_id: 'command:0', value: '/ban-status laos' }),
    );
    await until(() => opened.slack.responses.shown.length > before);
    expect(opened.slack.responses.shown.at(-1)).toMatchObject({
      ephemeral: true,
      text: expect.stringContaining('Laos'),
    });
  });

  it('acknowledges a button that only opens a page', async () => {
    const press = buttonPress(opened.slack, { action_id: 'link:command:1', url: 'https://example.org/' });
    const envelope = opened.slack.sockets.deliver('interactive', press);
    await until(() => envelope.state !== 'waiting');
    expect(envelope.state).toBe('acknowledged');
  });

  it('shows App Home with help, the sources’ health and a way to subscribe', async () => {
    opened.slack.sockets.deliver('events_api', homeOpened(opened.slack, 'U7'));
    await until(() => opened.slack.homes.has('U7'));
    const home = JSON.stringify(opened.slack.homes.get('U7'));
    expect(home).toMatch(/ban-status/);
    expect(home).toMatch(/[Ss]ources/);
    expect(home).toMatch(/"action_id":"form:subscribe"/);
  });

  it('leaves App Home alone when another of its tabs is opened', async () => {
    opened.slack.sockets.deliver('events_api', homeOpened(opened.slack, 'U8', 'messages'));
    opened.slack.sockets.deliver('events_api', homeOpened(opened.slack, 'U9'));
    await until(() => opened.slack.homes.has('U9'));
    expect(opened.slack.homes.has('U8')).toBe(false);
  });
});

describe('who asks, and how often', () => {
  const asked: { line: string; asker: Asker }[] = [];
  const reply: Reply = {
    message: { title: 'Answer', plain: 'Answer', blocks: [] },
    data: null,
    private: true,
    exitCode: 0,
  };
  const runner: CommandRunner = {
    ...noRunner,
    line: (line, asker) => {
      asked.push({ line, asker });
      return Promise.resolve(reply);
    },
  };
  let opened: Opened;
  beforeEach(async () => {
    asked.length = 0;
    opened = await openAdapter({ runner, managers: ['UMAN'], commandNames: { borderwire: 'bw' } });
  });
  afterEach(() => opened.close());

  it.each([
    ['U1', { manager: false, operator: false }],
    ['UMAN', { manager: true, operator: false }],
    ['UOP', { manager: true, operator: true }],
  ])('%s has the rights that the settings give', async (user, rights) => {
    await ask(opened, '/bw', 'deals', user);
    expect(asked).toMatchObject([{ line: 'deals', asker: { userId: user, ...rights } }]);
  });

  it('anybody manages when the settings name nobody', async () => {
    const free = await openAdapter({ runner });
    await ask(free, '/borderwire', 'deals');
    expect(asked).toMatchObject([{ asker: { manager: true, operator: false } }]);
    await free.close();
  });

  it('speaks of the channel where it was typed, or of the one that is linked', async () => {
    await ask(opened, '/subscribe', 'serbia');
    await ask(opened, '/subscribe', 'serbia in <#C22|alerts>');
    expect(asked.map((one) => one.asker.channel)).toEqual([
      { platform: 'slack', workspace: 'T1', id: 'C1' },
      { platform: 'slack', workspace: 'T1', id: 'C22' },
    ]);
  });

  it('does once what comes twice, and acknowledges it each time', async () => {
    const { sockets, responses } = opened.slack;
    const command = slashCommand(opened.slack, '/bw', 'deals');
    const press = buttonPress(opened.slack, { action_id: 'command:0', value: 'deals' });
    const twice = [command, command].map((payload) => sockets.deliver('slash_commands', payload));
    const again = [press, press].map((payload) => sockets.deliver('interactive', payload));
    await until(() => [...twice, ...again].every((envelope) => envelope.state === 'acknowledged'));
    await until(() => responses.shown.length >= 2);
    const home = sockets.deliver('events_api', homeOpened(opened.slack));
    await until(() => home.state === 'acknowledged' && opened.slack.homes.size === 1);
    sockets.redeliver(home);
    sockets.deliver('events_api', home.payload);
    await ask(opened, '/bw', 'last');
    expect(asked.map((one) => one.line)).toEqual(['deals', 'deals', 'help', 'sources', 'last']);
  });

  it('acknowledges a hundred commands before any of them is answered', async () => {
    const held: (() => void)[] = [];
    const slow = await openAdapter({
      runner: { ...runner, line: () => new Promise((resolve) => held.push(() => resolve(reply))) },
    });
    const { sockets, responses } = slow.slack;
    const envelopes = Array.from({ length: 100 }, (_, at) =>
      sockets.deliver('slash_commands', slashCommand(slow.slack, '/timeline', `${at}`)),
    );
    await until(() => envelopes.every((envelope) => envelope.state === 'acknowledged') && held.length === 100);
    expect(responses.shown).toEqual([]);
    for (const release of held) release();
    await until(() => responses.shown.length === 100);
    expect(sockets.violations).toEqual([]);
    await slow.close();
  });

  it('does after a new connection what was not acknowledged before', async () => {
    const { sockets } = opened.slack;
    sockets.cut();
    // At once: a quick new connection could be there before anybody looked for none.
    const envelope = sockets.deliver('slash_commands', slashCommand(opened.slack, '/bw', 'deals'));
    await until(() => envelope.state === 'acknowledged' && asked.length > 0);
    expect(asked).toHaveLength(1);
  });

  it('outlives an answer that Slack no longer takes', async () => {
    const { slack } = opened;
    const used = slashCommand(slack, '/bw', 'deals');
    for (let use = 0; use < 5; use++) await fetch(used.response_url, { method: 'POST', body: '{"text":"x"}' });
    slack.sockets.deliver('slash_commands', used);
    await until(() => slack.responses.refused.includes('used_url'));
    slack.responses.refused.length = 0;
    expect((await ask(opened, '/bw', 'deals')).text).toContain('Answer');
  });
});
