import { createSlackAdapter, type SlackOptions } from '../../../src/adapters/slack/adapter.ts';
import { createDispatcher } from '../../../src/commands/dispatch.ts';
import { createCommands } from '../../../src/commands/index.ts';
import type { CommandRunner } from '../../../src/core/command.ts';
import type { ChatAdapter, OutboxRow } from '../../../src/core/delivery.ts';
import { englishOnly, type Phrases } from '../../../src/core/phrases.ts';
import type { Store } from '../../../src/core/ports.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { leasedRow } from '../../contract/adapter.ts';
import { testServices } from '../../fakes/services.ts';
import { type FakeSlack, startFakeSlack } from '../../fakes/slack/server.ts';

export const noRunner: CommandRunner = {
  commands: [],
  line: () => Promise.reject(new Error('no command is run here')),
  call: () => Promise.reject(new Error('no command is run here')),
};

/** The adapter’s options for a fake, with right tokens; without an app token where a signing secret is given. */
export function optionsFor(slack: FakeSlack, more: Partial<SlackOptions> = {}): SlackOptions {
  return {
    botToken: slack.botToken,
    ...(more.signingSecret === undefined ? { appToken: slack.appToken } : {}),
    apiUrl: slack.apiUrl,
    operators: ['UOP'],
    runner: noRunner,
    log: silentLog,
    now: slack.now,
    timeoutMs: 2000,
    ...more,
  };
}

/** A time that goes on by more than a second whenever it is read, so that no channel is ever posted to too soon. */
export function hastyTime(): () => number {
  let time = Date.parse('2026-03-02T12:00:00.000Z');
  return () => {
    time += 1_100;
    return time;
  };
}

export interface Opened {
  slack: FakeSlack;
  adapter: ChatAdapter;
  row(id: string, more?: Partial<OutboxRow>): OutboxRow;
  close(): Promise<void>;
}

/** An adapter connected to a fake by Socket Mode. */
export async function openAdapter(more: Partial<SlackOptions> = {}, now?: () => number): Promise<Opened> {
  const slack = await startFakeSlack(now);
  const adapter = createSlackAdapter(optionsFor(slack, more));
  await adapter.start();
  return {
    slack,
    adapter,
    row: (id, overrides) => leasedRow(adapter, id, overrides),
    close: async () => {
      await adapter.stop();
      await slack.close();
    },
  };
}

/** Every command, over a database in memory. */
export async function realRunner(
  phrases: Phrases = englishOnly,
): Promise<{ runner: CommandRunner; store: Store; close: () => Promise<void> }> {
  const { services, store } = await testServices();
  return { runner: createDispatcher(createCommands(services), silentLog, phrases), store, close: () => store.close() };
}

/** An adapter with every command behind it; both end together. */
export async function openWithCommands(more: Partial<SlackOptions> = {}, now?: () => number): Promise<Opened> {
  const real = await realRunner();
  const opened = await openAdapter({ runner: real.runner, ...more }, now);
  const close = async () => {
    await opened.close();
    await real.close();
  };
  return { ...opened, close };
}

/** Resolves once `holds` does; fails after `ms`. */
export async function until(holds: () => boolean, ms = 10_000): Promise<void> {
  const end = Date.now() + ms;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`what was awaited did not come to pass in ${ms} ms`);
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}
