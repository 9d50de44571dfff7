import { describe, expect, it } from 'vitest';
import { planOf } from './plan.ts';

describe('the plan of an ordeal', () => {
  it('is the same for the same kills and seed, and another for another seed', () => {
    expect(planOf(50, 7, 0.5)).toMatchObject({ digest: planOf(50, 7, 0.5).digest, lives: planOf(50, 7, 0.5).lives });
    expect(planOf(50, 8, 0.5).digest).not.toBe(planOf(50, 7, 0.5).digest);
  });

  it('draws the faults of each platform by themselves, whatever the order in which the platforms are asked', () => {
    const draw = (order: readonly string[]) => {
      const plan = planOf(1, 3, 1);
      const chances = new Map(['discord', 'slack'].map((name) => [name, plan.chance(name)]));
      const drawn = order.map((name) => ({ name, is: chances.get(name)?.() }));
      return drawn.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    };
    expect(draw(['slack', 'discord', 'slack'])).toEqual(draw(['discord', 'slack', 'slack']));
  });

  it('publishes at the rate that is asked for, and kills lives while they start, ask, poll and send', () => {
    const { lives } = planOf(2_000, 1, 0.25);
    expect(lives.filter((life) => life.publishes).length / lives.length).toBeCloseTo(0.25, 1);
    expect(lives.filter((life) => life.startMs !== null).length).toBeGreaterThan(0);
    expect(new Set(lives.map((life) => life.asking))).toEqual(new Set(['anything', 'feed', 'send']));
  });
});
