import { describe, expect, it } from 'vitest';
import { createDispatcher } from '../../src/commands/dispatch.ts';
import { createCommands } from '../../src/commands/index.ts';
import { answerSchemas } from '../../src/core/answers/index.ts';
import { previewDelivery } from '../../src/delivery/preview.ts';
import { silentLog } from '../../src/lib/log.ts';
import { channel, draft, message, story, subscription } from '../fakes/samples.ts';
import { askerIn, testServices } from '../fakes/services.ts';

const operator = askerIn('c1', { operator: true });
const at = '2026-11-21T12:00:00.000Z';
const until = '2026-11-21T12:01:00.000Z';

async function opened() {
  const { services, store } = await testServices();
  const dispatcher = createDispatcher(createCommands(services), silentLog);
  return { store, ask: (text: string, who = operator) => dispatcher.line(text, who) };
}

/** One delivery whose fate is unknown, with its notice. */
async function withUnknown() {
  const place = await opened();
  await place.store.outbox.enqueue([draft({ notBefore: at, message: message('Laos added') })]);
  const [row] = await place.store.outbox.lease('me', at, until, 1);
  const id = row?.id ?? '';
  await place.store.outbox.begin(id, 'me', at);
  const outcome = { kind: 'unknown', reason: 'connection dropped' } as const;
  await place.store.outbox.settle(id, outcome, at, { state: 'unknown', owner: 'me' });
  await place.store.notices.raise({ kind: 'delivery-unknown', subject: id, text: 'Nobody knows.', at });
  return { ...place, id };
}

describe('/deliveries', () => {
  it('is for operators', async () => {
    const { ask } = await opened();
    expect((await ask('/deliveries', askerIn('c1'))).exitCode).not.toBe(0);
  });

  it('lists what is open with its remedies as buttons, in a shape that is published', async () => {
    const { ask, id } = await withUnknown();
    const reply = await ask('/deliveries');
    expect(JSON.stringify(reply.message)).toContain('connection dropped');
    expect(reply.message.actions?.map((one) => ('command' in one ? one.command : ''))).toEqual([
      `/deliveries retry:${id}`,
      `/deliveries drop:${id}`,
      `/deliveries ${id}`,
    ]);
    expect(reply.data).toMatchObject({ counts: { unknown: 1 }, deliveries: [{ id, state: 'unknown' }] });
    expect(answerSchemas['deliveries']?.safeParse(reply.data).success).toBe(true);
    expect((await ask('/deliveries state:pending')).data).toMatchObject({ deliveries: [] });
  });

  it('shows the attempts of one, by the end of its id', async () => {
    const { ask, id } = await withUnknown();
    const reply = await ask(`/deliveries ${id.slice(-8)}`);
    expect(reply.data).toMatchObject({ attempts: [{ attempt: 1, outcome: 'unknown: connection dropped' }] });
    expect((await ask('/deliveries nothing-like-it')).exitCode).not.toBe(0);
  });

  it('sends again or drops in one step, and the notice is resolved', async () => {
    const first = await withUnknown();
    expect((await first.ask(`/deliveries retry:${first.id}`)).data).toMatchObject({ done: 'retried' });
    expect(await first.store.outbox.counts()).toMatchObject({ unknown: 0, retry: 1 });
    expect(await first.store.notices.standing(9)).toEqual([]);
    const second = await withUnknown();
    await second.ask(`/deliveries drop:${second.id}`);
    expect(await second.store.outbox.counts()).toMatchObject({ dead: 1 });
    // Somebody looked: what may stand there already comes back only by its own id.
    expect((await second.ask('/deliveries retry:all-dead')).data).toMatchObject({ deliveries: [] });
    expect((await second.ask(`/deliveries retry:${second.id}`)).data).toMatchObject({ done: 'retried' });
  });

  it('sends again all that was given up by itself', async () => {
    const { ask, store } = await opened();
    await store.outbox.enqueue([draft({ notBefore: at })]);
    const [row] = await store.outbox.lease('me', at, until, 1);
    const id = row?.id ?? '';
    await store.outbox.begin(id, 'me', at);
    await store.outbox.settle(id, { kind: 'rejected', reason: '400' }, at, { state: 'dead', owner: 'me' });
    expect((await ask('/deliveries retry:all-dead')).data).toMatchObject({ deliveries: [id] });
  });

  it('never sends again what arrived', async () => {
    const { ask, store, id } = await withUnknown();
    await store.outbox.settle(id, { kind: 'sent', messageId: 'm1' }, at, { state: 'sent' });
    expect((await ask(`/deliveries retry:${id}`)).exitCode).not.toBe(0);
    expect(await store.outbox.counts()).toMatchObject({ sent: 1 });
  });
});

describe('the preview of a story', () => {
  it('says where it would go, and why not elsewhere', () => {
    const all = [
      subscription('wants'),
      subscription('other', { channel: channel('c2'), countries: ['TD'] }),
      subscription('paused', { channel: channel('c3'), status: 'paused', pausedBecause: 'forbidden' }),
      subscription('daily', { channel: channel('c4'), digest: 'daily' }),
      subscription('heard', { channel: channel('c5') }),
    ];
    const told = [{ channel: channel('c5'), revision: 1, waiting: false }];
    const context = { now: at, told, editPauseMs: 0, message: () => message('m') };
    const preview = previewDelivery(story('s1'), all, context);
    expect(Object.fromEntries(preview.map((one) => [one.channel.id, one.sends ? one.how : one.why.join()]))).toEqual({
      c1: 'post',
      c2: 'other countries',
      c3: 'paused: forbidden',
      c4: 'told in its daily digest',
      c5: 'has it already (revision 1)',
    });
  });
});
