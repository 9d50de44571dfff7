import { join } from 'node:path';
import type { Dispatcher } from './commands/dispatch.ts';
import { type LedgerFiles, ledgerFileNames, readLedger } from './config/ledger.ts';
import type { Config } from './config/load.ts';
import type { Article } from './core/article.ts';
import type { Countries } from './core/country.ts';
import type { LedgerData } from './core/ledger-data.ts';
import type { Clock, Log, Store } from './core/ports.ts';
import type { ProposalDraft, ReviewDesk } from './core/review.ts';
import { draftsFromArticle } from './ledger/article.ts';
import { entriesOf } from './ledger/entries.ts';
import { draftsOf } from './ledger/proposals.ts';
import { readPrimaryDocument } from './ledger/read/read.ts';
import type { LedgerRecord } from './ledger/record.ts';
import { dayInWashington, isoAt } from './lib/clock.ts';
import { contentHash } from './store/codec.ts';

/** The record as config/ledger holds it. Throws ConfigError naming file and line. */
export function loadLedger(config: Config): LedgerData {
  const read = (name: string) => {
    const { text, path } = config.file(join('ledger', name));
    return { text, file: path };
  };
  const files: LedgerFiles = {
    entryBans: read(ledgerFileNames.entryBans),
    exceptions: read(ledgerFileNames.exceptions),
    removals: read(ledgerFileNames.removals),
    courts: read(ledgerFileNames.courts),
  };
  return readLedger(files);
}

/** The shipped record's changes go into the history, and what operators approved into the answers. */
export async function loadHistory(store: Store, record: LedgerRecord, clock: Clock): Promise<void> {
  const entries = entriesOf(record.shipped);
  await store.ledger.loadShipped(contentHash(JSON.stringify(entries)), entries, isoAt(clock.now()));
  record.load(await store.ledger.changes());
}

/** Answers that know what another process approved a moment ago. A database that cannot be asked stops no answer. */
export function withFreshLedger(dispatcher: Dispatcher, review: ReviewDesk, log: Log): Dispatcher {
  const refresh = () =>
    review.refresh().catch((error: unknown) => log.warn({ err: error }, 'the record could not be read again'));
  return {
    commands: dispatcher.commands,
    line: async (text, asker) => {
      await refresh();
      return dispatcher.line(text, asker);
    },
    call: async (name, args, asker) => {
      await refresh();
      return dispatcher.call(name, args, asker);
    },
  };
}

/** What a document in a file would change in the record as it stands, each change a proposal, and why those or none. */
export function draftsOfDocument(
  { record, countries, clock }: { record: LedgerRecord; countries: Countries; clock: Clock },
  text: string,
  url: string,
): { drafts: readonly ProposalDraft[]; reason: string } {
  const reading = readPrimaryDocument(text, countries, record.data());
  const { name, title } = reading.instrument;
  const source = { title: title ?? name ?? url, publisher: null, url };
  const drafts = draftsOf(reading, record.data(), { source, today: dayInWashington(clock.now()) });
  return { drafts, reason: reading.reason };
}

/** What turns a primary source's article into proposals for review, each once. */
export function createProposer(parts: {
  record: LedgerRecord;
  review: ReviewDesk;
  countries: Countries;
  clock: Clock;
  log: Log;
}): (article: Article) => Promise<void> {
  const { record, review, countries, clock, log } = parts;

  /** A document that cannot be read must not stop those behind it: its story is told all the same. */
  function read(article: Article): readonly ProposalDraft[] {
    try {
      return draftsFromArticle(article, record.data(), countries, dayInWashington(clock.now()));
    } catch (error) {
      log.error({ err: error, article: article.id }, 'document could not be read for the ledger');
      return [];
    }
  }

  return async (article) => {
    const ids = await review.propose(read(article));
    if (ids.length > 0) log.info({ article: article.id, proposals: ids.length }, 'document proposes ledger changes');
  };
}
