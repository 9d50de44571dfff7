import { type REST, Routes } from 'discord.js';
import type { OutboxRow } from '../../core/delivery.ts';
import { personOf } from '../../core/subscription.ts';

/** The row with the conversation with a person opened, where it is for one. Throws what discord.js throws. */
export async function toPerson(rest: Pick<REST, 'post'>, row: OutboxRow): Promise<OutboxRow> {
  const person = personOf(row.channel);
  if (person === null) return row;
  const opened: unknown = await rest.post(Routes.userChannels(), { body: { recipient_id: person } });
  return { ...row, channel: { ...row.channel, id: String(Reflect.get(Object(opened), 'id')) } };
}
