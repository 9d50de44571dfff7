import { describe, expect, it } from 'vitest';
import { toPerson } from '../../../src/adapters/discord/person.ts';
import type { OutboxRow } from '../../../src/core/delivery.ts';
import { personChannel } from '../../../src/core/subscription.ts';
import { channel, draft, noon } from '../../fakes/samples.ts';

const rowIn = (place: OutboxRow['channel']): OutboxRow => ({
  ...draft({ channel: place }),
  id: 'r1',
  state: 'leased',
  attempts: 0,
  createdAt: noon,
  replyTo: null,
});

describe('a row for one person', () => {
  it('goes to the conversation that Discord opens with them, and any other where it is for', async () => {
    const asked: unknown[] = [];
    const rest = {
      post: (path: string, { body }: { body?: unknown } = {}) => {
        asked.push([path, body]);
        return Promise.resolve({ id: '77' });
      },
    };
    const person = personChannel(channel('c1'), '930000000000000001');
    expect((await toPerson(rest, rowIn(person))).channel).toEqual({ ...person, id: '77' });
    expect(asked).toEqual([['/users/@me/channels', { recipient_id: '930000000000000001' }]]);
    expect((await toPerson(rest, rowIn(channel('c1')))).channel).toEqual(channel('c1'));
    expect(asked).toHaveLength(1);
  });
});
