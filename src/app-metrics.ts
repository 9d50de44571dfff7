import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { CommandRunner } from './core/command.ts';
import type { OutboxRow } from './core/delivery.ts';
import type { Clock, Store } from './core/ports.ts';

/** Figures of the whole life of this process, in Prometheus' text format. */
export interface Metrics {
  registry: Registry;
  /** The same store; what passes through it is counted. */
  watchStore(store: Store): Store;
  /** The same commands; how long each takes is measured. */
  watchCommands<Runner extends CommandRunner>(runner: Runner): Runner;
}

/** Sizes of the clusterer's window, or null before anything was read. */
export type WindowSize = () => { articles: number; stories: number; terms: number } | null;

const commandBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3];
const latencyBuckets = [1, 5, 15, 30, 60, 90, 120, 180, 300, 600, 1800, 3600];
/** Revisions whose arrival is remembered until they are sent; more than that are timed from their outbox row. */
const rememberedRevisions = 10_000;

export function createMetrics(clock: Clock, windowSize: WindowSize): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const count = countersOf(registry);
  const commandSeconds = new Histogram({
    name: 'borderwire_command_seconds',
    help: 'Time from a command to its answer, by command and exit code',
    labelNames: ['command', 'code'],
    buckets: commandBuckets,
    registers: [registry],
  });
  return {
    registry,
    watchStore: (store) => {
      addStoreGauges(registry, store, windowSize);
      return { ...store, ...watchedPolls(store, count), ...watchedIngest(store, count, clock) };
    },
    watchCommands: (runner) => ({
      ...runner,
      line: async (text, asker) => {
        const stop = commandSeconds.startTimer({ command: nameOf(text, runner) });
        const reply = await runner.line(text, asker);
        stop({ code: String(reply.exitCode) });
        return reply;
      },
      call: async (name, args, asker) => {
        const stop = commandSeconds.startTimer({ command: nameOf(name, runner) });
        const reply = await runner.call(name, args, asker);
        stop({ code: String(reply.exitCode) });
        return reply;
      },
    }),
  };
}

/** Foreign words never become labels: their number would have no bound. */
function nameOf(text: string, { commands }: CommandRunner): string {
  const word = /^\s*\/?([\w-]+)/.exec(text)?.[1];
  return commands.find(({ name }) => name === word)?.name ?? 'unknown';
}

type Counters = ReturnType<typeof countersOf>;

function countersOf(registry: Registry) {
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name: `borderwire_${name}`, help, labelNames, registers: [registry] });
  return {
    polls: counter('polls_total', 'Polls of sources, by outcome', ['outcome']),
    pollErrors: counter('poll_errors_total', 'Failed polls, by kind of error', ['kind']),
    entries: counter('entries_total', 'Entries stored, new or changed', ['change']),
    articles: counter('articles_total', 'Articles read, by whether they are ours', ['relevant']),
    stories: counter('stories_opened_total', 'Stories opened'),
    joins: counter('join_decisions_total', 'How articles came to their story', ['how']),
    attempts: counter('send_attempts_total', 'Attempts to send, by platform and outcome', ['platform', 'outcome']),
    latency: new Histogram({
      name: 'borderwire_entry_to_message_seconds',
      help: 'From the arrival of an entry to its first message, hold-back included',
      labelNames: ['platform'],
      buckets: latencyBuckets,
      registers: [registry],
    }),
  };
}

function watchedPolls({ sources }: Store, count: Counters): Pick<Store, 'sources'> {
  // A rate can be taken of what is there from the start, if only as nothing.
  for (const outcome of ['ok', 'failed']) count.polls.inc({ outcome }, 0);
  return {
    sources: {
      ...sources,
      recordPoll: async (poll) => {
        const stored = await sources.recordPoll(poll);
        const { error } = poll.state;
        count.polls.inc({ outcome: error === null ? 'ok' : 'failed' });
        if (error !== null) count.pollErrors.inc({ kind: error.kind });
        count.entries.inc({ change: 'added' }, stored.added);
        count.entries.inc({ change: 'changed' }, stored.changed);
        return stored;
      },
    },
  };
}

