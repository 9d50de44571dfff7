import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noteSources, tellOperators } from '../src/app-operators.ts';
import type { Store } from '../src/core/ports.ts';
import type { SourceNotice } from '../src/feeds/health.ts';
import { silentLog } from '../src/lib/log.ts';
import { openStore } from '../src/store/open.ts';
import { createFakeClock } from './fakes/clock.ts';
import { channel } from './fakes/samples.ts';

const at = '2026-03-02T10:00:00.000Z';
const later = '2026-03-02T11:00:00.000Z';
const clock = createFakeClock(at);
let store: Store;

beforeEach(async () => {
  const migrations = new URL('../migrations', import.meta.url).pathname;
  store = await openStore({ url: ':memory:', migrations, now: Date.now });
});
afterEach(() => store.close());

function notice(kind: SourceNotice['kind'], more: Partial<SourceNotice> = {}): SourceNotice {
  const key = `${kind}/a`;
  return { kind, sourceId: 'a', name: 'A', key, message: `A: ${kind}`, remedy: null, at, ...more };
}

/** What is said on the terminal when this was noted. */
async function told(notices: readonly SourceNotice[], when = at): Promise<readonly string[]> {
  await noteSources(store, notices, when);
  const lines: string[] = [];
  await tellOperators({ store, clock, log: silentLog }, [], (line) => lines.push(line));
  return lines;
}

describe('operators', () => {
  it('hear of an outage once, with its remedy, and of its recovery once', async () => {
    const outage = notice('outage', { remedy: 'Open the address' });
    expect(await told([outage])).toEqual(['A: outage. Open the address.']);
    expect(await told([outage, notice('paused')], later)).toEqual([]);
    expect(await store.notices.standing(10)).toMatchObject([{ subject: 'a', text: 'A: outage. Open the address.' }]);
    expect(await told([notice('recovery')], later)).toEqual(['A: recovery.']);
    expect(await told([notice('recovery')], later)).toEqual([]);
    expect(await store.notices.standing(10)).toEqual([]);
  });

  it('hear of the next outage anew', async () => {
    await told([notice('outage')]);
    await told([notice('recovery')]);
    expect(await told([notice('outage')], later)).toEqual(['A: outage.']);
  });

  it('hear of each source', async () => {
    const other = notice('outage', { sourceId: 'b', message: 'B: outage' });
    expect(await told([notice('outage'), other])).toEqual(['A: outage.', 'B: outage.']);
    expect(await told([notice('recovery', { sourceId: 'c' })])).toEqual([]);
  });

  it('hear at the terminal in two lines when the network is gone, and many sources with it', async () => {
    const many = Array.from({ length: 30 }, (_, n) => notice('outage', { sourceId: `s${n}`, key: `outage/s${n}` }));
    expect(await told(many)).toEqual(['A: outage.', '… and 24 more sources: /sources shows each.']);
  });

  it('hear of a move once for each new address, and of each flood', async () => {
    const moved = notice('moved', { key: 'moved/a/https://new.example.com' });
    expect(await told([moved])).toHaveLength(1);
    expect(await told([moved], later)).toEqual([]);
    expect(await told([notice('moved', { key: 'moved/a/https://x.example.com' })], later)).toHaveLength(1);
    expect(await told([notice('flood', { key: `flood/a/${at}` })])).toHaveLength(1);
    expect(await told([notice('flood', { key: `flood/a/${later}` })], later)).toHaveLength(1);
    expect(await store.notices.standing(10)).toEqual([]);
  });

  it('get one post in each of their channels for all that is new, whatever part of the program noted it', async () => {
    await store.notices.raise({ kind: 'delivery-unknown', subject: 'r1', text: 'A message may not have arrived.', at });
    await noteSources(store, [notice('outage')], at);
    const channels = [channel('ops'), channel('T1', 'slack')];
    await tellOperators({ store, clock, log: silentLog }, channels, () => undefined);
    await tellOperators({ store, clock, log: silentLog }, channels, () => undefined);
    const posts = await store.outbox.list('pending', 9);
    expect(posts.map((post) => post.channel.platform).sort()).toEqual(['discord', 'slack']);
    expect(posts[0]).toMatchObject({
      kind: 'notice',
      message: { blocks: [{ kind: 'list', items: [['A message may not have arrived.'], ['A: outage.']] }] },
    });
  });
});
