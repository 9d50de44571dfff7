import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { consoleAsker } from '../../src/cli/app-session.ts';
import type { Message } from '../../src/core/message.ts';
import { createSteppedClock } from '../../src/lib/stepped-clock.ts';
import { openTestApp } from '../fakes/app.ts';

let app: App;
beforeAll(async () => {
  app = await openTestApp({ memory: true, clock: createSteppedClock(Date.parse('2026-11-22T12:00:00Z')) });
});
afterAll(() => app.close());

const say = (line: string) => app.dispatcher.line(line, consoleAsker);
const words = (message: Message) => JSON.stringify(message.blocks);

describe('/ban-status', () => {
  it('tells which classes a modified suspension no longer reaches, and since when', async () => {
    const { data, message } = await say('/ban-status turkmenistan');
    const lifted = ['B-1', 'B-2', 'F', 'M', 'J'].map((each) => ({ class: each, on: '2026-01-01' }));
    expect(data).toMatchObject({ lifted });
    expect(words(message)).toContain('B-1, B-2, F, M, J: 2026-01-01');
    expect((await say('/ban-status turkmenistan on 2025-12-31')).data).not.toHaveProperty('lifted');
    expect((await say('/ban-status laos')).data).not.toHaveProperty('lifted');
  });

  it.each([
    ['CD', 'the Democratic Republic of the Congo'],
    ['CG', 'the Republic of the Congo'],
    ['US', 'the United States'],
    ['GM', 'the Gambia'],
    ['KY', 'the Cayman Islands'],
    ['CX', 'Christmas Island'],
    ['DO', 'the Dominican Republic'],
    ['DM', 'Dominica'],
  ])('names %s as English does', async (code, name) => {
    expect((await say(`/ban-status ${code}`)).message.plain).toContain(`nationals of ${name}`);
  });

  it('lists what is signed and still to come, on its day and as known on it', async () => {
    const list = await say('/ban-status on 2025-12-20');
    expect(list.data).toMatchObject({ counts: { full: 12, partial: 7, immigrantOnly: 0 } });
    expect((list.data as { upcoming: unknown[] }).upcoming).toHaveLength(23);
    expect(words(list.message)).toContain('Signed and still to come');
    expect((await say('/ban-status on 2025-12-15')).data).not.toHaveProperty('upcoming');
    const before = await say('/ban-status on 2026-03-01 known 2025-12-01');
    expect(before.data).toMatchObject({ counts: { full: 12, partial: 7, immigrantOnly: 0 } });
  });
});

