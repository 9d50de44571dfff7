import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readEnvironment } from '../../src/config/environment.ts';

interface Instruction {
  stage: number;
  word: string;
  rest: string;
}

const instructions = readDockerfile(readFileSync('Dockerfile', 'utf8'));

function readDockerfile(text: string): Instruction[] {
  let stage = -1;
  return text
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [word = '', ...rest] = line.trim().split(/\s+/);
      if (word === 'FROM') stage += 1;
      return { stage, word, rest: rest.join(' ') };
    });
}

const of = (word: string) => instructions.filter((instruction) => instruction.word === word);

describe('the Dockerfile', () => {
  it('has two stages on node:24-bookworm-slim, and ends as a user without rights, with a volume and a health check', () => {
    expect(of('FROM').map((from) => from.rest.split(' ')[0])).toEqual([
      'node:24-bookworm-slim',
      'node:24-bookworm-slim',
    ]);
    expect(of('USER').at(-1)?.rest).toBe('node');
    expect(of('VOLUME').at(-1)?.rest).toBe('/data');
    expect(of('HEALTHCHECK')).toHaveLength(1);
    expect(of('CMD').at(-1)?.rest).toContain('--enable-source-maps');
    expect(
      of('RUN')
        .map((run) => run.rest)
        .join(' '),
    ).toContain('npm ci');
  });

  it('copies only what exists in the repository', () => {
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n').filter(Boolean);
    for (const copy of of('COPY').filter((each) => !each.rest.startsWith('--from'))) {
      const sources = copy.rest.split(' ').slice(0, -1);
      for (const source of sources) {
        expect(existsSync(source), source).toBe(true);
        expect(ignored).not.toContain(source.replace(/^\.\//, ''));
      }
    }
  });

  it('is what compose.yaml builds, with its data on a volume', () => {
    const compose = parse(readFileSync('compose.yaml', 'utf8')) as {
      services: Record<string, { build: string; volumes: string[] }>;
    };
    expect(compose.services.borderwire).toMatchObject({ build: '.', volumes: ['data:/data'] });
  });
});

describe('compose.postgres.yaml', () => {
  const compose = parse(readFileSync('compose.postgres.yaml', 'utf8')) as {
    services: Record<'database' | 'worker', Record<string, unknown> & { environment: Record<string, string> }>;
    volumes: Record<string, unknown>;
  };
  const { database, worker } = compose.services;

  it('runs two workers of the same image on one server, which keeps its data and must be ready first', () => {
    expect(worker).toMatchObject({
      build: '.',
      deploy: { replicas: 2 },
      depends_on: { database: { condition: 'service_healthy' } },
    });
    expect(database).toMatchObject({ volumes: ['database:/var/lib/postgresql/data'] });
    expect(Object.keys(compose.volumes)).toEqual(['database']);
  });

  it('gives the workers an address that the program takes, of the database that it makes', () => {
    const { POSTGRES_USER, POSTGRES_DB } = database.environment;
    const given = worker.environment['DATABASE_URL'] ?? '';
    const address = given.replace(/\$\{POSTGRES_PASSWORD\}/, 'pass');
    expect(address).toBe(`postgres://${POSTGRES_USER}:pass@database:5432/${POSTGRES_DB}`);
    expect(readEnvironment({ DATABASE_URL: address }).DATABASE_URL).toBe(address);
  });
});

/** Runs the Dockerfile by hand in a clean copy: each COPY into its stage, each RUN but the system's own, then CMD. */
async function buildByHand(): Promise<{ image: string; data: string; root: string }> {
  const root = mkdtempSync(join(tmpdir(), 'bw-image-'));
  const stages = [join(root, 'build'), join(root, 'image')];
  const data = join(root, 'data');
  for (const { stage, word, rest } of instructions) {
    const folder = stages[stage] ?? root;
    if (word === 'COPY') copy(rest, folder, stages[0] ?? root);
    if (word === 'RUN') for (const command of rest.split(' && ').filter(runsHere)) await shell(command, folder, data);
  }
  return { image: stages[1] ?? root, data, root };
}

function copy(rest: string, folder: string, build: string): void {
  const fromBuild = rest.startsWith('--from=build ');
  const words = rest.replace('--from=build ', '').split(' ');
  const target = words.at(-1) ?? '.';
  for (const source of words.slice(0, -1)) {
    const from = fromBuild ? join(build, source.replace(/^\/app\//, '')) : source;
    const to =
      target.endsWith('/') && !(fromBuild || words.length === 2)
        ? join(folder, target, source)
        : join(folder, target.endsWith('/') ? source : target);
    cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  }
}

/** Debian's packages and file owners belong to the container; everything else runs here too. */
function runsHere(command: string): boolean {
  return !/^(apt-get|rm -rf \/var|chown|mkdir -p \/data)/.test(command.trim());
}

function environment(data: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    BORDERWIRE_DATA: data,
    DISCORD_TOKEN: '',
    SLACK_BOT_TOKEN: '',
    SLACK_APP_TOKEN: '',
    LOG_LEVEL: 'silent',
  };
}

/** The words of an instruction in exec form. */
function execOf(word: string): string[] {
  const list = /\[.*\]/.exec(of(word).at(-1)?.rest ?? '')?.[0] ?? '[]';
  return JSON.parse(list) as string[];
}

/** Starts the image's command, waits for its word that it is ready and for one round, and stops it as an engine would. */
async function readyThenStopped(
  command: readonly string[],
  image: string,
  data: string,
): Promise<{ ready: boolean; code: number | null }> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: image, env: environment(data), stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const roundEnded = (): boolean =>
    spawnSync(process.execPath, ['dist/main.js', 'health'], { cwd: image, env: environment(data) }).status === 0;
  for (let tries = 0; tries < 60 && !(out.includes('Borderwire is ready') && roundEnded()); tries++)
    await new Promise((resolve) => setTimeout(resolve, 1000));
  child.kill('SIGTERM');
  return { ready: out.includes('Borderwire is ready'), code: await ended };
}

/** Not spawnSync: a minute of compiling must not silence the test runner's own messages. */
async function shell(command: string, folder: string, data: string): Promise<string> {
  const child = spawn('sh', ['-c', command], {
    cwd: folder,
    env: environment(data),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`${command}: ${out}`);
  return out;
}

// Compiling the native parts a second time takes a minute: with the heavy suites only.
describe.skipIf(process.env.BORDERWIRE_HEAVY !== '1')('the image, built by hand', () => {
  it('holds production packages only, and its command and health check work', { timeout: 1_200_000 }, async () => {
    const { image, data, root } = await buildByHand();
    try {
      expect(existsSync(join(image, 'node_modules/better-sqlite3'))).toBe(true);
      expect(existsSync(join(image, 'node_modules/typescript'))).toBe(false);
      expect(existsSync(join(image, 'node_modules/vitest'))).toBe(false);
      const answer = JSON.parse(await shell('node dist/main.js ban-status Laos --json', image, data)) as {
        tier: string;
      };
      expect(answer.tier).toBe('full');
      const command = execOf('CMD');
      expect(await readyThenStopped(command, image, data)).toEqual({ ready: true, code: 0 });
      const [health, ...args] = execOf('HEALTHCHECK');
      expect(spawnSync(health ?? '', args, { cwd: image, env: environment(data) }).status).toBe(0);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
