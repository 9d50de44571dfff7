import { expect, it } from 'vitest';
import { snowflakeAt } from '../../../src/adapters/discord/reconcile.ts';
import { leasedRow } from '../../contract/adapter.ts';
import { ids } from '../../fakes/discord/world.ts';
import { openDiscord } from './open.ts';

it('finds a message of this morning in a channel that was busy all day', async () => {
  const [morning, hourMs] = [Date.parse('2026-03-02T09:00:00.000Z'), 3_600_000];
  const { fake, adapter } = await openDiscord({}, { now: () => morning });
  await adapter.start();
  try {
    const channel = { platform: 'discord' as const, workspace: ids.guild, id: ids.text };
    const since = (ms: number) => new Date(ms).toISOString();
    const doubtful = leasedRow(adapter, 'r1', { channel, maybeSentSince: since(morning) });
    await adapter.send(doubtful);
    const first = fake.messages.all.at(-1);
    if (first === undefined) throw new Error('nothing was posted');
    for (let minute = 1; minute <= 800; minute++)
      fake.messages.all.push({ ...first, id: snowflakeAt(morning + minute * 60_000), body: {}, nonce: null });
    expect(await adapter.reconcile?.(doubtful)).toEqual({ kind: 'found', messageId: first.id });
    const lost = leasedRow(adapter, 'r2', { channel, maybeSentSince: since(morning + hourMs) });
    expect(await adapter.reconcile?.(lost)).toEqual({ kind: 'absent' });
  } finally {
    await adapter.stop();
    await fake.close();
  }
});
