import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { InvalidArgumentError, Option, type Command as Program } from 'commander';
import { parseDemo } from '../config/demo.ts';
import { loadConfig } from '../config/load.ts';
import { silentLog } from '../lib/log.ts';
import { createSteppedClock } from '../lib/stepped-clock.ts';
import { withApp } from './app-session.ts';
import { loopbackHttp } from './demo.ts';
import { serveDemoFeeds } from './demo-feeds.ts';
import { type CliIo, writeLine } from './io.ts';
import type { PlatformSample } from './preview-forms.ts';
import { previewMessages, type Sample } from './preview-messages.ts';
import type { PreviewLook } from './preview-page.ts';

interface Options {
  out?: string;
  port?: number;
  theme: PreviewLook['theme'];
  platform?: 'discord' | 'slack';
  group?: Sample['group'];
  locale: string;
}

/** `preview`: every kind of message as Discord and Slack show it, from sample feeds; needs no token and no network. */
export function addPreview(program: Program, io: CliIo): void {
  program
    .command('preview')
    .description('A page of every kind of message, as Discord and Slack show it; needs no token, keeps nothing')
    .option('--out <file>', 'where the page is written (default: ./borderwire-preview.html)')
    .option('--port <number>', 'serve the page on 127.0.0.1 instead, until it is stopped', readPort)
    .addOption(new Option('--theme <theme>', 'light or dark').choices(['light', 'dark']).default('light'))
    .addOption(new Option('--platform <name>', 'one platform alone').choices(['discord', 'slack']))
    .addOption(new Option('--group <name>', 'some kinds alone').choices(['alerts', 'answers', 'managing']))
    .option('--locale <code>', 'language of the answers, such as es or pt-BR', 'en')
    .action(async (options: Options) => {
      // The platforms' libraries are large: other commands start without them.
      const { previewPage } = await import('./preview-page.ts');
      const { samples, forms, say } = await samplesFor(io, options.locale);
      const page = previewPage(samples, forms, {
        say,
        theme: options.theme,
        platforms: options.platform ? [options.platform] : ['discord', 'slack'],
        ...(options.group ? { group: options.group } : {}),
      });
      if (options.port !== undefined) await serve(page, options.port, io);
      else {
        const file = options.out ?? 'borderwire-preview.html';
        writeFileSync(file, page);
        writeLine(io.stdout, `The page is in ${file}.`);
      }
    });
}

async function samplesFor(
  io: CliIo,
  locale: string,
): Promise<{ samples: readonly Sample[]; forms: readonly PlatformSample[]; say: PreviewLook['say'] }> {
  const { previewForms } = await import('./preview-forms.ts');
  const file = loadConfig(io.env).file('demo.yaml');
  const script = parseDemo(file.text, file.path);
  const clock = createSteppedClock(Date.parse(script.start));
  const feeds = await serveDemoFeeds(script);
  try {
    return await withApp(
      io,
      async (app) => ({
        samples: await previewMessages(app, {
          script,
          clock,
          locale,
          publish: (items, at) => feeds.publish(items, at),
        }),
        forms: await previewForms(app, locale),
        say: (english) => app.phrases.text(english, locale),
      }),
      {
        log: silentLog,
        memory: true,
        clock,
        sources: feeds.sources,
        http: await loopbackHttp(),
        picturePatienceMs: 60_000,
      },
    );
  } finally {
    await feeds.close();
  }
}

async function serve(page: string, port: number, io: CliIo): Promise<void> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  writeLine(io.stdout, `The page is at http://127.0.0.1:${port}/. Stop with Ctrl+C.`);
  await new Promise<void>((resolve) => io.signal.addEventListener('abort', () => resolve(), { once: true }));
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('Give a port from 0 to 65535.');
  return port;
}
