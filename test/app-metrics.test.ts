import { afterEach, beforeEach, expect, it } from 'vitest';
import { createMetrics, type Metrics } from '../src/app-metrics.ts';
import type { CommandRunner } from '../src/core/command.ts';
import type { Store } from '../src/core/ports.ts';
import { openStore } from '../src/store/open.ts';
import { createFakeClock, type FakeClock } from './fakes/clock.ts';
import {
  after,
  article,
  channel,
  draft,
  entry,
  member,
  noon,
  reading,
  source,
  sourceState,
  story,
} from './fakes/samples.ts';

let clock: FakeClock;
let metrics: Metrics;
let store: Store;
beforeEach(async () => {
  clock = createFakeClock(noon);
  metrics = createMetrics(clock, () => ({ articles: 7, stories: 3, terms: 90 }));
  const migrations = new URL('../migrations', import.meta.url).pathname;
  store = metrics.watchStore(await openStore({ url: ':memory:', migrations, now: () => clock.now() }));
});
afterEach(() => store.close());

/** The figures whose name begins so, as `name{labels}` to value. */
async function figures(name: string): Promise<Record<string, number>> {
  const lines = (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith(`borderwire_${name}`));
  return Object.fromEntries(
    lines.map((line) => [line.slice('borderwire_'.length, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  );
}

async function poll(state: Parameters<typeof sourceState>[1]): Promise<void> {
  await store.sources.sync([source('a')]);
  await store.sources.recordPoll({
    state: sourceState('a', state),
    entries: [entry('one')],
    seenAt: noon,
    silent: false,
  });
}

it('counts polls, entries and errors by kind, and tells when a source was last read well', async () => {
  await poll({ lastSuccessAt: noon });
  await poll({ lastSuccessAt: noon, error: { kind: 'unreachable', code: 'dns', message: 'no host', hint: 'look' } });
  expect(await figures('poll')).toEqual({
    'polls_total{outcome="ok"}': 1,
    'polls_total{outcome="failed"}': 1,
    'poll_errors_total{kind="unreachable"}': 1,
  });
  expect(await figures('entries')).toMatchObject({ 'entries_total{change="added"}': 1 });
  expect(await figures('source')).toEqual({
    'source_last_success_timestamp_seconds{source="a"}': Date.parse(noon) / 1000,
    'sources_failing{kind="unreachable"}': 1,
    sources_watched: 1,
  });
});

it('counts articles, stories and joins, and times an entry to its message', async () => {
  await store.stories.commitIngest({
    entryId: null,
    entryVersion: 1,
    article: article('a1', { arrivedAt: noon }),
    reading: reading(),
    stories: [story('s1', { members: [member('a1')] })],
    outbox: [draft({ channel: channel('c'), subject: 's1', revision: 1, action: 'post', notBefore: noon })],
  });
  await clock.advance(95_000);
  const [row] = await store.outbox.lease('me', clock.iso(), after(300), 10);
  await store.outbox.settle(row?.id ?? '', { kind: 'sent', messageId: 'm' }, clock.iso(), { state: 'sent' });
  expect(await figures('articles')).toEqual({ 'articles_total{relevant="true"}': 1 });
  expect(await figures('stories')).toEqual({ stories_opened_total: 1 });
  expect(await figures('send')).toEqual({ 'send_attempts_total{platform="discord",outcome="sent"}': 1 });
  expect(await figures('outbox_rows{state="sent"}')).toEqual({ 'outbox_rows{state="sent"}': 1 });
  expect(await figures('entry_to_message')).toMatchObject({
    'entry_to_message_seconds_bucket{le="90",platform="discord"}': 0,
    'entry_to_message_seconds_bucket{le="120",platform="discord"}': 1,
    'entry_to_message_seconds_sum{platform="discord"}': 95,
  });
});

it('times commands by their own names only, whatever was typed', async () => {
  const answer = { message: { title: '', plain: '', blocks: [] }, data: null, private: true, exitCode: 0 } as const;
  const command = { name: 'help', summary: '', options: [], access: 'anyone', slow: false } as const;
  const runner: CommandRunner = {
    commands: [{ ...command, run: () => Promise.resolve(answer) }],
    line: () => Promise.resolve(answer),
    call: () => Promise.resolve(answer),
  };
  const asker = { userId: 'u', channel: channel('c'), locale: 'en', manager: false, operator: false };
  const watched = metrics.watchCommands(runner);
  await watched.line('/help me', asker);
  await watched.call('help', {}, asker);
  await watched.line('/a-word-of-theirs', asker);
  expect(await figures('command_seconds_count')).toEqual({
    'command_seconds_count{command="help",code="0"}': 2,
    'command_seconds_count{command="unknown",code="0"}': 1,
  });
});

it('tells what the clusterer holds', async () => {
  expect(await figures('window_size')).toEqual({
    'window_size{of="articles"}': 7,
    'window_size{of="stories"}': 3,
    'window_size{of="terms"}': 90,
  });
});
