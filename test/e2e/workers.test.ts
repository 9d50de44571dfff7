import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { workersOrdeal } from '../fakes/crash/workers.ts';
import { havePostgres, newDatabase } from '../fakes/postgres.ts';

const heavy = process.env.BORDERWIRE_HEAVY === '1';

beforeAll(() => {
  if (!existsSync('dist/main.js')) throw new Error('Run npm run build first: these tests start the built program.');
});

describe.skipIf(!havePostgres())('three workers on one PostgreSQL database, killed at any moment', () => {
  it('lose no alert, tell none twice, and hand over who makes stories', async () => {
    const { url, drop } = await newDatabase();
    const seconds = heavy ? 60 : 15;
    const report = await workersOrdeal({
      url,
      workers: 3,
      sources: 12,
      channels: 20,
      seconds,
      killEverySeconds: 5,
      publishEverySeconds: 3,
      seed: 20_260_501,
      hurry: true,
    });
    await drop();
    process.stdout.write(`workers: ${JSON.stringify(report)}\n`);
    expect(report.killed).toBeGreaterThanOrEqual(heavy ? 8 : 2);
    expect(report.lost).toEqual([]);
    expect(report.twice).toEqual({ discord: [], slack: [] });
    expect(report.left).toMatchObject({ pending: 0, leased: 0, retry: 0, dead: 0 });
    expect(report.clusterers).toBeGreaterThanOrEqual(2);
    expect(report.longestWithoutClusterer).toBeLessThan(60);
  }, 600_000);
});