describe('/timeline', () => {
  it('turns pages by buttons that ask the same again, and names the pages that there are', async () => {
    const dates = ({ data }: { data: unknown }) => (data as { events: { date: string }[] }).events.length;
    const asked = '/timeline topic:third-country-removal certainty:confirmed since:2025-01-01';
    const last = await say(asked);
    const pages = Math.ceil(dates(last) / 10);
    expect(pages).toBeGreaterThan(2);
    expect(last.message.plain).toContain(`page ${pages} of ${pages}`);
    const pressed = (message: Message, label: string) =>
      message.actions?.flatMap((each) => (each.kind === 'command' && each.label === label ? [each.command] : []));
    expect(pressed(last.message, 'Later')).toEqual([]);
    const [earlier = ''] = pressed(last.message, 'Earlier') ?? [];
    const before = await say(earlier);
    expect(before.message.plain).toContain(`page ${pages - 1} of ${pages}`);
    expect(dates(before)).toBe(dates(last));
    const [later = ''] = pressed(before.message, 'Later') ?? [];
    expect(words((await say(later)).message)).toBe(words(last.message));
    for (const none of ['abc', '0', '1.5', `${pages + 1}`]) {
      const refused = await say(`${asked} page:${none}`);
      expect(refused).toMatchObject({ exitCode: 2 });
      expect(refused.message.plain).toBe(`There is no page “${none}”. Pages go from 1 to ${pages}.`);
    }
  });

  it('says that nothing is called so, and suggests only what looks like it', async () => {
    expect((await say('/timeline nonsense')).message.plain).toMatch(
      /^I know no country and no case called “nonsense”\. Try/,
    );
    expect((await say('/timeline xraq')).message.plain).toMatch(/Did you mean Iraq\?$/);
    expect((await say('/timeline case:nonsense')).message.plain).toMatch(/^No case “nonsense”/);
    expect((await say('/timeline case:noem')).message.plain).toMatch(/fits .* or .*Which one/);
  });

  it('takes the name of a case for one', async () => {
    const { data } = await say('/timeline "D.V.D. v. Noem"');
    const events = (data as { events: { matter: string }[] }).events;
    expect(events.length).toBeGreaterThan(5);
    expect(new Set(events.map((event) => event.matter))).toEqual(new Set(['court/dvd-v-dhs']));
  });

  it('leaves out what is less certain than asked', async () => {
    const certainties = async (line: string) =>
      ((await say(line)).data as { events: { certainty: string }[] }).events.map((event) => event.certainty);
    expect(new Set(await certainties('/timeline rwanda certainty:official'))).toEqual(new Set(['official']));
    expect(await certainties('/timeline rwanda')).toContain('reported');
  });

  it('never tells what happened on a day not known as the newest', async () => {
    const { data } = await say('/timeline');
    expect((data as { events: { date: string }[] }).events.at(-1)?.date).toMatch(/^2026-/);
  });
});

describe('a name of something else', () => {
  it.each(['/ban-status "Georgia, USA"', '/timeline US-GA'])('is told what it is: %s', async (line) => {
    expect((await say(line)).message.plain).toMatch(/US state of Georgia, not the country/);
  });
});

describe('/courts', () => {
  it('says of each case when its newest entry was made, not when something else was verified', async () => {
    const { cases } = (await say('/courts')).data as { cases: { history: { date: string }[]; lastVerified: string }[] };
    for (const each of cases) expect(each.lastVerified).toBe(each.history.at(-1)?.date);
    const { footer } = (await say('/courts mullin')).message;
    expect(JSON.stringify(footer)).toMatch(/Last verified 2026-06-25\./);
  });
});

describe('/courts without a case', () => {
  it('lists first what moved last', async () => {
    const { cases } = (await say('/courts')).data as { cases: { history: { date: string }[] }[] };
    const days = cases.map(({ history }) => history.at(-1)?.date ?? '').map((day) => day.replace('unknown', ''));
    expect(days.length).toBeGreaterThan(3);
    expect(days).toEqual(days.toSorted().toReversed());
    expect(days.at(-1)).toBe('');
  });
});

describe('/deals and /courts', () => {
  it('keep what was agreed, sent and is still there apart', async () => {
    const { message } = await say('/deals rwanda');
    const fields = message.blocks.flatMap((block) => (block.kind === 'fields' ? block.fields : []));
    expect(Object.fromEntries(fields.map(({ name, value }) => [name, value.map(String).join('')]))).toMatchObject({
      Cap: '250 (2025-08-05)',
      Sent: '7 (2025-08-15)',
      'Still there': 'no number on record',
      Payment: expect.stringMatching(/7\.5 million/),
    });
    expect(words((await say('/deals uganda')).message)).toMatch(/denied/);
    expect(words((await say('/deals guatemala')).message)).toMatch(/transit/);
    expect(words((await say('/deals guatemala')).message)).toMatch(/U\.T\. v\. Bondi: Pending/);
  });

  it('say what comes next, and what a posture is not', async () => {
    const shown = words((await say('/courts dvd')).message);
    expect(shown).toMatch(/Argument in the Supreme Court \(26-426\), 2026-12/);
    expect(shown).toMatch(/decides nothing/);
    expect(words((await say('/courts "noem v. national tps alliance"')).message)).toMatch(/A stay is not a ruling/);
  });
});
