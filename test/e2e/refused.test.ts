import { describe, expect, it } from 'vitest';
import type { ChatAdapter, OutboxDraft } from '../../src/core/delivery.ts';
import { createDeliverer } from '../../src/delivery/deliver.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createRandom } from '../../src/lib/random.ts';
import { openStore } from '../../src/store/open.ts';
import { openDiscord } from '../adapters/discord/open.ts';
import { openAdapter } from '../adapters/slack/opened.ts';
import { ids } from '../fakes/discord/world.ts';
import { draft, message } from '../fakes/samples.ts';

/** Delivers one row through an adapter, and answers what was logged as an error on the way and what became of the row. */
async function delivered(adapter: ChatAdapter, row: OutboxDraft) {
  const errors: string[] = [];
  const log = { ...silentLog, error: (_: object, text: string) => void errors.push(text), child: () => log };
  const store = await openStore({ url: ':memory:', migrations: 'migrations', now: Date.now });
  try {
    await store.outbox.enqueue([row]);
    const parts = { store, adapters: [adapter], clock: systemClock, random: createRandom(Date.now), log, owner: 'one' };
    const work = createDeliverer(parts);
    for (let round = 0; round < 40 && (await store.outbox.list('sent', 1)).length === 0; round++) {
      await work.drain();
      await systemClock.sleep(100);
    }
    return { errors, sent: (await store.outbox.list('sent', 9)).length };
  } finally {
    await store.close();
  }
}

const rich = {
  ...message('Rwanda agrees to take deportees'),
  plain: 'Rwanda agrees to take deportees. Official, agreed.',
  blocks: [{ kind: 'fields' as const, fields: [{ name: 'Sources', value: ['2 originators'] }] }],
};

/** What no renderer can render: its fields are not what they should be. */
const broken = JSON.parse(JSON.stringify(rich).replace('"name"', '"label"')) as typeof rich;

describe('a message that a platform refuses in full', () => {
  it('reaches a Slack channel in its plain form, and the full one is logged for the operator', async () => {
    const opened = await openAdapter();
    const { slack, adapter } = opened;
    try {
      slack.faults.push({ fault: { kind: 'error', error: 'invalid_blocks' }, stored: false });
      const row = draft({ channel: { platform: 'slack', workspace: 'T1', id: 'C0000000001' }, message: rich });
      expect(await delivered(adapter, row)).toEqual({
        errors: ['refused in full; a plain form is sent instead'],
        sent: 1,
      });
      expect(slack.messages.map(({ text }) => text)).toEqual([expect.stringContaining('Official, agreed.')]);
      expect(JSON.stringify(slack.messages[0]?.blocks)).not.toContain('2 originators');
      expect(await delivered(adapter, { ...row, message: broken })).toMatchObject({
        errors: ['refused in full; a plain form is sent instead'],
        sent: 1,
      });
    } finally {
      await opened.close();
    }
  });

  it('reaches a Discord channel in its plain form, and the full one is logged for the operator', async () => {
    const { fake, adapter } = await openDiscord();
    await adapter.start();
    try {
      fake.faults.push({ on: 'POST /channels', how: 'status', status: 400, code: 50_035, when: 'before' });
      const row = draft({ channel: { platform: 'discord', workspace: ids.guild, id: ids.text }, message: rich });
      expect(await delivered(adapter, row)).toEqual({
        errors: ['refused in full; a plain form is sent instead'],
        sent: 1,
      });
      expect(fake.messages.all).toHaveLength(1);
      expect(JSON.stringify(fake.messages.all[0]?.body)).toContain('Official, agreed.');
      expect(JSON.stringify(fake.messages.all[0]?.body)).not.toContain('2 originators');
      expect(await delivered(adapter, { ...row, message: broken })).toMatchObject({
        errors: ['refused in full; a plain form is sent instead'],
        sent: 1,
      });
    } finally {
      await adapter.stop();
      await fake.close();
    }
  });
});
