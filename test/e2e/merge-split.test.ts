import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BothChats, type Follows, item, openBothChats, type Standing } from '../fakes/both-chats.ts';
import { ids } from '../fakes/discord/world.ts';

/* Two outlets name two countries, two stories are told; then one says that it was wrong. And the other way round. */

const only = { RW: '920000000000000021', GH: '920000000000000022' } as const;
const follows: Follows = {
  discord: {
    [ids.text]: { updates: 'thread' },
    '920000000000000011': { updates: 'edit' },
    '920000000000000012': { updates: 'new' },
    [only.RW]: { updates: 'thread', country: 'rwanda' },
    [only.GH]: { updates: 'thread', country: 'ghana' },
  },
  slack: {
    C1: 'updates:thread',
    C2: 'updates:edit',
    C3: 'updates:new',
    C4: 'rwanda updates:edit',
    C5: 'ghana updates:edit',
  },
};
const ofAll = [...Object.keys(follows.discord), ...Object.keys(follows.slack)];
const some: readonly string[] = [only.RW, only.GH, 'C4', 'C5'];
const whole = ofAll.filter((id) => !some.includes(id));

let both: BothChats;
beforeEach(async () => {
  both = await openBothChats({ a: {}, b: {}, c: {} }, follows);
  for (const id of ['a', 'b', 'c']) both.publish(id, [old(id)]);
  await both.round();
}, 60_000);
afterEach(() => both.close());

const old = (id: string) =>
  item(`https://${id}.example.com/old`, 'Library opens its doors', 'The council opened it.', Date.now() - 900_000);

function deal(id: string, place: string, more = ''): string {
  return item(
    `https://${id}.example.com/story`,
    `${place} agrees to accept third-country deportees from the United States`,
    `${place} has agreed to accept migrants whom the United States deports to third countries, its foreign ministry said. Each person would be approved before a transfer.${more}`,
  );
}

/** What stands in a channel itself, not in its threads. */
const at = (channel: string): readonly Standing[] =>
  both.standing().filter((one) => one.channel === channel && !one.answer);
const updates = () => both.standing().filter(({ words }) => words.includes('Update: '));
const folded = ({ words }: Standing) => words.includes('was folded into story');
const tells = (place: string) => (one: Standing) => one.words.includes(`${place} agrees to take deportees`);
const stories = () => both.app.store.stories.latest({}, 20);
const isNew = ({ words }: Standing) => words.includes('Update: ');

describe('two stories that turn out to be one', () => {
  it('are mended where they stand: nobody has it twice, and the old id leads to the story', async () => {
    both.publish('a', [deal('a', 'Rwanda'), old('a')]);
    await both.round();
    both.publish('b', [deal('b', 'Ghana'), old('b')]);
    await both.round();
    const before = await stories();
    expect(before.map(({ headline }) => headline.slice(0, 6)).toSorted()).toEqual(['Ghana ', 'Rwanda']);
    for (const channel of whole) expect([channel, at(channel).length]).toEqual([channel, 2]);
    for (const channel of some) expect([channel, at(channel).length]).toEqual([channel, 1]);

    both.publish('b', [deal('b', 'Rwanda', ' Correction: an earlier version of this article named Ghana.'), old('b')]);
    for (let rounds = 0; rounds < 2; rounds++) await both.round();
    const [one, ...others] = await stories();
    expect([others, one?.members.length]).toEqual([[], 2]);
    // Who had both has the story once, and a note that the other is part of it; who had one has the story in its place.
    for (const channel of whole) {
      const posts = at(channel).filter((each) => !isNew(each));
      expect([channel, posts.map(folded)]).toEqual([channel, [false, true]]);
      expect(posts.every(tells('Rwanda'))).toBe(true);
    }
    for (const channel of some)
      expect([channel, at(channel).map((each) => [folded(each), tells('Rwanda')(each), each.edits])]).toEqual([
        channel,
        [[false, true, 1]],
      ]);
    // The correction is said anew once in each channel that is told so.
    expect(updates().length).toBe(6);
    for (const { words } of updates()) expect(words).toContain('a correction');
    for (const { id } of before) {
      expect((await both.app.store.stories.story(id))?.id).toBe(one?.id);
      expect(await both.onSlack(`story ${id}`)).toContain('Rwanda agrees');
    }
    expect(both.discord.problems).toEqual([]);
  }, 120_000);
});

