import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addHealthPages, heartbeat } from '../src/app-http.ts';
import { createMetrics } from '../src/app-metrics.ts';
import type { Store } from '../src/core/ports.ts';
import { createHttpServer, type HttpServer } from '../src/lib/http-server.ts';
import { openStore } from '../src/store/open.ts';
import { createFakeClock, type FakeClock } from './fakes/clock.ts';
import { noon } from './fakes/samples.ts';

let folder: string;
let file: string;
let clock: FakeClock;
let store: Store;
let server: HttpServer;
let origin: string;
let connected = true;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bw-http-'));
  file = join(folder, 'b.sqlite');
  clock = createFakeClock(noon);
  const metrics = createMetrics(clock, () => null);
  const migrations = new URL('../migrations', import.meta.url).pathname;
  store = metrics.watchStore(await openStore({ url: file, migrations, now: () => clock.now() }));
  server = createHttpServer({ host: '127.0.0.1', port: 0 });
  addHealthPages(server, { store, clock, metrics, connected: () => connected });
  origin = `http://127.0.0.1:${await server.start()}`;
  connected = true;
});
afterEach(async () => {
  await server.stop();
  await store.close();
  rmSync(folder, { recursive: true });
});

async function ready(): Promise<{ status: number; round: string }> {
  const answer = await fetch(`${origin}/readyz`);
  return { status: answer.status, round: ((await answer.json()) as { round: string }).round };
}

it('is ready while rounds end and platforms are connected', async () => {
  expect(await ready()).toEqual({ status: 503, round: 'No round has ended yet.' });
  await store.meta.set(heartbeat, clock.iso());
  expect((await ready()).status).toBe(200);
  connected = false;
  expect((await ready()).status).toBe(503);
  connected = true;
  await clock.advance(11 * 60_000);
  expect((await ready()).status).toBe(503);
});

it('is not ready when the database was taken away, and says what to do; the process lives', async () => {
  await store.meta.set(heartbeat, clock.iso());
  renameSync(file, `${file}.away`);
  expect(await ready()).toEqual({ status: 503, round: expect.stringMatching(/b\.sqlite: the file is gone.*backup/) });
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);
  renameSync(`${file}.away`, file);
  expect((await ready()).status).toBe(200);
});

it('gives figures that are valid, and there before anything happened', async () => {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const valid =
    /^[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\[\\n"])*",?)*\})? (Na[Nn]|[+-]?(Inf|[\d.]+(e[+-]?\d+)?))$/;
  expect(lines.filter((line) => !valid.test(line))).toEqual([]);
  expect(lines).toContain('borderwire_polls_total{outcome="ok"} 0');
  expect(lines).toContain('borderwire_sources_watched 0');
});
