import type { Command as Program } from 'commander';
import { type App } from '../app.ts';
import { runRound } from '../app-run.ts';
import { type DemoScript, parseDemo } from '../config/demo.ts';
import { loadConfig } from '../config/load.ts';
import type { ChatAdapter } from '../core/delivery.ts';
import { systemClock } from '../lib/clock.ts';
import type { Http } from '../lib/http.ts';
import { createSteppedClock, type SteppedClock } from '../lib/stepped-clock.ts';
import { consoleAsker, withApp } from './app-session.ts';
import { serveDemoFeeds } from './demo-feeds.ts';
import { type CliIo, writeLine } from './io.ts';
import { consoleFor } from './platforms.ts';
import { printReply } from './print.ts';
import type { Outcome } from './program.ts';

const minute = 60_000;

/** `demo`: sample feeds over loopback HTTP, through the whole program, on a clock of their own. Leaves nothing behind. */
export function addDemo(program: Program, io: CliIo, _outcome: Outcome): void {
  program
    .command('demo')
    .description(
      'Show a few days at speed: sample feeds over loopback HTTP, on the console; needs no network, keeps nothing',
    )
    .option('--fast', 'without pauses for reading')
    .action(async (options: { fast?: boolean }) => {
      const file = loadConfig(io.env).file('demo.yaml');
      const script = parseDemo(file.text, file.path);
      const clock = createSteppedClock(Date.parse(script.start));
      const feeds = await serveDemoFeeds(script);
      try {
        await withApp(
          io,
          async (app) => {
            const adapter = await consoleFor(app, io, { readsCommands: false, memory: true });
            const pause = options.fast || io.stdout.isTTY !== true ? 0 : 2500;
            await play(app, { script, clock, adapter, io, publish: (items, at) => feeds.publish(items, at), pause });
          },
          { memory: true, clock, sources: feeds.sources, http: await loopbackHttp() },
        );
      } finally {
        await feeds.close();
      }
    });
}

/** One host serves all sample feeds: without the manners that strangers' hosts are owed. */
export async function loopbackHttp(): Promise<Http> {
  // Loaded on first use: every command loads this file, and few fetch.
  const { createHttp } = await import('../lib/http.ts');
  return createHttp({ clock: systemClock, userAgent: 'Borderwire demo', limits: { spacingMs: 0, perHost: 8 } });
}

interface Stage {
  script: DemoScript;
  clock: SteppedClock;
  adapter: ChatAdapter;
  io: CliIo;
  publish: (items: DemoScript['steps'][number]['items'], at: string) => void;
  /** Milliseconds between steps, for a reader at a terminal. */
  pause: number;
}

/** Each step: the feeds change, a round polls, joins and delivers; then the clock passes hold-back and edit pause. */
async function play(app: App, { script, clock, adapter, io, publish, pause }: Stage): Promise<void> {
  await app.dispatcher.line('/subscribe', consoleAsker);
  for (const step of script.steps) {
    if (io.signal.aborted) return;
    writeLine(io.stdout, `\n=== ${step.at.replace('T', ' ').slice(0, 16)}  ${step.say}\n`);
    clock.moveTo(Date.parse(step.at));
    publish(step.items, step.at);
    await runRound(app, { adapters: [adapter], signal: io.signal });
    clock.moveTo(Date.parse(step.at) + 5 * minute);
    await runRound(app, { adapters: [adapter], signal: io.signal });
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
  }
  for (const line of script.asks) {
    writeLine(io.stdout, `\n> ${line}\n`);
    printReply(io, await app.dispatcher.line(line, consoleAsker));
  }
  writeLine(
    io.stdout,
    '\nThat was the replay: its database was in memory, and nothing is left behind. `borderwire run` (`npm start` in a checkout) watches the real feeds.',
  );
}
