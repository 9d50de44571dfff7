import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { App } from '../src/app.ts';
import { createUpkeep, markRunning } from '../src/app-upkeep.ts';
import { openTestApp, testConfig } from './fakes/app.ts';

const hour = 3_600_000;
let wall: number;
let elapsed: number;
let app: App;
beforeEach(async () => {
  wall = Date.parse('2026-03-02T12:00:00Z');
  elapsed = 0;
  const clock = { now: () => wall, elapsed: () => elapsed, sleep: () => Promise.resolve() };
  app = await openTestApp({ memory: true, clock });
});
afterEach(() => app.close());

function pass(ms: number, jump = 0): void {
  elapsed += ms;
  wall += ms + jump;
}

async function toldOf(): Promise<readonly string[]> {
  return (await app.store.notices.untold(9)).map(({ text }) => text);
}

it('notes each jump of the clock, and nothing while it only runs', async () => {
  const upkeep = createUpkeep(app);
  await upkeep.look();
  pass(30_000);
  await upkeep.look();
  pass(6 * hour);
  await upkeep.look();
  expect(await toldOf()).toEqual([]);
  pass(30_000, hour);
  await upkeep.look();
  pass(30_000, -2 * hour);
  await upkeep.look();
  expect((await toldOf()).flatMap((text) => /jumped \d+ min \w+/.exec(text) ?? [])).toEqual([
    'jumped 120 min back',
    'jumped 60 min forward',
  ]);
});

it('notes a jump that came while the database was away, when it is back', async () => {
  let away = true;
  const endLeases: App['store']['endLeases'] = (...given) =>
    away ? Promise.reject(new Error('away')) : app.store.endLeases(...given);
  const upkeep = createUpkeep({ ...app, store: { ...app.store, endLeases } });
  pass(30_000, hour);
  await expect(upkeep.look()).rejects.toThrow('away');
  away = false;
  pass(30_000);
  await Promise.all([upkeep.look(), upkeep.look()]);
  expect(await toldOf()).toEqual([expect.stringContaining('jumped 60 min forward')]);
});

it('prunes once an hour', async () => {
  const asked: string[] = [];
  const store = {
    ...app.store,
    prune: (before: { articlesBefore: string }) => {
      asked.push(before.articlesBefore.slice(0, 13));
      return Promise.resolve({});
    },
  };
  const upkeep = createUpkeep({ ...app, store });
  await upkeep.prune();
  pass(hour / 2);
  await upkeep.prune();
  pass(hour);
  await upkeep.prune();
  expect(asked).toEqual(['2025-12-02T12', '2025-12-02T13']);
});

it('has the database looked at after a process that did not end in order, and only then', async () => {
  let looked = 0;
  const check = () => {
    looked++;
    return Promise.resolve('b.sqlite is damaged (page 7)');
  };
  const watched = { ...app, store: { ...app.store, check } };
  await (await markRunning(watched)).end();
  await markRunning(watched);
  expect(looked).toBe(0);
  await markRunning(watched);
  await expect.poll(toldOf).toEqual(['b.sqlite is damaged (page 7)']);
  expect(looked).toBe(1);
});

it('says once that an edited file of settings needs a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bw-config-'));
  writeFileSync(join(folder, 'settings.yaml'), '');
  const config = testConfig({ BORDERWIRE_CONFIG: folder });
  const upkeep = createUpkeep({ ...app, config });
  await upkeep.look();
  writeFileSync(join(folder, 'settings.yaml'), 'stories:\n  holdBackSeconds: 5\n');
  for (let n = 0; n < 3; n++) {
    pass(hour);
    await upkeep.look();
  }
  expect(await toldOf()).toEqual([expect.stringMatching(/settings\.yaml has changed\. Restart/)]);
  mkdirSync(join(folder, 'ledger'));
  writeFileSync(join(folder, 'ledger', 'deals.yaml'), '');
  writeFileSync(join(folder, 'notes.txt'), '');
  pass(hour);
  await upkeep.look();
  expect(await toldOf()).toEqual([
    expect.stringMatching(/settings\.yaml has changed\. Restart/),
    expect.stringMatching(/ledger.deals\.yaml has changed\. Restart/),
  ]);
});
