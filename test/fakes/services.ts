import { readFileSync } from 'node:fs';
import { definitions } from '../../src/commands/index.ts';
import type { Services } from '../../src/commands/services.ts';
import { loadCountries } from '../../src/config/countries.ts';
import type { Asker } from '../../src/core/command.ts';
import type { Store } from '../../src/core/ports.ts';
import { sourceHealth } from '../../src/feeds/health.ts';
import { createDesk } from '../../src/ledger/desk.ts';
import { createRecord } from '../../src/ledger/record.ts';
import { createRandom, seeded } from '../../src/lib/random.ts';
import { createSteppedClock } from '../../src/lib/stepped-clock.ts';
import { openStore } from '../../src/store/open.ts';
import { data } from '../ledger/shipped.ts';
import { fakeLedger } from './ledger.ts';

export const shippedCountries = loadCountries(readFileSync('config/countries.yaml', 'utf8'), 'config/countries.yaml');

/** Services on a database in memory, a stepped clock, and the small fake ledger unless another is given. */
export async function testServices(given: Partial<Services> = {}): Promise<{ services: Services; store: Store }> {
  const clock = createSteppedClock(Date.parse('2026-11-21T12:00:00Z'));
  const store = await openStore({ url: ':memory:', migrations: 'migrations', now: () => clock.now() });
  const services: Services = {
    countries: shippedCountries,
    ledger: fakeLedger(),
    review: createDesk({
      store: store.ledger,
      record: createRecord(data, shippedCountries),
      countries: shippedCountries,
      clock,
    }),
    stories: store.stories,
    subscriptions: store.subscriptions,
    sources: store.sources,
    outbox: store.outbox,
    notices: store.notices,
    previewDelivery: () => Promise.resolve([]),
    resumeChannel: () => Promise.resolve(),
    changeRhythm: () => Promise.resolve(),
    choiceChanged: () => Promise.resolve(),
    clock,
    random: createRandom(() => clock.now(), seeded(1)),
    defaults: { updates: 'thread', minimumCertainty: 'reported', topics: [], timeZone: 'UTC' },
    staleAfterDays: 30,
    definitions,
    sourceTools: {
      find: () => Promise.reject(new Error('no network in this test')),
      test: () => Promise.resolve(undefined),
      opml: () => Promise.resolve('<opml/>'),
      opmlAt: () => Promise.resolve([]),
    },
    sourceHealth: (source, state) => sourceHealth(source, state, clock.now()),
    storyMessage: (story) => Promise.resolve({ title: story.headline, plain: story.headline, blocks: [] }),
    storyJson: (story) => Promise.resolve({ id: story.id, headline: story.headline }),
    ...given,
  };
  return { services, store };
}

export function askerIn(channel: string, rights: Partial<Pick<Asker, 'manager' | 'operator'>> = {}): Asker {
  return {
    userId: 'someone',
    channel: { platform: 'console', workspace: 'console', id: channel },
    locale: 'en',
    manager: true,
    operator: false,
    ...rights,
  };
}
