import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import type { EntryDraft } from '../../src/core/source-ports.ts';
import { after, article, entry, noon, reading, source, sourceState, story } from '../fakes/samples.ts';

export function contractOfSources(current: () => Store): void {
  async function polled(entries: readonly EntryDraft[], seenAt = noon, silent = false) {
    return current().sources.recordPoll({ state: sourceState('a'), entries, seenAt, silent });
  }

  describe('sources', () => {
    it('keeps what is remembered of a source, and its pause, when the configuration is read again', async () => {
      const { sources } = current();
      await sources.sync([source('a'), source('b')]);
      const state = sourceState('a', {
        etag: '"1"',
        failures: 2,
        error: { kind: 'unreachable', code: 'timeout', message: 'm', hint: 'h' },
        memory: { habit: [1, 2] },
      });
      await sources.recordPoll({ state, entries: [], seenAt: noon, silent: false });
      await sources.setPaused('a', true);
      await sources.sync([source('a', { name: 'New name' })]);
      const listed = await sources.list();
      expect(listed.map((one) => one.config.name)).toEqual(['New name']);
      expect(listed[0]?.state).toEqual({ ...state, paused: true });
    });

    it('keeps added sources beside the configured ones, each address once, until they are removed', async () => {
      const { sources } = current();
      await sources.sync([source('a')]);
      expect(await sources.add(source('mine'))).toBe(true);
      expect(await sources.add(source('mine', { url: 'https://example.org/other' }))).toBe(false);
      expect(await sources.add(source('twin', { url: source('a').url }))).toBe(false);
      await sources.sync([source('a')]);
      const listed = await sources.list();
      expect(listed.map(({ config }) => [config.id, config.added === true])).toEqual([
        ['a', false],
        ['mine', true],
      ]);
      expect(await sources.remove('a')).toBe(false);
      expect(await sources.remove('mine')).toBe(true);
      expect((await sources.list()).map(({ config }) => config.id)).toEqual(['a']);
    });

    it('does not lose a pause to a poll that was under way', async () => {
      const { sources } = current();
      await sources.sync([source('a')]);
      await sources.setPaused('a', true);
      await polled([]);
      expect((await sources.list())[0]?.state.paused).toBe(true);
    });

    it('leases due sources to one owner at a time, oldest due first', async () => {
      const { sources } = current();
      await sources.sync([source('a'), source('b'), source('c'), source('off', { enabled: false })]);
      const at = (id: string, nextPollAt: string | null) =>
        sources.recordPoll({ state: sourceState(id, { nextPollAt }), entries: [], seenAt: noon, silent: false });
      await at('a', after(10));
      await at('b', after(5));
      await at('c', after(100));
      const first = await sources.leaseDue('one', after(20), after(80), 1);
      const second = await sources.leaseDue('two', after(20), after(80), 9);
      expect(first.map((one) => one.config.id)).toEqual(['b']);
      expect(second.map((one) => one.config.id)).toEqual(['a']);
      expect(await sources.leaseDue('three', after(79), after(200), 9)).toEqual([]);
      const late = await sources.leaseDue('three', after(80), after(200), 9);
      expect(late.map((one) => one.config.id)).toEqual(['b', 'a']);
    });

    it('frees the lease with the poll that it was for, and leaves out the paused', async () => {
      const { sources } = current();
      await sources.sync([source('a'), source('b')]);
      await sources.setPaused('b', true);
      await sources.leaseDue('one', noon, after(600), 9);
      const state = sourceState('a', { nextPollAt: after(1) });
      await sources.recordPoll({ state, entries: [], seenAt: noon, silent: false });
      const again = await sources.leaseDue('two', after(2), after(60), 9);
      expect(again.map((one) => one.config.id)).toEqual(['a']);
    });
  });

  describe('entries', () => {
    it('tells new from known and changed, by any shared key', async () => {
      await current().sources.sync([source('a')]);
      expect(await polled([entry('x'), entry('y')])).toMatchObject({ added: 2, changed: 0 });
      expect(await polled([entry('x'), entry('y')], after(60))).toMatchObject({ added: 0, changed: 0 });
      const moved = { ...entry('x', 'x, corrected'), keys: ['u:x', 'g:new'] };
      expect(await polled([moved, entry('z')], after(120))).toMatchObject({ added: 1, changed: 1 });
      const unread = await current().stories.unreadEntries(9);
      expect(Object.fromEntries(unread.map((one) => [one.item.title, one.version]))).toEqual({
        y: 1,
        'x, corrected': 2,
        z: 1,
      });
      expect(await polled([{ ...entry('x', 'x, corrected'), keys: ['g:new'] }], after(180))).toMatchObject({
        added: 0,
      });
    });

    it('notes what a publisher took back, and what it put back', async () => {
      const { sources, stories } = current();
      await sources.sync([source('a')]);
      const dated = (name: string, day: number, more: Partial<EntryDraft> = {}): EntryDraft => ({
        ...entry(name),
        item: { ...entry(name).item, publishedAt: `2026-10-0${day}T08:00:00.000Z` },
        ...more,
      });
      const all = [dated('z', 4), dated('y', 3), dated('x', 2), dated('w', 1)];
      await polled(all);
      const ids = new Map((await stories.unreadEntries(9)).map((one) => [one.item.id, one.id]));
      for (const name of ['w', 'x', 'y', 'z']) {
        const record = { entryId: ids.get(name) ?? '', entryVersion: 1, stories: [], outbox: [] };
        await stories.commitIngest({ ...record, article: article(`of-${name}`), reading: reading() });
      }
      const withdrawn = async () =>
        Object.fromEntries(
          [...(await stories.withdrawn(['of-w', 'of-x', 'of-y', 'of-z']))].map(([id, { how }]) => [id, how]),
        );
      const poll = (entries: readonly EntryDraft[], deleted: readonly (readonly string[])[] = []) =>
        sources.recordPoll({ state: sourceState('a'), entries, seenAt: after(60), silent: false, deleted });
      expect(await poll([dated('z', 4), dated('x', 2), dated('w', 1)])).toMatchObject({ withdrawn: 1 });
      expect(await withdrawn()).toEqual({ 'of-y': 'missing' });
      expect(await poll([dated('z', 4), dated('x', 2), dated('w', 1)])).toMatchObject({ withdrawn: 0 });
      expect(await poll([dated('z', 4), dated('y', 3), dated('x', 2, { withdrawn: true })])).toMatchObject({
        withdrawn: 1,
      });
      expect(await withdrawn()).toEqual({ 'of-x': 'titled' });
      expect(await poll([], [['g:w', 'u:w'], ['g:unknown']])).toMatchObject({ withdrawn: 1 });
      expect(await withdrawn()).toEqual({ 'of-x': 'titled', 'of-w': 'told' });
      expect((await stories.withdrawn(['of-w'])).get('of-w')?.at).toBe(after(60));
      expect((await stories.unreadEntries(9)).length).toBe(0);
    });

    it('never takes one source’s entry for another’s', async () => {
      await current().sources.sync([source('a'), source('b')]);
      await polled([entry('x')]);
      const other = { state: sourceState('b'), entries: [entry('x')], seenAt: noon, silent: false };
      expect(await current().sources.recordPoll(other)).toMatchObject({ added: 1 });
    });

    it('reads the oldest of a feed first, though feeds list the newest first', async () => {
      await current().sources.sync([source('a')]);
      await polled([entry('newest'), entry('middle'), entry('oldest')]);
      const unread = await current().stories.unreadEntries(2);
      expect(unread.map((one) => one.item.title)).toEqual(['oldest', 'middle']);
    });

    it('marks what the first poll finds, and what a flood brings unless it is fresh', async () => {
      await current().sources.sync([source('a')]);
      await polled([entry('x')], noon, true);
      const flood = [entry('f1'), entry('f2'), { ...entry('f3'), fresh: true }];
      const told = { state: sourceState('a'), entries: flood, seenAt: after(9), silent: false, floodLimit: 2 };
      expect(await current().sources.recordPoll(told)).toMatchObject({ added: 3, changed: 0, flooded: true });
      await polled([{ ...entry('old'), silent: true }, entry('new')], after(20));
      const unread = await current().stories.unreadEntries(9);
      expect(Object.fromEntries(unread.map((one) => [one.item.id, one.silent]))).toEqual({
        x: true,
        f1: true,
        f2: true,
        f3: false,
        old: true,
        new: false,
      });
      expect(unread.map((one) => one.lastGoodPollAt)).toEqual([null, noon, noon, noon, noon, noon]);
    });

    it('is read once for each version, and a newer version stays to be read', async () => {
      const { stories, sources } = current();
      await sources.sync([source('a')]);
      await polled([entry('x')]);
      const [first] = await stories.unreadEntries(9);
      await polled([entry('x', 'x, changed')], after(5));
      await stories.skipEntry(first?.id ?? '', 1, 'empty');
      const [second] = await stories.unreadEntries(9);
      expect(second).toMatchObject({ id: first?.id, version: 2, firstSeenAt: noon, seenAt: after(5) });
      await stories.skipEntry(first?.id ?? '', 2, 'empty');
      expect(await stories.unreadEntries(9)).toEqual([]);
    });

    it('refuses to commit what another worker already read, and keeps nothing of it', async () => {
      const { stories, sources } = current();
      await sources.sync([source('a')]);
      await polled([entry('x')]);
      const [read] = await stories.unreadEntries(9);
      const record = {
        entryId: read?.id ?? '',
        entryVersion: 1,
        article: article('a1'),
        reading: reading(),
        stories: [story('s1')],
        outbox: [],
      };
      await stories.commitIngest(record);
      const again = { ...record, article: article('a2'), stories: [story('s2')] };
      await expect(stories.commitIngest(again)).rejects.toThrow('was read already');
      expect(await stories.story('s2')).toBeNull();
      expect(await stories.unreadEntries(9)).toEqual([]);
    });
  });
}
