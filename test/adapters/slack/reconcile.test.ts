import { expect, it } from 'vitest';
import { openAdapter } from './opened.ts';

it('finds a message of this morning in a channel that was busy all day', async () => {
  const [morning, hourMs] = [Date.parse('2026-03-02T09:00:00.000Z'), 3_600_000];
  const opened = await openAdapter({}, () => morning);
  const { slack, adapter } = opened;
  try {
    slack.scopes.add('channels:history');
    const doubtful = opened.row('r1', { maybeSentSince: new Date(morning).toISOString() });
    await adapter.send(doubtful);
    const [first] = slack.messages;
    if (first === undefined) throw new Error('nothing was posted');
    for (let minute = 1; minute <= 500; minute++)
      slack.messages.push({ ...first, ts: `${(morning + minute * 60_000) / 1_000}.000000`, metadata: undefined });
    expect(await adapter.reconcile?.(doubtful)).toEqual({ kind: 'found', messageId: first.ts });
    const lost = opened.row('r2', { maybeSentSince: new Date(morning + hourMs).toISOString() });
    expect(await adapter.reconcile?.(lost)).toEqual({ kind: 'absent' });
  } finally {
    await opened.close();
  }
});
