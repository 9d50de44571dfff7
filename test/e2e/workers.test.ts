import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTroubledServer } from '../fakes/crash/trouble.ts';
import { type WorkersReport, workersOrdeal } from '../fakes/crash/workers.ts';
import { havePostgres, newDatabase } from '../fakes/postgres.ts';

const heavy = process.env.BORDERWIRE_HEAVY === '1';
const size = { workers: 3, sources: 12, channels: 20, killEverySeconds: 5, publishEverySeconds: 3, hurry: true };

beforeAll(() => {
  if (!existsSync('dist/main.js')) throw new Error('Run npm run build first: these tests start the built program.');
});

function expectWhole(name: string, report: WorkersReport): void {
  process.stdout.write(`${name}: ${JSON.stringify(report)}\n`);
  expect(report.lost).toEqual([]);
  expect(report.twice).toEqual({ discord: [], slack: [] });
  expect(report.left).toMatchObject({ pending: 0, leased: 0, retry: 0, dead: 0 });
  expect(report.clusterers).toBeGreaterThanOrEqual(2);
  expect(report.longestWithoutClusterer).toBeLessThan(60);
}

describe.skipIf(!havePostgres())('three workers on one PostgreSQL database, killed at any moment', () => {
  it('lose no alert, tell none twice, and hand over who makes stories', async () => {
    const { url, drop } = await newDatabase();
    const report = await workersOrdeal({ ...size, url, seconds: 15, seed: 20_260_501 });
    await drop();
    expectWhole('workers', report);
    expect(report.killed).toBeGreaterThanOrEqual(2);
  }, 600_000);

  it.skipIf(!heavy)(
    'likewise while their network is cut and their server crashes (BORDERWIRE_HEAVY=1)',
    async () => {
      const server = await startTroubledServer(60, 10);
      const { url, workerUrl, trouble } = server;
      const report = await workersOrdeal({ ...size, url, workerUrl, trouble, seconds: 60, seed: 20_260_502 });
      await server.close();
      expect(server.done).toEqual(['network cut for 10 s', 'database crashed and restarted']);
      expectWhole('workers in trouble', report);
    },
    900_000,
  );
});