const flight =
  'An aircraft with people removed from the United States is expected next week{where}, airport staff said. The passengers are not citizens of the country.';
const agreed =
  'Rwanda has agreed to accept migrants whom the United States deports to third countries, its foreign ministry said.';

describe('two stories that a third report brings together', () => {
  it('are one from then on: told once more, as an update of it', async () => {
    both.publish('a', [
      item(
        'https://a.example.com/deal',
        'Rwanda agrees to accept third-country deportees from the United States',
        `${agreed} Each person would be approved before a transfer.`,
      ),
      old('a'),
    ]);
    await both.round();
    both.publish('b', [
      item(
        'https://b.example.com/flight',
        'First deportation flight from the US expected in the capital next week',
        `${flight.replace('{where}', '')} Officials at the airport declined to comment on the flight plan or the number of seats.`,
      ),
      old('b'),
    ]);
    await both.round();
    const before = await stories();
    expect(before).toHaveLength(2);
    both.publish('c', [
      item(
        'https://c.example.com/both',
        'Rwanda agrees to accept deportees; first flight from the US expected next week',
        `${agreed} ${flight.replace('{where}', ' in Kigali')} Officials declined to comment on the flight plan.`,
      ),
      old('c'),
    ]);
    for (let rounds = 0; rounds < 2; rounds++) await both.round();
    const [one, ...others] = await stories();
    expect([others, one?.members.length, one?.changes.includes('merged')]).toEqual([[], 3, true]);
    for (const channel of whole) {
      const posts = at(channel).filter((each) => !isNew(each));
      expect([channel, posts.length, posts.filter(folded).length]).toEqual([channel, 2, 1]);
    }
    for (const channel of [only.RW, 'C4'])
      expect([channel, at(channel).map((each) => [folded(each), each.edits])]).toEqual([channel, [[false, 1]]]);
    for (const channel of [only.GH, 'C5']) expect([channel, at(channel)]).toEqual([channel, []]);
    for (const { id } of before) expect((await both.app.store.stories.story(id))?.id).toBe(one?.id);
    expect(both.discord.problems).toEqual([]);
  }, 120_000);
});

describe('a report that was joined to the wrong story', () => {
  it('is told as a story of its own, and the posts of the other are mended', async () => {
    for (const id of ['a', 'b', 'c']) both.publish(id, [deal(id, 'Rwanda'), old(id)]);
    await both.round();
    const [first, ...none] = await stories();
    expect([none, first?.members.length]).toEqual([[], 3]);
    both.publish('b', [deal('b', 'Ghana', ' Correction: an earlier version of this article named Rwanda.'), old('b')]);
    for (let rounds = 0; rounds < 2; rounds++) await both.round();
    const left = await stories();
    expect(left.map(({ outlets }) => outlets.toSorted().join()).toSorted()).toEqual(['Outlet a,Outlet c', 'Outlet b']);
    // The larger part keeps the id that channels know.
    expect(left.find(({ outlets }) => outlets.length === 2)?.id).toBe(first?.id);
    for (const channel of whole) {
      const [rwanda, ghana, ...more] = at(channel);
      expect([channel, more]).toEqual([channel, []]);
      expect(rwanda && tells('Rwanda')(rwanda)).toBe(true);
      expect(rwanda?.words).not.toContain('Outlet b');
      expect(ghana?.words).toContain('Taken out of another story');
      expect(ghana?.words).toMatch(/1 originator .{1,2}\(?Government of Ghana/);
      expect(ghana && tells('Ghana')(ghana)).toBe(true);
    }
    for (const [channel, place] of [
      [only.RW, 'Rwanda'],
      ['C4', 'Rwanda'],
      [only.GH, 'Ghana'],
      ['C5', 'Ghana'],
    ] as const)
      expect([channel, at(channel).map(tells(place))]).toEqual([channel, [true]]);
    expect(both.discord.problems).toEqual([]);
  }, 120_000);
});
