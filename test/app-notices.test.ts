import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tellNotices } from '../src/app-notices.ts';
import type { Store } from '../src/core/ports.ts';
import type { SourceNotice } from '../src/feeds/health.ts';
import { openStore } from '../src/store/open.ts';

const at = '2026-03-02T10:00:00.000Z';
const later = '2026-03-02T11:00:00.000Z';
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

describe('notices about sources', () => {
  it('tell an outage once, with its remedy, and its recovery once', async () => {
    const outage = notice('outage', { remedy: 'Open the address' });
    expect(await tellNotices(store, [outage], at)).toEqual(['A: outage. Open the address.']);
    expect(await tellNotices(store, [outage, notice('paused')], later)).toEqual([]);
    expect(await store.notices.standing(10)).toMatchObject([{ subject: 'a', text: 'A: outage. Open the address.' }]);
    expect(await tellNotices(store, [notice('recovery')], later)).toEqual(['A: recovery.']);
    expect(await tellNotices(store, [notice('recovery')], later)).toEqual([]);
    expect(await store.notices.standing(10)).toEqual([]);
  });

  it('tell the next outage anew', async () => {
    await tellNotices(store, [notice('outage'), notice('recovery')], at);
    expect(await tellNotices(store, [notice('outage')], later)).toEqual(['A: outage.']);
  });

  it('keep sources apart', async () => {
    const other = notice('outage', { sourceId: 'b', message: 'B: outage' });
    expect(await tellNotices(store, [notice('outage'), other], at)).toEqual(['A: outage.', 'B: outage.']);
    expect(await tellNotices(store, [notice('recovery', { sourceId: 'c' })], at)).toEqual([]);
  });

  it('tell a move once for each new address, and a flood each time without leaving it standing', async () => {
    const moved = notice('moved', { key: 'moved/a/https://new.example.com' });
    expect(await tellNotices(store, [moved], at)).toHaveLength(1);
    expect(await tellNotices(store, [moved], later)).toEqual([]);
    expect(await tellNotices(store, [notice('moved', { key: 'moved/a/https://x.example.com' })], later)).toHaveLength(
      1,
    );
    expect(await tellNotices(store, [notice('flood', { key: `flood/a/${at}` })], at)).toHaveLength(1);
    expect(await tellNotices(store, [notice('flood', { key: `flood/a/${later}` })], later)).toHaveLength(1);
    expect((await store.notices.standing(10)).map(({ kind }) => kind)).toEqual(['source-moved', 'source-moved']);
  });
});
