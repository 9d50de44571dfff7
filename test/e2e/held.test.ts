import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BothChats, item, openBothChats } from '../fakes/both-chats.ts';
import { ids } from '../fakes/discord/world.ts';

/* Quiet hours are on; people change what they chose while an alert is held. Times of day are those of now, in UTC. */

const clockTime = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
const night = `${clockTime(-2)}-${clockTime(5)}`;
const channels = ['C1', 'C2', 'C3', 'C4', 'C5'];

let both: BothChats;
beforeEach(async () => {
  const quiet = `quiet:${night} zone:UTC`;
  const slack = { C1: quiet, C2: quiet, C3: quiet, C4: quiet, C5: `${quiet} roles:banned country:ghana` };
  both = await openBothChats({ a: {} }, { discord: { [ids.text]: { quiet: night, zone: 'UTC' } }, slack });
  both.publish('a', [old]);
  await both.round();
}, 60_000);
afterEach(() => both.close());

const old = item(
  'https://a.example.com/old',
  'Library opens its doors',
  'The council opened it.',
  Date.now() - 900_000,
);
const ghana = item(
  'https://a.example.com/story',
  'Ghana agrees to accept third-country deportees from the United States',
  'Ghana has agreed to accept migrants whom the United States deports to third countries, its foreign ministry said. Each person would be approved before a transfer.',
);
const told = () => both.standing().filter(({ words }) => words.includes('Ghana agrees'));
const waiting = async () =>
  (await both.app.store.outbox.list('pending', 20)).map(({ channel }) => channel.id).toSorted();

describe('an alert that quiet hours hold', () => {
  it('goes out by what is chosen now, and not at all where it is no longer wanted', async () => {
    both.publish('a', [ghana, old]);
    await both.round();
    expect(told()).toEqual([]);
    expect(await waiting()).toEqual([ids.text, ...channels.slice(0, 4)].toSorted());

    await both.onSlack('subscriptions change:1 quiet:off', 'UOP', 'C1');
    await both.onSlack(`subscriptions change:1 quiet:${clockTime(-2)}-${clockTime(1)}`, 'UOP', 'C2');
    await both.onSlack('unsubscribe 1', 'UOP', 'C3');
    await both.onSlack('subscriptions change:1 country:rwanda quiet:off', 'UOP', 'C4');
    await both.round();
    expect(told().map(({ channel }) => channel)).toEqual(['C1']);
    expect(await waiting()).toEqual([ids.text, 'C2'].toSorted());

    await both.onSlack(`subscriptions change:1 quiet:${clockTime(-2)}-${clockTime(-1)}`, 'UOP', 'C2');
    for (let rounds = 0; rounds < 2; rounds++) await both.round();
    expect(told().map(({ channel }) => channel)).toEqual(['C1', 'C2']);
  }, 60_000);
});
