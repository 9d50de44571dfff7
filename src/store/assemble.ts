import type { CountryCode } from '../core/country.ts';
import type { Store } from '../core/ports.ts';
import { forget } from './forget.ts';
import { endLeases, hold } from './hold.ts';
import { createIds } from './ids.ts';
import { createSealedStore } from './installations.ts';
import { createKeptStore } from './kept.ts';
import { createLedgerStore } from './ledger.ts';
import { createMetaStore } from './meta.ts';
import { createNoticeStore } from './notices.ts';
import { createOutboxStore } from './outbox.ts';
import { prune } from './prune.ts';
import { englishName } from './search.ts';
import { createSourceStore } from './sources.ts';
import { createHistoryStore, createStoryStore } from './stories.ts';
import { createSubscriptionStore } from './subscriptions.ts';
import type { Db } from './transaction.ts';

export interface StoreOptions {
  /** `sqlite:PATH` (relative to the working directory), a bare path, `:memory:`, or `postgres://USER@HOST/NAME`. */
  url: string;
  /** Folder of the migrations. */
  migrations: string;
  /** Milliseconds since the epoch; for ids and times of creation. */
  now: () => number;
  /** Names under which a country is found by search; the English one when absent. */
  names?: (code: CountryCode) => readonly string[];
}

/** Ids go on where they ended, whatever the clock says now. */
async function newestId(db: Db): Promise<string> {
  const entry = await db.selectFrom('entry').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  const row = await db.selectFrom('outbox').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  const change = await db.selectFrom('ledger_change').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return [entry?.id ?? '', row?.id ?? '', change?.id ?? ''].sort().at(-1) ?? '';
}

/** The store's parts over one database: `reader` for those who must not wait for who writes. */
export async function storeOver(
  db: Db,
  reader: Db,
  options: StoreOptions,
): Promise<Omit<Store, 'backup' | 'check' | 'present'>> {
  const nextId = createIds(options.now, await newestId(db));
  const shared = { nextId, now: options.now, names: options.names ?? englishName };
  return {
    sources: createSourceStore(db, reader, nextId),
    stories: createStoryStore(db, reader, shared),
    history: createHistoryStore(reader),
    subscriptions: createSubscriptionStore(db, reader),
    outbox: createOutboxStore(db, shared),
    notices: createNoticeStore(db, shared),
    meta: createMetaStore(db),
    kept: createKeptStore(db, options.now),
    installations: createSealedStore(db),
    ledger: createLedgerStore(db, reader, nextId),
    hold: async (name, owner, now, until) => {
      const mine = await hold(db, name, owner, now, until);
      // Another process, whose clock may be ahead, may have had it before: what comes now sorts after what it made.
      if (mine) nextId(await newestId(db));
      return mine;
    },
    endLeases: (isDead, now) => endLeases(db, isDead, now),
    prune: (before) => prune(db, before),
    forget: (platform, workspace) => forget(db, platform, workspace),
    close: async () => {
      if (reader !== db) await reader.destroy();
      await db.destroy();
    },
  };
}