function watchedIngest({ stories, outbox }: Store, count: Counters, clock: Clock): Pick<Store, 'stories' | 'outbox'> {
  const arrived = new Map<string, number>();
  const leased = new Map<string, OutboxRow>();

  function remember(key: string, at: number): void {
    arrived.set(key, at);
    const [oldest] = arrived.keys();
    if (arrived.size > rememberedRevisions && oldest !== undefined) arrived.delete(oldest);
  }
  function keep(rows: readonly OutboxRow[]): readonly OutboxRow[] {
    for (const row of rows) leased.set(row.id, row);
    return rows;
  }
  function settled(row: OutboxRow, outcome: string): void {
    const { platform } = row.channel;
    count.attempts.inc({ platform, outcome });
    if (outcome !== 'sent' || row.kind !== 'story' || row.action !== 'post' || row.late) return;
    const since = arrived.get(keyOf(row)) ?? Date.parse(row.createdAt);
    count.latency.observe({ platform }, Math.max(0, clock.now() - since) / 1000);
  }

  return {
    stories: {
      ...stories,
      commitIngest: async (record) => {
        await stories.commitIngest(record);
        count.articles.inc({ relevant: String(record.reading.relevant) });
        for (const story of record.stories) if (story.revision === 1) count.stories.inc();
        const member = record.stories
          .flatMap((story) => story.members)
          .find(({ articleId }) => articleId === record.article.id);
        if (member) count.joins.inc({ how: member.joined.how });
        for (const draft of record.outbox) remember(keyOf(draft), Date.parse(record.article.arrivedAt));
      },
    },
    outbox: {
      ...outbox,
      lease: async (...asked) => keep(await outbox.lease(...asked)),
      takeOver: async (...asked) => keep(await outbox.takeOver(...asked)),
      release: async (rowIds, ...rest) => {
        for (const id of rowIds) leased.delete(id);
        await outbox.release(rowIds, ...rest);
      },
      settle: async (rowId, outcome, at, next) => {
        await outbox.settle(rowId, outcome, at, next);
        const row = leased.get(rowId);
        if (row) settled(row, outcome.kind);
        leased.delete(rowId);
      },
    },
  };
}

function keyOf({ subject, revision }: Pick<OutboxRow, 'subject' | 'revision'>): string {
  return `${subject}/${revision}`;
}

/** Read from the database when asked for, so that every process tells the same. */
function addStoreGauges(registry: Registry, store: Store, windowSize: WindowSize): void {
  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    read: (set: Gauge<Label>) => Promise<void> | void,
  ) =>
    new Gauge<Label>({
      name: `borderwire_${name}`,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        this.reset();
        await read(this);
      },
    });
  gauge('outbox_rows', 'Deliveries, by state', ['state'], async (set) => {
    for (const [state, rows] of Object.entries(await store.outbox.counts())) set.set({ state }, rows);
  });
  gauge('source_last_success_timestamp_seconds', 'When a source was last read well', ['source'], async (set) => {
    for (const { config, state } of await store.sources.list())
      if (config.enabled && state.lastSuccessAt !== null)
        set.set({ source: config.id }, Date.parse(state.lastSuccessAt) / 1000);
  });
  gauge('sources_watched', 'Enabled sources', [], async (set) => {
    set.set((await store.sources.list()).filter(({ config }) => config.enabled).length);
  });
  gauge('sources_failing', 'Enabled sources whose last poll failed, by kind of error', ['kind'], async (set) => {
    for (const { config, state } of await store.sources.list())
      if (config.enabled && state.error !== null) set.inc({ kind: state.error.kind });
  });
  gauge('notices_standing', 'Troubles that an operator should look at, by kind', ['kind'], async (set) => {
    for (const { kind } of await store.notices.standing(1000)) set.inc({ kind });
  });
  gauge('window_size', 'What the clusterer holds in memory', ['of'], (set) => {
    for (const [of, size] of Object.entries(windowSize() ?? {})) set.set({ of }, size);
  });
}
