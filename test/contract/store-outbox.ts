import { describe, expect, it } from 'vitest';
import type { OutboxDraft, OutboxRow } from '../../src/core/delivery.ts';
import type { Store } from '../../src/core/ports.ts';
import { after, article, channel, draft, message, noon, reading, story } from '../fakes/samples.ts';

export function contractOfOutbox(current: () => Store): void {
  const outbox = () => current().outbox;
  const titles = (rows: readonly OutboxRow[]) => rows.map((row) => row.message.title);

  async function leased(now = noon, limit = 9, owner = 'one'): Promise<readonly OutboxRow[]> {
    return outbox().lease(owner, now, new Date(Date.parse(now) + 60_000).toISOString(), limit);
  }

  async function sendNext(messageId: string, now = noon): Promise<OutboxRow> {
    const [row] = await leased(now, 1);
    if (!row) throw new Error('nothing to send');
    await outbox().begin(row.id, 'one', now);
    await outbox().settle(row.id, { kind: 'sent', messageId }, now, { state: 'sent' });
    return row;
  }

  const edit = (revision: number, title: string, more: Partial<OutboxDraft> = {}) =>
    draft({ revision, action: 'edit', message: message(title), standalone: message(title), ...more });

  const commit = (stories: ReturnType<typeof story>[], drafts: OutboxDraft[], id: string) =>
    current().stories.commitIngest({
      entryId: null,
      entryVersion: 1,
      article: article(id),
      reading: reading(),
      stories,
      outbox: drafts,
    });
  /** s1 is folded into s2, and both say so. */
  const fold = () =>
    commit(
      [story('s2', { revision: 2 }), story('s1', { revision: 2, mergedInto: 's2' })],
      [edit(2, 'both', { subject: 's2' }), edit(2, 'folded')],
      'a2',
    );

  describe('outbox', () => {
    it('holds one delivery by channel, kind, subject and revision', async () => {
      expect(await outbox().enqueue([draft(), draft({ channel: channel('c2') })])).toBe(2);
      expect(await outbox().enqueue([draft({ message: message('again') })])).toBe(0);
      expect(await outbox().enqueue([draft({ kind: 'notice' }), draft({ channel: channel('c1', 'slack') })])).toBe(2);
    });

    it('gives back a row as it was given, pictures included', async () => {
      const png = new Uint8Array([137, 80, 78, 71, 0, 255]);
      const full = draft({ message: { ...message('map'), picture: { png, name: 'm.png', alt: 'A map' } }, late: true });
      await outbox().enqueue([full]);
      const [row] = await leased();
      expect(row).toMatchObject(full);
      expect(row?.message.picture?.png).toEqual(png);
      expect(row).toMatchObject({ state: 'leased', attempts: 0, replyTo: null, maybeSentSince: null });
    });

    it('leases what is due, oldest first, one a channel, and nothing twice', async () => {
      const rows = ['a', 'b', 'c'].map((subject) => draft({ subject, message: message(subject) }));
      await outbox().enqueue([...rows, draft({ channel: channel('c2'), message: message('other') })]);
      await outbox().enqueue([draft({ channel: channel('c3'), notBefore: after(60) })]);
      expect(titles(await leased())).toEqual(['a', 'other']);
      expect(await leased()).toEqual([]);
      expect(await outbox().nextAt()).toBe(noon);
    });

    it('leases and takes over rows of the asked platforms only', async () => {
      await outbox().enqueue([draft(), draft({ channel: channel('c1', 'slack') })]);
      expect(await outbox().lease('one', noon, after(60), 9, [])).toEqual([]);
      const [row] = await outbox().lease('one', noon, after(60), 9, ['slack']);
      expect(row?.channel.platform).toBe('slack');
      await outbox().begin(row?.id ?? '', 'one', noon);
      expect(await outbox().takeOver('two', after(60), after(120), 9, ['discord'])).toEqual([]);
      expect(await outbox().takeOver('two', after(60), after(120), 9, ['slack'])).toHaveLength(1);
    });

    it('finds other channels behind one that has a long queue', async () => {
      const queue = Array.from({ length: 100 }, (_, n) => draft({ subject: `s${n}` }));
      await outbox().enqueue([...queue, draft({ channel: channel('c2'), message: message('other') })]);
      expect(titles(await leased(noon, 2))).toEqual(['first', 'other']);
    });

    it('lets a retry hold back its own subject in its own channel only', async () => {
      const later = draft({ revision: 2, action: 'thread', message: message('later') });
      await outbox().enqueue([draft(), draft({ subject: 's2', message: message('another') })]);
      const [row] = await leased();
      await outbox().begin(row?.id ?? '', 'one', noon);
      const trouble = { kind: 'transient', reason: 'no route' } as const;
      await outbox().settle(row?.id ?? '', trouble, noon, { state: 'retry', retryAt: after(300) });
      await outbox().enqueue([later]);
      expect((await sendNext('m1', after(1))).message.title).toBe('another');
      expect(await leased(after(2))).toEqual([]);
      expect((await sendNext('m2', after(300))).message.title).toBe('first');
      const [answer] = await leased(after(301));
      expect(answer).toMatchObject({ action: 'thread', replyTo: 'm2', message: { title: 'later' } });
    });

    it('gives a lease that ran out before the attempt began back to be sent', async () => {
      await outbox().enqueue([draft()]);
      const [row] = await leased();
      expect(await outbox().takeOver('two', after(60), after(120), 9)).toEqual([]);
      const [again] = await leased(after(60), 9, 'two');
      expect(again?.id).toBe(row?.id);
      expect(await outbox().begin(row?.id ?? '', 'one', after(61))).toBe(false);
      expect(await outbox().begin(row?.id ?? '', 'two', after(61))).toBe(true);
    });

    it('hands over, never leases, a row whose attempt had begun when the lease ran out', async () => {
      await outbox().enqueue([draft()]);
      const [row] = await leased();
      expect(await outbox().begin(row?.id ?? '', 'one', after(1))).toBe(true);
      expect(await leased(after(90))).toEqual([]);
      const [lost] = await outbox().takeOver('two', after(90), after(150), 9);
      expect(lost).toMatchObject({ id: row?.id, attempts: 1, maybeSentSince: after(1) });
      expect(await outbox().takeOver('three', after(91), after(150), 9)).toEqual([]);
      const doubt = { kind: 'unknown', reason: 'stopped while sending' } as const;
      await outbox().settle(row?.id ?? '', doubt, after(91), { state: 'unknown', owner: 'two' });
      expect(await leased(after(99))).toEqual([]);
      expect((await outbox().list('unknown', 9)).map((one) => one.id)).toEqual([row?.id]);
    });

    it('refuses to begin twice, or after the lease ran out', async () => {
      await outbox().enqueue([draft()]);
      const [row] = await leased();
      expect(await outbox().begin(row?.id ?? '', 'one', after(60))).toBe(false);
      expect(await outbox().begin(row?.id ?? '', 'one', after(1))).toBe(true);
      expect(await outbox().begin(row?.id ?? '', 'one', after(2))).toBe(false);
    });

    it('takes a late answer from who lost the lease only when it says that the message arrived', async () => {
      await outbox().enqueue([draft()]);
      const [row] = await leased();
      const id = row?.id ?? '';
      await outbox().begin(id, 'one', noon);
      await outbox().takeOver('two', after(60), after(120), 9);
      const trouble = { kind: 'transient', reason: 'late' } as const;
      await outbox().settle(id, trouble, after(61), { state: 'retry', retryAt: after(61), owner: 'one' });
      expect(await leased(after(62))).toEqual([]);
      await outbox().settle(id, { kind: 'sent', messageId: 'm1' }, after(63), { state: 'sent', owner: 'one' });
      await outbox().settle(id, trouble, after(64), { state: 'retry', retryAt: after(64), owner: 'two' });
      expect(await outbox().row(id)).toMatchObject({ state: 'sent' });
    });

    it('records every attempt and what came of it', async () => {
      await outbox().enqueue([draft()]);
      const [row] = await leased();
      const id = row?.id ?? '';
      await outbox().begin(id, 'one', noon);
      const limited = { kind: 'rate-limited', retryAt: after(5), scope: 'channel' } as const;
      await outbox().settle(id, limited, after(1), { state: 'retry', retryAt: after(5) });
      await sendNext('m1', after(5));
      expect(await outbox().attempts(id)).toEqual([
        { attempt: 1, owner: 'one', startedAt: noon, finishedAt: after(1), outcome: limited },
        {
          attempt: 2,
          owner: 'one',
          startedAt: after(5),
          finishedAt: after(5),
          outcome: { kind: 'sent', messageId: 'm1' },
        },
      ]);
    });

    it('keeps the start of the first attempt that may have arrived', async () => {
      await outbox().enqueue([draft()]);
      const doubt = { kind: 'unknown', reason: 'hung' } as const;
      for (const at of [0, 10]) {
        const [row] = await leased(after(at));
        await outbox().begin(row?.id ?? '', 'one', after(at));
        await outbox().settle(row?.id ?? '', doubt, after(at + 1), { state: 'retry', retryAt: after(at + 10) });
      }
      const [row] = await leased(after(20));
      expect(row?.maybeSentSince).toBe(noon);
    });

    it('lets an edit wait for its post, and edit the newest one', async () => {
      await outbox().enqueue([draft()]);
      const [post] = await leased();
      await outbox().begin(post?.id ?? '', 'one', noon);
      await outbox().enqueue([edit(2, 'second')]);
      expect(await leased(after(1))).toEqual([]);
      await outbox().settle(post?.id ?? '', { kind: 'sent', messageId: 'm1' }, after(2), { state: 'sent' });
      expect(await leased(after(3))).toMatchObject([{ action: 'edit', replyTo: 'm1', message: { title: 'second' } }]);
      expect(await outbox().posted(channel('c1'), 'story', 's1')).toEqual({
        messageId: 'm1',
        revision: 1,
        sentAt: after(2),
      });
    });

    it('tells the new state in a first post that has not gone out, and says nothing more', async () => {
      await outbox().enqueue([draft({ notBefore: after(600) })]);
      const update = draft({ revision: 2, action: 'thread', message: message('update'), standalone: message('whole') });
      await outbox().enqueue([update]);
      expect((await outbox().counts()).superseded).toBe(1);
      expect(titles(await leased(after(1)))).toEqual(['whole']);
      expect(await outbox().enqueue([update])).toBe(0);
    });

    it('does not touch a first post that may have arrived', async () => {
      await outbox().enqueue([draft()]);
      const [row] = await leased();
      await outbox().begin(row?.id ?? '', 'one', noon);
      const doubt = { kind: 'unknown', reason: 'hung' } as const;
      await outbox().settle(row?.id ?? '', doubt, noon, { state: 'retry', retryAt: after(1) });
      await outbox().enqueue([edit(2, 'second')]);
      expect(titles(await leased(after(2)))).toEqual(['first']);
    });

    it('gathers edits: the newest goes out when the oldest would have', async () => {
      await outbox().enqueue([draft()]);
      await sendNext('m1');
      await outbox().enqueue([edit(2, 'second', { notBefore: after(60) })]);
      await outbox().enqueue([edit(3, 'third', { notBefore: after(90) })]);
      expect(await leased(after(59))).toEqual([]);
      expect(titles(await leased(after(60)))).toEqual(['third']);
      expect(await outbox().counts()).toMatchObject({ superseded: 1, leased: 1, sent: 1 });
    });

    it('may both say a revision anew and mend the first post', async () => {
      await outbox().enqueue([draft()]);
      await sendNext('m1');
      const said = draft({ revision: 2, action: 'thread', message: message('said'), standalone: message('whole') });
      expect(await outbox().enqueue([said, edit(2, 'mended')])).toBe(2);
      expect(await outbox().enqueue([{ ...said, action: 'post' }])).toBe(0);
      expect(await sendNext('m2')).toMatchObject({ action: 'thread', replyTo: 'm1' });
      expect(await sendNext('m1')).toMatchObject({ action: 'edit', replyTo: 'm1' });
    });

    it('holds edits while it is not known whether the post arrived, and lets what is said anew stand alone', async () => {
      await outbox().enqueue([draft()]);
      const [row] = await leased();
      await outbox().begin(row?.id ?? '', 'one', noon);
      await outbox().settle(row?.id ?? '', { kind: 'unknown', reason: 'hung' }, noon, { state: 'unknown' });
      await outbox().enqueue([edit(2, 'edited')]);
      expect(await leased(after(1))).toEqual([]);
      const said = draft({ revision: 3, action: 'thread', message: message('said'), standalone: message('whole') });
      expect(await outbox().retry(row?.id ?? '', after(2))).toBe(true);
      await sendNext('m1', after(2));
      await sendNext('m1', after(3));
      await outbox().enqueue([said]);
      expect(await leased(after(4))).toMatchObject([{ action: 'thread', replyTo: 'm1' }]);
    });

    it('posts what would have been an edit or an answer when the post was given up', async () => {
      await outbox().enqueue([draft()]);
      const [row] = await leased();
      await outbox().begin(row?.id ?? '', 'one', noon);
      await outbox().settle(row?.id ?? '', { kind: 'rejected', reason: '400' }, noon, { state: 'dead' });
      expect(await outbox().told('story', 's1')).toEqual([]);
      await outbox().enqueue([
        draft({ revision: 2, action: 'thread', message: message('said'), standalone: message('whole') }),
      ]);
      const sent = await sendNext('m1', after(1));
      expect(sent).toMatchObject({ action: 'post', replyTo: null, message: { title: 'whole' } });
      expect((await outbox().posted(channel('c1'), 'story', 's1'))?.messageId).toBe('m1');
    });

    it('knows who was told, and what of it is still on its way', async () => {
      await outbox().enqueue([draft(), draft({ channel: channel('c2'), notBefore: after(60) })]);
      await sendNext('m1');
      await outbox().enqueue([edit(4, 'fourth')]);
      expect(await outbox().told('story', 's1')).toEqual([
        { channel: channel('c1'), revision: 4, waiting: false },
        { channel: channel('c2'), revision: 1, waiting: true },
      ]);
      expect(await outbox().told('story', 'unheard')).toEqual([]);
    });

    it('follows merges: the winner mends what the merged story posted', async () => {
      await commit([story('s1'), story('s2')], [draft()], 'a1');
      await sendNext('m1');
      await commit([story('s1', { revision: 2, mergedInto: 's2' })], [], 'a2');
      expect(await outbox().told('story', 's2')).toMatchObject([{ channel: channel('c1'), waiting: false }]);
      await commit([story('s2', { revision: 2 })], [edit(2, 'mended', { subject: 's2' })], 'a3');
      expect(await leased(after(1))).toMatchObject([{ action: 'edit', replyTo: 'm1' }]);
    });

    it('makes one post of two stories, whichever of them the channel has or is getting', async () => {
      await commit([story('s1'), story('s2')], [draft()], 'a1');
      await fold();
      expect(await leased()).toMatchObject([{ subject: 's1', action: 'post', message: { title: 'both' } }]);
    });

    it('makes one post of two stories where the one that stays was still to come', async () => {
      await commit([story('s1'), story('s2')], [draft()], 'a1');
      await sendNext('m1');
      await outbox().enqueue([draft({ subject: 's2', notBefore: after(60) })]);
      await fold();
      const [only, ...others] = await leased(after(90));
      expect(only).toMatchObject({ action: 'edit', replyTo: 'm1', message: { title: 'both' } });
      await outbox().settle(only?.id ?? '', { kind: 'sent', messageId: 'm1' }, after(90), { state: 'sent' });
      expect([others, await leased(after(99))]).toEqual([[], []]);
    });

    it('does not say a story anew while it is not known whether the post of one that was folded into it arrived', async () => {
      await commit([story('s1'), story('s2')], [draft()], 'a1');
      const [post] = await leased();
      await outbox().begin(post?.id ?? '', 'one', noon);
      await outbox().settle(post?.id ?? '', { kind: 'unknown', reason: 'hung' }, noon, { state: 'unknown' });
      await fold();
      expect(await leased(after(60))).toEqual([]);
      await outbox().settle(post?.id ?? '', { kind: 'sent', messageId: 'm1' }, after(90), { state: 'sent' });
      expect(await leased(after(600))).toMatchObject([{ subject: 's2', action: 'edit', replyTo: 'm1' }]);
    });

    it('lets an operator send again or give up, and never what is sent or in flight', async () => {
      await outbox().enqueue([draft()]);
      const [row] = await leased();
      const id = row?.id ?? '';
      expect(await outbox().retry(id, noon)).toBe(false);
      await outbox().begin(id, 'one', noon);
      await outbox().settle(id, { kind: 'unknown', reason: 'hung' }, noon, { state: 'unknown' });
      expect(await outbox().drop(id, 'seen in the channel', after(1))).toBe(true);
      expect(await outbox().row(id)).toMatchObject({ state: 'dead' });
      expect(await outbox().retry(id, after(2))).toBe(true);
      const sent = await sendNext('m1', after(2));
      expect(sent.maybeSentSince).toBeNull();
      expect(await outbox().retry(id, after(3))).toBe(false);
      expect(await outbox().drop(id, 'no', after(3))).toBe(false);
    });

    it('puts aside what waits for a channel that cannot be reached, and brings it back', async () => {
      await outbox().enqueue([draft(), draft({ subject: 's2' }), draft({ channel: channel('c2') })]);
      const [row] = await leased();
      await outbox().begin(row?.id ?? '', 'one', noon);
      await outbox().settle(row?.id ?? '', { kind: 'forbidden', reason: '403' }, noon, { state: 'dead' });
      expect(await outbox().counts()).toMatchObject({ dead: 2, pending: 0, leased: 1 });
      await outbox().enqueue([draft({ subject: 's3' })]);
      expect(await outbox().park(channel('c1'), 'the bot was removed', noon)).toBe(1);
      expect(await outbox().unpark(channel('c1'), after(1), after(9))).toBe(0);
      expect(await outbox().unpark(channel('c1'), noon, after(9))).toBe(3);
      expect(await leased(after(10))).toHaveLength(1);
    });

    it('knows what waits in a channel, and never sends what is withdrawn before its attempt began', async () => {
      await outbox().enqueue(['s1', 's2', 's3'].map((subject) => draft({ subject })));
      const sending = await leased(noon, 1);
      await outbox().begin(sending[0]?.id ?? '', 'one', noon);
      await outbox().enqueue([draft({ channel: channel('c2') })]);
      const [row] = await leased(noon, 1);
      expect((await outbox().waitingIn(channel('c1'))).map((one) => one.subject)).toEqual(['s2', 's3']);
      const about = await outbox().waitingIn(channel('c2'));
      expect(about.map((one) => one.id)).toEqual([row?.id]);
      const ids = [...(await outbox().waitingIn(channel('c1'))), ...about, ...sending].map((one) => one.id);
      expect(await outbox().withdraw(ids, 'nobody follows it')).toBe(3);
      expect(await outbox().begin(row?.id ?? '', 'one', noon)).toBe(false);
      expect(await outbox().counts()).toMatchObject({ superseded: 3, leased: 1, pending: 0 });
      expect(await outbox().told('story', 's2')).toEqual([]);
    });

    it('brings forward what waits, never what a platform asked to wait for', async () => {
      await outbox().enqueue([draft(), draft({ channel: channel('c2'), notBefore: after(300) })]);
      const [row] = await leased(noon, 1);
      await outbox().begin(row?.id ?? '', 'one', noon);
      const limit = { kind: 'rate-limited', scope: 'channel', retryAt: after(300) } as const;
      await outbox().settle(row?.id ?? '', limit, noon, { state: 'retry', retryAt: after(300) });
      const [other] = await outbox().waitingIn(channel('c2'));
      await outbox().advance([row?.id ?? '', other?.id ?? ''], after(60));
      expect(await leased(after(59))).toEqual([]);
      expect((await leased(after(60))).map((one) => one.channel.id)).toEqual(['c2']);
    });

    it('lets hold-backs end early, and leaves long waits alone', async () => {
      const held = draft({ notBefore: after(300) });
      const quiet = draft({ channel: channel('c2'), notBefore: after(8 * 3_600) });
      await outbox().enqueue([held, quiet]);
      expect(await outbox().hasten(noon)).toBe(1);
      expect((await leased()).map((row) => row.channel.id)).toEqual(['c1']);
    });

    it('gives back leased rows that were not begun', async () => {
      await outbox().enqueue([draft()]);
      const [row] = await leased();
      await outbox().release([row?.id ?? ''], 'two', noon);
      expect(await leased()).toEqual([]);
      await outbox().release([row?.id ?? ''], 'one', after(5));
      expect(await outbox().nextAt()).toBe(after(5));
      expect(await leased(after(5))).toHaveLength(1);
    });
  });
}
