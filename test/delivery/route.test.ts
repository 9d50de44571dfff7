import { describe, expect, it } from 'vitest';
import type { OutboxDraft, Told } from '../../src/core/delivery.ts';
import { matches, mismatches } from '../../src/core/matches.ts';
import type { Change, Story } from '../../src/core/story.ts';
import type { Subscription } from '../../src/core/subscription.ts';
import { type RouteContext, route } from '../../src/delivery/route.ts';
import { after, channel, member, message, noon, story, subscription } from '../fakes/samples.ts';

function context(told: readonly Told[] = [], more: Partial<RouteContext> = {}): RouteContext {
  return {
    now: noon,
    told,
    editPauseMs: 60_000,
    message: (one, telling) => message(`${telling.kind} ${one.id} r${one.revision}`),
    ...more,
  };
}

const told = (id: string, revision = 1): Told => ({ channel: channel(id), revision, waiting: false });
const changed = (changes: readonly Change[], more: Partial<Story> = {}) =>
  story('s1', { revision: 2, changes, ...more });
const brief = (drafts: readonly OutboxDraft[]) =>
  drafts.map((one) => `${one.channel.id} ${one.action} ${one.message.title}`);
const first = story('s1');

describe('what a subscription wants', () => {
  const cases: [string, Partial<Subscription>, boolean][] = [
    ['everything', {}, true],
    ['its topic', { topics: ['court', 'travel-ban'] }, true],
    ['another topic', { topics: ['court'] }, false],
    ['its country', { countries: ['LA'] }, true],
    ['a country that is only mentioned', { countries: ['FR'] }, false],
    ['no less than confirmed', { minimumCertainty: 'confirmed' }, false],
    ['disputed, which ranks with reported', { minimumCertainty: 'disputed' }, true],
    ['its stage', { stages: ['announced'] }, true],
    ['a matter’s stage', { stages: ['blocked'] }, true],
    ['another stage', { stages: ['lifted'] }, false],
    ['its language', { languages: ['fr', 'en'] }, true],
    ['another language', { languages: ['fr'] }, false],
    ['an outlet by name', { sources: ['the example'] }, true],
    ['another outlet', { sources: ['The Other'] }, false],
  ];
  const told = story('s1', {
    countries: { banned: ['LA'], receiving: [], nationality: [], mentioned: ['FR'] },
    matters: [{ id: 'court/x', stage: 'blocked', countries: [] }],
    members: [member('a1', { language: 'en' })],
  });
  for (const [name, choice, wanted] of cases) {
    it(`${wanted ? 'is' : 'is not'} ${name}`, () => {
      expect(matches(told, subscription('one', choice))).toBe(wanted);
    });
  }

  it('is nothing while it is paused, and says why not otherwise', () => {
    expect(matches(told, subscription('one', { status: 'paused' }))).toBe(false);
    const choosy = subscription('one', { topics: ['court'], countries: ['FR'], minimumCertainty: 'official' });
    expect(mismatches(told, choosy)).toEqual(['another topic', 'other countries', 'only reported']);
  });
});

