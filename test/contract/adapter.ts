import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatAdapter, OutboxRow } from '../../src/core/delivery.ts';
import { draft, message, noon } from '../fakes/samples.ts';

export interface OpenedAdapter {
  adapter: ChatAdapter;
  /** Titles of the messages that people see now, oldest first; an edit shows with the rest. */
  seen(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A leased row, as the deliver loop hands it over. */
export function leasedRow(adapter: ChatAdapter, id: string, more: Partial<OutboxRow> = {}): OutboxRow {
  const channel = { platform: adapter.platform, workspace: 'w1', id: 'c1' };
  return {
    ...draft({ channel, message: message(`Title of ${id}`) }),
    id,
    state: 'leased',
    attempts: 0,
    createdAt: noon,
    replyTo: null,
    ...more,
  };
}

/** What every adapter must do, whatever its platform. `open` gives one that is connected to an empty channel. */
export function contractOfAdapter(name: string, open: () => Promise<OpenedAdapter>): void {
  describe(`adapter contract on ${name}`, () => {
    let opened: OpenedAdapter;
    beforeEach(async () => {
      opened = await open();
      await opened.adapter.start();
    });
    afterEach(async () => {
      await opened.adapter.stop();
      await opened.close();
    });

    it('posts a message and answers with its id', async () => {
      const sent = await opened.adapter.send(leasedRow(opened.adapter, 'r1'));
      expect(sent).toMatchObject({ kind: 'sent', messageId: expect.stringMatching(/./) });
      expect(await opened.seen()).toEqual(['Title of r1']);
    });

    it('posts two rows as two messages', async () => {
      const first = await opened.adapter.send(leasedRow(opened.adapter, 'r1'));
      const second = await opened.adapter.send(leasedRow(opened.adapter, 'r2'));
      expect(first).not.toEqual(second);
      expect(await opened.seen()).toEqual(['Title of r1', 'Title of r2']);
    });

    it('answers in a thread, and edits where it can', async () => {
      const post = await opened.adapter.send(leasedRow(opened.adapter, 'r1'));
      const replyTo = post.kind === 'sent' ? post.messageId : null;
      const thread = leasedRow(opened.adapter, 'r2', { action: 'thread', replyTo });
      const edit = leasedRow(opened.adapter, 'r3', { action: 'edit', replyTo });
      expect((await opened.adapter.send(thread)).kind).toBe('sent');
      const edited = opened.adapter.capabilities.edits ? await opened.adapter.send(edit) : { kind: 'sent' };
      expect(edited.kind).toBe('sent');
    });

    it('sends one row once within its window, or can look up whether it arrived', async () => {
      const { adapter } = opened;
      const row = leasedRow(adapter, 'r1');
      await adapter.send(row);
      const again = adapter.capabilities.idempotencyWindowMs > 0 ? await adapter.send(row) : { kind: 'sent' };
      expect(again.kind).toBe('sent');
      expect(await opened.seen()).toHaveLength(1);
      const readable = adapter.capabilities.history && adapter.reconcile !== undefined;
      const [there, nowhere] = [row, leasedRow(adapter, 'r2', { message: message('never sent') })].map((one) =>
        adapter.reconcile?.(one),
      );
      expect([(await there)?.kind, (await nowhere)?.kind]).toEqual(
        readable ? ['found', 'absent'] : [undefined, undefined],
      );
    });

    it('shows foreign text as text', async () => {
      const hostile = '<b>@everyone</b> [x](http://y) <!channel> *_`';
      const row = leasedRow(opened.adapter, 'r1', { message: message(hostile) });
      expect((await opened.adapter.send(row)).kind).toBe('sent');
    });
  });
}
