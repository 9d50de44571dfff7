import type { Command as Program } from 'commander';
import type { App } from '../app.ts';
import { runRound } from '../app-run.ts';
import type { ChatAdapter, OutboxRow } from '../core/delivery.ts';
import type { SourceConfig } from '../core/source-ports.ts';
import { type Story, type StoryMember, substantialChanges } from '../core/story.ts';
import { createSteppedClock, type SteppedClock } from '../lib/stepped-clock.ts';
import { consoleAsker, withApp } from './app-session.ts';
import { type CliIo, writeJson, writeLine } from './io.ts';
import type { Outcome } from './program.ts';
import { createReplayHttp, type ReplayHttp, type ReplayScript, readReplay } from './replay-http.ts';

/** One thing that a subscriber to everything would have been told. */
interface ReplayAlert {
  step: number;
  at: string;
  story: string;
  reason: string;
  headline: string;
  sources: number;
  originators: number;
}

/** `replay FILE`: recorded feeds on a simulated clock, through the whole program, without a hold-back. */
export function addReplay(program: Program, io: CliIo, _outcome: Outcome): void {
  program
    .command('replay')
    .description(
      'Run recorded feeds through the whole program on a simulated clock, and list what would have been told',
    )
    .argument('<file>', 'a script: start, end, pollIntervalSeconds, feeds, steps')
    .option('--json', 'as data')
    .action(async (file: string, options: { json?: boolean }) => {
      const script = readReplay(file);
      const clock = createHastyClock(Date.parse(script.start));
      const http = createReplayHttp(script, file, () => clock.now());
      const alerts: ReplayAlert[] = [];
      await withApp(
        io,
        async (app) => {
          await app.dispatcher.line('/subscribe updates:new', consoleAsker);
          await play(app, { script, clock, http, alerts, signal: io.signal });
        },
        { memory: true, clock, http, sources: sourcesOf(script), holdBackMs: 0, editPauseMs: 0 },
      );
      if (options.json) writeJson(io.stdout, { version: 1, alerts });
      else
        for (const alert of alerts)
          writeLine(
            io.stdout,
            `${alert.at} step ${alert.step} ${alert.reason}: ${alert.headline} (${alert.sources} outlets, ${alert.originators} originators)`,
          );
    });
}

/** Simulated time passes while somebody sleeps: nobody else would move it. */
function createHastyClock(start: number): SteppedClock {
  const stepped = createSteppedClock(start);
  return {
    ...stepped,
    sleep: (ms) =>
      new Promise((resolve) => {
        setImmediate(() => {
          stepped.moveTo(stepped.now() + ms);
          resolve();
        });
      }),
  };
}

interface Play {
  script: ReplayScript;
  clock: SteppedClock;
  http: ReplayHttp;
  alerts: ReplayAlert[];
  signal: AbortSignal;
}

/** A round at every step and at every interval between them. */
async function play(app: App, { script, clock, http, alerts, signal }: Play): Promise<void> {
  const start = Date.parse(script.start);
  const interval = script.pollIntervalSeconds * 1000;
  const moments = new Set(script.steps.map((step) => start + step.t * 1000));
  for (let at = start; at <= Date.parse(script.end); at += interval) moments.add(at);
  const adapter = recorder(app, http, alerts);
  for (const at of [...moments].sort((a, b) => a - b)) {
    if (signal.aborted) return;
    clock.moveTo(at);
    await runRound(app, { adapters: [adapter], signal });
  }
}

/** A channel that notes what it is told: first posts, and what is said anew; edits are silent. */
function recorder(app: App, http: ReplayHttp, alerts: ReplayAlert[]): ChatAdapter {
  async function note(row: OutboxRow): Promise<void> {
    const story = await app.store.history.revision(row.subject, row.revision);
    if (row.kind !== 'story' || row.action === 'edit' || !story) return;
    const before = row.revision > 1 ? await app.store.history.revision(row.subject, row.revision - 1) : null;
    const cause = await app.store.history.article(newestOf(story, before).articleId);
    const source = cause?.article.sourceId ?? null;
    const changes = story.changes.filter((change) => substantialChanges.has(change));
    alerts.push({
      step: source === null ? 0 : http.stepOf(source),
      at: new Date(app.clock.now()).toISOString(),
      story: story.id,
      reason: row.revision === 1 ? 'opened' : changes.join(', '),
      headline: story.headline,
      sources: story.outlets.length,
      originators: story.originators.length,
    });
  }
  return {
    platform: 'console',
    capabilities: { edits: true, threads: true, idempotencyWindowMs: 0, history: false, maxMessageCharacters: 100_000 },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    send: async (row) => {
      await note(row);
      return { kind: 'sent', messageId: row.id };
    },
  };
}

/** The article that this revision is about: new since the one before, or another version of it. */
function newestOf(story: Story, before: Story | null): StoryMember {
  const known = new Map(before?.members.map((member) => [member.articleId, member.title + member.published]) ?? []);
  const fresh = story.members.filter((member) => known.get(member.articleId) !== member.title + member.published);
  const [last] = fresh.length > 0 ? fresh.slice(-1) : story.members.slice(-1);
  if (!last) throw new Error(`story ${story.id} has no member`);
  return last;
}

function sourcesOf(script: ReplayScript): SourceConfig[] {
  return script.feeds.map((url) => ({
    id: url,
    name: new URL(url).hostname,
    url,
    format: 'feed',
    kind: 'news',
    publisher: new URL(url).hostname,
    language: 'en',
    every: script.pollIntervalSeconds / 60,
    enabled: true,
    note: 'Recorded feed.',
  }));
}
