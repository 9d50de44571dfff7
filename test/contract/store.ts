import { afterEach, beforeEach, describe } from 'vitest';
import type { Store } from '../../src/core/ports.ts';
import { contractOfCare } from './store-care.ts';
import { contractOfLedger } from './store-ledger.ts';
import { contractOfOutbox } from './store-outbox.ts';
import { contractOfPacks } from './store-packs.ts';
import { contractOfSources } from './store-sources.ts';
import { contractOfStories } from './store-stories.ts';
import { contractOfSubscriptions } from './store-subscriptions.ts';

export interface OpenedStore {
  store: Store;
  /** Milliseconds that the store takes for now. */
  setNow(ms: number): void;
  close(): Promise<void>;
}

/** What every database must do, whatever its kind. `open` gives an empty one. */
export function contractOfStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(`store contract on ${name}`, () => {
    let opened: OpenedStore;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const current = (): Store => opened.store;
    contractOfSources(current);
    contractOfStories(current);
    contractOfSubscriptions(current);
    contractOfOutbox(current);
    contractOfLedger(current);
    contractOfCare(current);
    contractOfPacks(current);
  });
}
