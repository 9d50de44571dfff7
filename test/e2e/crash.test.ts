import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { crashOrdeal } from '../fakes/crash/ordeal.ts';

const kills = process.env.BORDERWIRE_HEAVY === '1' ? 100 : 5;

beforeAll(() => {
  if (!existsSync('dist/main.js')) throw new Error('Run npm run build first: these tests start the built program.');
});

describe('the built program, killed again and again while it tells Discord and Slack', () => {
  it.each([
    { kills, seed: 20_260_302, readsHistory: true },
    { kills: Math.ceil(kills / 20), seed: 20_260_303, readsHistory: false },
  ])(
    'loses no alert, says none twice, and lists what nobody can know: $kills kills, seed $seed, history $readsHistory',
    async ({ kills: times, seed, readsHistory }) => {
      const report = await crashOrdeal(times, seed, { readsHistory });
      const { killed, lost, twice, unknown, ambiguous, unsettled, owed } = report;
      console.log(
        `crash: ${killed} killed, ${owed} posts owed, ${ambiguous} ambiguous, seed ${seed}: ` +
          `LOST ${lost.length} TWICE ${twice.length} UNKNOWN ${unknown.length}`,
      );
      expect({ lost, twice, unsettled, killed }).toEqual({ lost: [], twice: [], unsettled: 0, killed: times });
      const unsettledDoubts = readsHistory ? unknown : [];
      expect(unsettledDoubts).toEqual([]);
      expect(unknown.length).toBeLessThanOrEqual(ambiguous);
      expect(owed).toBeGreaterThan(0);
    },
    300_000 + kills * 20_000,
  );
});
