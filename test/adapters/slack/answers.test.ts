import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../../src/adapters/slack/code.ts';
import { loadPhrases } from '../../../src/config/phrases.ts';
import type { CommandRunner } from '../../../src/core/command.ts';
import { shippedCountries } from '../../fakes/services.ts';
import { formSubmission, homeOpened, slashCommand } from '../../fakes/slack/payloads.ts';
import { hastyTime, noRunner, type Opened, openAdapter, realRunner, until } from './opened.ts';

const phrases = loadPhrases(readFileSync('config/phrases.yaml', 'utf8'), 'config/phrases.yaml', shippedCountries);
const csv = 'date,title\n2025-06-04,a <!channel> & ```b\n';
const answeringFile = (text: string): CommandRunner => ({
  ...noRunner,
  line: () =>
    Promise.resolve({
      message: { title: 'Timeline', plain: '2 lines', blocks: [] },
      data: null,
      file: { name: 'timeline.csv', text },
      private: true,
      exitCode: 0,
    }),
});

async function shown(opened: Opened, command: string, text: string, more: object = {}): Promise<string> {
  const { sockets, responses } = opened.slack;
  const before = responses.shown.length;
  sockets.deliver('slash_commands', { ...slashCommand(opened.slack, command, text), ...more });
  await until(() => responses.shown.length > before || responses.refused.length > 0);
  expect(responses.refused).toEqual([]);
  return JSON.stringify(responses.shown.at(-1)?.blocks);
}

describe('a subscription is tried at once', () => {
  let real: Awaited<ReturnType<typeof realRunner>>;
  let opened: Opened;
  beforeAll(async () => {
    real = await realRunner();
    opened = await openAdapter({ runner: real.runner }, hastyTime());
  });
  beforeEach(() => {
    opened.slack.messages.length = 0;
    opened.slack.refusals.clear();
  });
  afterAll(async () => {
    await opened.close();
    await real.close();
  });

  it('says in the channel that was chosen that it is set up', async () => {
    expect(await shown(opened, '/subscribe', 'chad in <#C5|alerts>')).not.toContain('/invite');
    expect(opened.slack.messages).toMatchObject([
      { channel: 'C5', text: expect.stringContaining('Borderwire is set up here') },
    ]);
  });

  it.each([
    ['not_in_channel', 'lifted'],
    ['channel_not_found', 'blocked'],
    ['is_archived', 'signed'],
  ])('asks to be invited after %s, in the form too', async (refusal, stage) => {
    opened.slack.refusals.set('C6', refusal);
    expect(await shown(opened, '/subscribe', `stages:${stage} in <#C6>`)).toContain('/invite @Borderwire');
    opened.slack.refusals.set('C7', refusal);
    const values = {
      channel: { channel: { type: 'conversations_select', selected_conversation: 'C7' } },
      'option:stages': { stages: { type: 'multi_static_select', selected_options: [{ value: stage }] } },
    };
    const submission = formSubmission(opened.slack, 'form:subscribe', values);
    const envelope = opened.slack.sockets.deliver('interactive', submission);
    await until(() => envelope.state !== 'waiting');
    expect(JSON.stringify(envelope.response)).toMatch(/Subscribed.*\/invite @Borderwire/);
  });

  it('posts nowhere when nothing was subscribed', async () => {
    await shown(opened, '/subscribe', 'nowhere-land');
    expect(opened.slack.messages).toEqual([]);
  });
});

describe('an answer that is a file', () => {
  it('is sent into the asker’s own messages where files may be sent', async () => {
    const opened = await openAdapter({ runner: answeringFile(csv) });
    opened.slack.scopes.add('files:write');
    expect(await shown(opened, '/timeline', 'format:csv', { channel_id: 'D1' })).not.toContain('```');
    expect([...opened.slack.files.values()]).toMatchObject([
      { name: 'timeline.csv', channel: 'D1', bytes: csv.length, state: 'complete' },
    ]);
    await opened.close();
  });

  it.each([
    ['in a channel, for nobody else to see', 'C1', true],
    ['where files are not granted', 'D1', false],
    ['where a file is refused', 'D9', true],
  ])('is shown as code %s', async (_where, channel_id, granted) => {
    const opened = await openAdapter({ runner: answeringFile(csv) });
    opened.slack.refusals.set('D9', 'not_in_channel');
    if (granted) opened.slack.scopes.add('files:write');
    const blocks = await shown(opened, '/timeline', 'format:csv', { channel_id });
    expect(blocks).toContain('a &lt;!channel&gt; &amp; ˋˋˋb');
    expect([...opened.slack.files.values()].filter((file) => file.channel !== null)).toEqual([]);
    await opened.close();
  });

  it.each([1, 50, 500, 20_000])('of %d lines fits, and says how many are left out', async (count) => {
    const text = Array.from({ length: count }, (_, at) => `${at},"<${'x'.repeat(at % 90)}>"`).join('\n');
    const opened = await openAdapter({ runner: answeringFile(text) });
    const blocks = await shown(opened, '/timeline', 'format:csv');
    const { left } = codeOf(text);
    expect(blocks.includes('more lines')).toBe(left > 0);
    expect(left === 0 || blocks.includes(`${left} more lines`)).toBe(true);
    await opened.close();
  });

  it('leaves out a line that no block holds', () => {
    expect(codeOf('x'.repeat(9000))).toEqual({ blocks: [], left: 1 });
  });
});

describe('the asker’s language', () => {
  it.each([
    ['es-LA', 'Lo que sigue este espacio', 'Compartir aquí'],
    ['pt-BR', 'O que este espaço de trabalho', 'Compartilhar aqui'],
    ['de-DE', 'What this workspace follows', 'Share here'],
  ])('%s', async (locale, home, share) => {
    const real = await realRunner(phrases);
    const opened = await openAdapter({ runner: real.runner, phrases, follows: () => Promise.resolve([]) });
    const { slack } = opened;
    slack.scopes.add('users:read');
    slack.people.set('U1', { locale });
    expect(await shown(opened, '/ban-status', 'laos')).toContain(share);
    slack.sockets.deliver('events_api', homeOpened(slack));
    await until(() => slack.homes.has('U1'));
    expect(JSON.stringify(slack.homes.get('U1'))).toContain(home);
    slack.sockets.deliver('slash_commands', slashCommand(slack, '/subscribe', 'form'));
    await until(() => slack.modals.length > 0);
    expect(JSON.stringify(slack.modals[0]).includes('Follow developments')).toBe(locale === 'de-DE');
    expect(slack.calls.flatMap((call) => call.violations)).toEqual([]);
    await opened.close();
    await real.close();
  });
});
