import { describe, expect, it } from 'vitest';
import { connectAll } from '../src/app-connect.ts';
import type { ChatAdapter } from '../src/core/delivery.ts';
import type { Platform } from '../src/core/subscription.ts';
import { createFakeChat } from './fakes/chat.ts';
import { createFakeClock, settled } from './fakes/clock.ts';

const clock = createFakeClock();
const adapter = (platform: Platform, start: () => Promise<void>): ChatAdapter => ({
  ...createFakeChat({ platform, now: () => clock.now() }),
  start,
});
const never = () => new Promise<void>(() => {});

function connect(adapters: readonly ChatAdapter[], stop = new AbortController()) {
  const failures: unknown[] = [];
  const failed = (error: unknown) => void failures.push(error);
  return { failures, stop, tried: connectAll(adapters, { clock, signal: stop.signal, failed }) };
}

describe('platforms at the start', () => {
  it('are waited for when all answer', async () => {
    const { tried, failures } = connect([adapter('discord', settled), adapter('slack', settled)]);
    expect([await tried, failures, clock.sleepers()]).toEqual([[], [], 0]);
  });

  it('do not wait for one that cannot be reached', async () => {
    let other = false;
    const slack = adapter('slack', async () => void (other = true));
    const { tried, failures } = connect([adapter('discord', never), slack]);
    await clock.advance(15_000);
    expect([await tried, other, failures]).toEqual([['discord'], true, []]);
  });

  it('end the start when one refuses to have us, at once or later', async () => {
    const refusal = new Error('refused');
    const early = connect([adapter('discord', never), adapter('slack', () => Promise.reject(refusal))]);
    await early.tried;
    expect(early.failures).toEqual([refusal]);
    let refuse = (_error: Error) => {};
    const late = connect([adapter('slack', () => new Promise((_resolve, reject) => void (refuse = reject)))]);
    await clock.advance(15_000);
    expect([await late.tried, late.failures]).toEqual([['slack'], []]);
    refuse(refusal);
    await settled();
    expect(late.failures).toEqual([refusal]);
  });

  it('are left when the program is stopped meanwhile', async () => {
    const { tried, stop } = connect([adapter('discord', never)]);
    stop.abort();
    expect(await tried).toEqual(['discord']);
  });
});
