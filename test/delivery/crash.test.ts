import { describe, expect, it } from 'vitest';
import { crashOrdeal } from '../fakes/crash/ordeal.ts';

const kills = process.env.BORDERWIRE_HEAVY === '1' ? 100 : 10;
const seed = 20_260_302;

describe('a program that is killed again and again', () => {
  it(`loses no alert and says none twice (${kills} kills, seed ${seed})`, {
    timeout: 30_000 + kills * 15_000,
  }, async () => {
    const report = await crashOrdeal(kills, seed);
    const { killed, alerts, lost, twice, unknown, unknownDiscord, answersLost, counts, code } = report;
    console.log(
      `crash: ${killed} killed, ${answersLost} answers lost, seed ${seed}: LOST ${lost.length} TWICE ${twice.length} UNKNOWN ${unknown}`,
    );
    expect({ lost, twice, code }).toEqual({ lost: [], twice: [], code: 0 });
    expect(counts).toMatchObject({ pending: 0, leased: 0, retry: 0, dead: 0, sent: alerts * 3 - unknown });
    // One send a channel is in flight when the program is killed: three channels of slack, and the console.
    expect(unknown).toBeLessThanOrEqual(answersLost + killed * 4);
    expect(unknownDiscord).toBe(0);
    expect(killed).toBeGreaterThan(kills / 2);
  });
});
