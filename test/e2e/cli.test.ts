import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/program.ts';

let folder = '';
const children: ChildProcess[] = [];
const servers: Server[] = [];

beforeAll(() => {
  if (!existsSync('dist/main.js')) throw new Error('Run npm run build first: these tests start the built program.');
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bw-cli-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) server.close();
  rmSync(folder, { recursive: true, force: true });
});

function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return { PATH, BORDERWIRE_DATA: join(folder, 'data'), LOG_LEVEL: 'warn', ...more };
}

function cli(args: readonly string[], more: Record<string, string> = {}) {
  const run = spawnSync(process.execPath, ['dist/main.js', ...args], {
    encoding: 'utf8',
    env: environment(more),
    timeout: 60_000,
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

function configFolder(files: Readonly<Record<string, string>>): string {
  const config = join(folder, 'config');
  mkdirSync(config, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(config, name), text);
  return config;
}

function sourcesYaml(urls: readonly string[]): string {
  const entries = urls.map(
    (url, index) =>
      `  - id: s${index}\n    name: Source ${index}\n    url: ${url}\n    format: feed\n    kind: news\n    publisher: Outlet ${index}\n    language: en\n    enabled: true\n    allowPrivate: true\n    note: loopback\n`,
  );
  return `sources:\n${entries.join('')}`;
}

async function serve(answer: (url: string) => { status?: number; type?: string; body: string }): Promise<string> {
  const server = createServer((request, response) => {
    const { status = 200, type = 'application/rss+xml', body } = answer(request.url ?? '/');
    response.writeHead(status, { 'Content-Type': type }).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const emptyFeed =
  '<rss version="2.0"><channel><title>t</title><link>https://e.example.com</link><description/></channel></rss>';

describe('the command line', () => {
  it('helps everywhere, and says its version', async () => {
    const help = cli(['--help']);
    expect(help).toMatchObject({ code: 0 });
    const commands = [...help.out.matchAll(/^ {2}([a-z][a-z-]*)/gm)]
      .map((match) => match[1] ?? '')
      .filter((name) => name !== 'help');
    expect(commands).toEqual(
      expect.arrayContaining([
        'run',
        'poll',
        'demo',
        'do',
        'ban-status',
        'timeline',
        'ingest',
        'classify',
        'migrate',
        'doctor',
      ]),
    );
    for (const command of commands)
      expect(await inProcess([command, '--help']), command).toMatch(new RegExp(`Usage: borderwire ${command}`));
    expect(cli(['--version']).out).toMatch(/^\d+\.\d+\.\d+$/m);
  });

  it.each([
    [['ban-stats'], /ban-status/],
    [['run', '--roles', 'cook'], /“cook” is no role/],
    [['ban-status', 'atlantis'], /no country called “atlantis”/],
    [['ban-status', 'laos', '--on', 'someday'], /not a date/],
    [['ingest'], /missing required argument/],
    [['ingest', '/nowhere/article.txt'], /Cannot read \/nowhere\/article\.txt/],
    [['classify', 'package.json'], /package\.json:1: not a JSON object/],
    [['sources', 'check', 'nobody'], /no source “nobody”/],
    [['run', '--onec'], /Did you mean --once\?\) Try: borderwire run --help/],
    [['backup', '/nowhere/copy.sqlite'], /\/nowhere does not exist/],
    [
      ['copy', 'sqlite:/nowhere/old.sqlite', 'sqlite:/nowhere/new.sqlite'],
      /There is no database sqlite:\/nowhere\/old/,
    ],
  ])('%j is wrong usage: exit 2 and one helpful line', (args, told) => {
    const run = cli(args);
    expect(run.code).toBe(2);
    expect(run.err + run.out).toMatch(told);
    expect(run.err).not.toMatch(/ at .*\.js:\d+/);
  });

  it.each<[string, Record<string, string>, Record<string, string>, RegExp]>([
    ['a broken YAML line', { 'settings.yaml': 'poll:\n  cron: "* * *\n' }, {}, /settings\.yaml:\d+.*YAML/],
    [
      'a wrong setting',
      { 'settings.yaml': 'poll:\n  cron: hourly\n' },
      {},
      /settings\.yaml:2.*poll\.cron.*"hourly".*cron fields/,
    ],
    ['an unknown setting', { 'settings.yaml': 'pole: {}\n' }, {}, /settings\.yaml:1.*pole/],
    ['a wrong source', { 'sources.yaml': 'sources:\n  - id: x\n    url: not a url\n' }, {}, /sources\.yaml:\d+/],
    ['a wrong variable', {}, { LOG_LEVEL: 'loud' }, /LOG_LEVEL.*"loud".*silent/],
    ['a wrong database', {}, { DATABASE_URL: 'mysql://x/y' }, /DATABASE_URL.*sqlite:PATH/],
  ])('%s ends with 78, naming the place and the remedy', (_, files, variables, told) => {
    const config = Object.keys(files).length > 0 ? { BORDERWIRE_CONFIG: configFolder(files) } : {};
    const run = cli(['migrate'], { ...config, ...variables });
    expect(run.code).toBe(78);
    expect(run.err).toMatch(told);
  });

  it('refuses a data folder that cannot be made, a file that is no database, and a newer database', () => {
    writeFileSync(join(folder, 'file'), 'x');
    expect(cli(['migrate'], { BORDERWIRE_DATA: join(folder, 'file', 'data') })).toMatchObject({
      code: 78,
      err: expect.stringContaining('BORDERWIRE_DATA'),
    });
    writeFileSync(join(folder, 'no.sqlite'), 'this is not a database, and never was one '.repeat(50));
    const broken = cli(['migrate'], { DATABASE_URL: `sqlite:${join(folder, 'no.sqlite')}` });
    expect(broken).toMatchObject({ code: 78, err: expect.stringContaining('no.sqlite') });
    expect(readFileSync(join(folder, 'no.sqlite'), 'utf8')).toContain('this is not a database');
  });

  it('does a chat command as the console’s user, and remembers it', () => {
    expect(cli(['do', '/subscribe laos']).out).toContain('Subscribed');
    expect(cli(['do', '/subscriptions']).out).toMatch(/1\. every topic for Laos/);
    const again = cli(['do', '/subscribe laos']);
    expect(again).toMatchObject({ code: 2, out: '', err: expect.stringContaining('already follows') });
  });
});

describe('polling', () => {
  it('reads what it can, says plainly what it could not, and exits', async () => {
    const base = await serve((url) =>
      url === '/good' ? { body: emptyFeed } : { body: '\u0000\u0001garbage<<<', type: 'text/xml' },
    );
    const config = configFolder({
      'sources.yaml': sourcesYaml([`${base}/good`, `${base}/garbage`, 'http://127.0.0.1:9/dead']),
    });
    // Not spawnSync: the server answers from this process.
    const run = await spawned(['poll'], { BORDERWIRE_CONFIG: config });
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/Could not read s1: .+/);
    expect(run.out).toMatch(/Could not read s2: .+/);
    expect(run.out).toMatch(/Polled 3 sources/);
  });

  it('runs until it is told to stop, whatever becomes of its input, and answers on the way', async () => {
    const config = configFolder({ 'sources.yaml': sourcesYaml(['http://127.0.0.1:9/dead']) });
    const child = spawn(process.execPath, ['dist/main.js', 'run'], { env: environment({ BORDERWIRE_CONFIG: config }) });
    children.push(child);
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
    await until(() => out.includes('Borderwire is ready'));
    child.stdin.write('/ban-status laos\nnot a command\n');
    await until(() => out.includes('full entry suspension'));
    child.stdin.end();
    await until(() => out.includes('Could not read s0'));
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  });
});

/** What a command line prints, without starting a program for it. */
async function inProcess(args: readonly string[]): Promise<string> {
  let out = '';
  const sink = () =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        out += chunk.toString();
        done();
      },
    });
  const io = {
    stdin: Readable.from([]),
    stdout: sink(),
    stderr: sink(),
    env: environment(),
    signal: new AbortController().signal,
  };
  expect(await runCli(args, io, '0.0.0')).toBe(0);
  return out;
}

async function spawned(
  args: readonly string[],
  more: Record<string, string>,
): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ['dist/main.js', ...args], {
    env: environment(more),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, out };
}

async function until(done: () => boolean): Promise<void> {
  for (let waited = 0; waited < 25_000; waited += 50) {
    if (done()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come to pass in 25 seconds');
}