describe('the first word of a story', () => {
  it('asks for the part of a country where one was chosen', () => {
    const countries = { banned: ['LA'], receiving: ['GH'], nationality: ['CU'], mentioned: ['TD'] };
    const of = (codes: string[], roles: Subscription['roles'] = []) =>
      matches(story('s1', { countries, matters: [] }), subscription('one', { countries: codes, roles }));
    expect([of(['LA'], ['banned']), of(['LA'], ['receiving']), of(['GH', 'LA'], ['receiving'])]).toEqual([
      true,
      false,
      true,
    ]);
    expect([of(['CU'], ['banned', 'nationality']), of(['TD'], ['banned', 'receiving', 'nationality'])]).toEqual([
      true,
      false,
    ]);
    expect([of([], ['receiving']), of(['TD'])]).toEqual([true, false]);
  });

  it('goes to every channel that wants it, once, whatever number of subscriptions match', () => {
    const all = [
      subscription('one'),
      subscription('two', { countries: ['LA'] }),
      subscription('three', { channel: channel('c2') }),
      subscription('four', { channel: channel('c3'), countries: ['TD'] }),
      subscription('five', { channel: channel('c4'), status: 'paused' }),
    ];
    expect(brief(route(first, null, all, context()))).toEqual(['c1 post alert s1 r1', 'c2 post alert s1 r1']);
  });

  it('shares one message between channels', () => {
    const drafts = route(
      first,
      null,
      [subscription('one'), subscription('two', { channel: channel('c2') })],
      context(),
    );
    expect(drafts[0]?.message).toBe(drafts[1]?.message);
  });

  it('is said when a change makes the story match, marked as an earlier story', () => {
    const choosy = subscription('one', { minimumCertainty: 'confirmed' });
    expect(route(first, null, [choosy], context())).toEqual([]);
    const [late] = route(changed(['certainty'], { certainty: 'confirmed' }), first, [choosy], context());
    expect(late).toMatchObject({ action: 'post', revision: 2 });
    expect(JSON.stringify(late?.message.blocks[0])).toContain('An earlier story, open since 2026-03-02');
  });

  it('is said when an outlet in the wanted language joins', () => {
    const french = subscription('one', { languages: ['fr'] });
    const joined = changed(['outlet'], { members: [member('a1'), member('a2', { language: 'fr' })] });
    expect(brief(route(joined, first, [french], context()))).toEqual(['c1 post alert s1 r2']);
  });

  it('is not said to a new subscription for one more outlet of an old story', () => {
    expect(route(changed(['outlet']), first, [subscription('new')], context())).toEqual([]);
    expect(brief(route(changed(['stage']), first, [subscription('new')], context()))).toEqual(['c1 post alert s1 r2']);
  });

  it('is never said of a story that was folded into another', () => {
    expect(route(changed(['stage'], { mergedInto: 's2' }), first, [subscription('one')], context())).toEqual([]);
  });

  it('waits for the end of quiet hours, unless official news may break them', () => {
    const quiet = { start: '10:00', end: '14:00', timeZone: 'UTC', hold: 'all-but-official' } as const;
    const one = subscription('one', { quietHours: quiet });
    expect(route(first, null, [one], context())[0]?.notBefore).toBe(after(7_200));
    const official = story('s1', { certainty: 'official' });
    expect(route(official, null, [one], context())[0]?.notBefore).toBe(noon);
    expect(route(first, null, [one, subscription('two')], context())[0]?.notBefore).toBe(noon);
  });

  it('is left to the digest where one was chosen', () => {
    expect(route(first, null, [subscription('one', { digest: 'daily' })], context())).toEqual([]);
  });
});

describe('a further word', () => {
  const one = subscription('one');

  it('only mends the post for what is not substantial, after the pause in which edits gather', () => {
    const drafts = route(changed(['outlet', 'wording']), first, [one], context([told('c1')]));
    expect(brief(drafts)).toEqual(['c1 edit alert s1 r2']);
    expect(drafts[0]).toMatchObject({ notBefore: after(60), standalone: { title: 'alert s1 r2' } });
  });

  it('answers in the thread and mends the post for what is substantial', () => {
    const drafts = route(changed(['certainty']), first, [one], context([told('c1')]));
    expect(brief(drafts)).toEqual(['c1 thread update s1 r2', 'c1 edit alert s1 r2']);
    expect(drafts[0]?.standalone?.title).toBe('alert s1 r2');
  });

  it('is an edit, or a new message, where that was chosen', () => {
    const style = (updates: Subscription['updates']) =>
      brief(route(changed(['stage']), first, [subscription('one', { updates })], context([told('c1')])));
    expect(style('edit')).toEqual(['c1 edit alert s1 r2']);
    expect(style('new')).toEqual(['c1 post update s1 r2', 'c1 edit alert s1 r2']);
  });

  it('is left to the digest where there are digests alone, and mended at once', () => {
    const daily = subscription('one', { digest: 'daily', updates: 'thread' });
    const has = context([told('c1')]);
    expect(brief(route(changed(['stage']), first, [daily], has))).toEqual(['c1 edit alert s1 r2']);
    const both = [daily, subscription('two', { topics: ['court'] })];
    expect(brief(route(changed(['stage']), first, both, has))).toEqual([
      'c1 thread update s1 r2',
      'c1 edit alert s1 r2',
    ]);
  });

  it('is said anew where posts cannot be changed', () => {
    const none = context([told('c1')], { edits: () => false });
    expect(brief(route(changed(['stage']), first, [subscription('one', { updates: 'edit' })], none))).toEqual([
      'c1 thread update s1 r2',
    ]);
    expect(route(changed(['outlet']), first, [one], none)).toEqual([]);
  });

  it('reaches everyone who got the story, whether or not it still matches', () => {
    const narrow = subscription('one', { countries: ['TD'] });
    expect(brief(route(changed(['retraction']), first, [narrow], context([told('c1')])))).toEqual([
      'c1 thread update s1 r2',
      'c1 edit alert s1 r2',
    ]);
  });

  it('keeps what is posted true in a channel that left, and does not speak there', () => {
    expect(brief(route(changed(['correction']), first, [], context([told('c1')])))).toEqual(['c1 edit alert s1 r2']);
  });

  it('mends the post of a story that was folded into another', () => {
    const merged = changed(['merged'], { mergedInto: 's2' });
    expect(brief(route(merged, first, [one], context([told('c1')])))).toEqual(['c1 edit alert s1 r2']);
  });

  it('is nothing when nothing changed', () => {
    expect(route(changed([]), first, [one], context([told('c1')]))).toEqual([]);
  });
});
