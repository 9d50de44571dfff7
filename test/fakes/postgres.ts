import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type QueryResultRow } from 'pg';

const debian = '/usr/lib/postgresql';

/** The folder of PostgreSQL's programs: the newest of Debian's, else whatever `pg_config` names. Null when there is none. */
export function postgresPrograms(): string | null {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(debian, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
  if (found !== undefined) return found;
  const asked = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  const bin = asked.status === 0 ? asked.stdout.trim() : '';
  return existsSync(join(bin, 'initdb')) ? bin : null;
}

export interface Cluster {
  /** Address of a database of this name. */
  url(database: string): string;
  port: number;
  /** Ends the server as a power cut does, or in good order. */
  stop(how: 'immediate' | 'fast'): Promise<void>;
  start(): Promise<void>;
}

/** PostgreSQL refuses to run as root. */
function asServer(command: readonly string[]): readonly string[] {
  return process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', ...command] : command;
}

function run(command: readonly string[]): void {
  const [program = '', ...rest] = asServer(command);
  const done = spawnSync(program, rest, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command.join(' ')}: ${done.stdout}${done.stderr}${done.error ?? ''}`);
}

/** Who must own the files. */
function serverUser(): number | null {
  if (process.getuid?.() !== 0) return null;
  return Number(spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).stdout.trim());
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

const speed = [
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'shared_buffers=64MB',
  'max_connections=200',
];

/**
 * Makes and starts a cluster in a new folder of `parent`, a folder made for it alone. When the process `keeper` ends,
 * however that comes about, the server ends and `parent` is removed.
 */
export async function startCluster(parent: string, keeper: number, settings: readonly string[] = []): Promise<Cluster> {
  const bin = postgresPrograms();
  if (bin === null) throw new Error('PostgreSQL is not installed');
  const folder = mkdtempSync(join(parent, 'pg-'));
  const user = serverUser();
  if (user !== null) for (const each of [parent, folder]) chownSync(each, user, user);
  const data = join(folder, 'data');
  run([
    join(bin, 'initdb'),
    '-D',
    data,
    '-U',
    'borderwire',
    '--auth=trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ]);
  const port = await freePort();
  const options = [...speed, ...settings, `unix_socket_directories=${folder}`, 'listen_addresses=127.0.0.1'];
  const server = [join(bin, 'postgres'), '-D', data, '-p', `${port}`, ...options.flatMap((one) => ['-c', one])];
  const url = (database: string) => `postgres://borderwire@127.0.0.1:${port}/${database}`;
  const start = async () => {
    const watch = `"$@" >>${folder}/log 2>&1 & server=$!; while kill -0 $server 2>/dev/null; do ps -p ${keeper} >/dev/null || kill -INT $server; sleep 1; done; ps -p ${keeper} >/dev/null || rm -rf ${parent}`;
    const [program = '', ...rest] = asServer(['sh', '-c', watch, 'sh', ...server]);
    spawn(program, rest, { detached: true, stdio: 'ignore' }).unref();
    await untilReady(url('postgres'));
  };
  await start();
  return {
    url,
    port,
    start,
    stop: async (how) => {
      run([join(bin, 'pg_ctl'), 'stop', '-D', data, '-m', how]);
      await sleep(0);
    },
  };
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const client = new Client({ connectionString: url });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (tries > 300) throw error;
      await sleep(50);
    }
  }
}

/** Runs statements on a database, past the program's own code. */
export async function ask<Row extends QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  // A server that crashes in the middle fails the question; the connection's own word of it comes besides.
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

const runFolder = join(tmpdir(), `borderwire-postgres-${process.ppid}`);

/** The cluster of this test run, started by whoever asks first; it ends with the run. */
async function sharedCluster(): Promise<string> {
  const ready = join(runFolder, 'url');
  try {
    mkdirSync(runFolder);
    const cluster = await startCluster(runFolder, process.ppid);
    writeFileSync(ready, cluster.url(''));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  for (let tries = 0; tries < 600 && !existsSync(ready); tries++) await sleep(50);
  return readFileSync(ready, 'utf8');
}
let databases = 0;

/** A new empty database in the cluster of this run, and how to drop it. */
export async function newDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = await sharedCluster();
  const name = `t${process.pid}_${++databases}`;
  await ask(`${server}postgres`, `create database ${name}`);
  return {
    url: `${server}${name}`,
    drop: async () => void (await ask(`${server}postgres`, `drop database ${name} with (force)`)),
  };
}

/** Whether tests on PostgreSQL can run here. Where they must (`.ci/run`), its absence is an error; elsewhere it is said. */
export function havePostgres(): boolean {
  if (postgresPrograms() !== null) return true;
  const words = 'PostgreSQL is not installed: its tests are skipped (Debian: apt-get install postgresql)';
  if (process.env.BORDERWIRE_POSTGRES === 'required') throw new Error(words);
  process.stderr.write(`${words}\n`);
  return false;
}
