import { openDatabase } from './app-database.ts';
import type { Feeds } from './app-feeds.ts';
import { ingestFiles } from './app-files.ts';
import { createProposer, draftsOfDocument, loadHistory, loadLedger, withFreshLedger } from './app-ledger.ts';
import type { Metrics, WindowSize } from './app-metrics.ts';
import { createPictures, type Pictures } from './app-pictures.ts';
import { servicesOf } from './app-services.ts';
import { createDispatcher, type Dispatcher } from './commands/dispatch.ts';
import { createCommands } from './commands/index.ts';
import type { Services } from './commands/services.ts';
import { loadCountries } from './config/countries.ts';
import type { Config } from './config/load.ts';
import { loadPhrases } from './config/phrases.ts';
import { loadSources } from './config/sources.ts';
import type { RawArticle } from './core/article.ts';
import type { Countries } from './core/country.ts';
import type { Ledger } from './core/ledger.ts';
import type { Phrases } from './core/phrases.ts';
import type { Clock, Log, Random, Store } from './core/ports.ts';
import type { ProposalDraft } from './core/review.ts';
import type { SourceConfig } from './core/source-ports.ts';
import { writeOpml } from './feeds/opml.ts';
import { draftByHand } from './ledger/by-hand.ts';
import type { HandKind } from './ledger/by-hand-input.ts';
import { checkLedger } from './ledger/check.ts';
import { createDesk } from './ledger/desk.ts';
import { type DocumentReading, readPrimaryDocument } from './ledger/read/read.ts';
import { createRecord, type LedgerRecord } from './ledger/record.ts';
import { dayInWashington, systemClock } from './lib/clock.ts';
import type { Http } from './lib/http.ts';
import { silentLog } from './lib/log.ts';
import { ownerName } from './lib/process-alive.ts';
import { createRandom } from './lib/random.ts';
import type { ClassifyDeps } from './stories/classify.ts';
import type { Ingest } from './stories/ingest.ts';

export interface AppOptions {
  log?: Log;
  clock?: Clock;
  random?: Random;
  http?: Http;
  /** Instead of config/sources.yaml. */
  sources?: readonly SourceConfig[];
  /** Nothing is kept: the database lives in memory. */
  memory?: boolean;
  holdBackMs?: number;
  editPauseMs?: number;
  /** How long an answer waits for its picture; for as long as people wait when absent. */
  picturePatienceMs?: number;
  /** Counts and times what the parts do. */
  metrics?: (clock: Clock, windowSize: WindowSize) => Metrics;
}

/** The program's parts, joined. Parts that only some commands need are made when first asked for. */
export interface App {
  config: Config;
  log: Log;
  clock: Clock;
  random: Random;
  /** Who leases, for this process. */
  owner: string;
  store: Store;
  /** That an empty file stood in the database's place, and what to do; null where none did. */
  begunAnew: string | null;
  countries: Countries;
  ledger: Ledger;
  /** The ledger with its history. */
  record: LedgerRecord;
  services: Services;
  dispatcher: Dispatcher;
  pictures: Pictures;
  /** Only where `AppOptions.metrics` asked for it. */
  metrics: Metrics | undefined;
  phrases: Phrases;
  feeds(): Promise<Feeds>;
  ingest(): Promise<Ingest>;
  /** A reader and a clusterer of their own, with nothing in memory. */
  classifier(options: { allForms: boolean }): Promise<ClassifyDeps>;
  editPauseMs: number;
  /** Takes saved articles in, oldest arrival first; answers the ids of their stories as they end up. */
  ingestFiles(articles: readonly RawArticle[]): Promise<readonly string[]>;
  /** What `ledger check` finds, one line a problem. */
  ledgerProblems(): readonly string[];
  /** What a primary document would change: against the record, or against nothing at all. */
  readDocument(text: string, against: 'empty' | 'shipped'): DocumentReading;
  /** The same against the record as it stands, as proposals; `url` is where the document is published. */
  draftsOfDocument(text: string, url: string): ReturnType<typeof draftsOfDocument>;
  /** A proposal that a person enters. Throws UserError naming the field that is missing or wrong. */
  draftByHand(kind: HandKind, given: Readonly<Record<string, string>>, by: string): ProposalDraft;
  close(): Promise<void>;
}

/**
 * Builds and joins everything: config files, database (brought up to date), ledger, commands.
 * Throws ConfigError for what the operator must mend.
 */
export async function openApp(config: Config, options: AppOptions = {}): Promise<App> {
  const clock = options.clock ?? systemClock;
  const log = options.log ?? silentLog;
  const random = options.random ?? createRandom(() => clock.now());
  const owner = ownerName(random.id());
  const countriesFile = config.file('countries.yaml');
  const countries = loadCountries(countriesFile.text, countriesFile.path);
  const ledgerData = loadLedger(config);
  const record = createRecord(ledgerData, countries);
  const { ledger } = record;
  const sourcesFile = config.file('sources.yaml');
  const sources = options.sources ?? loadSources(sourcesFile.text, sourcesFile.path);
  let window: Ingest | undefined;
  const metrics = options.metrics?.(clock, () => window?.size() ?? null);
  const { store: opened, begunAnew } = await openDatabase(config, clock, countries, options.memory === true);
  if (begunAnew !== null) log.warn({ part: 'database' }, begunAnew);
  const store = metrics?.watchStore(opened) ?? opened;
  await store.sources.sync(sources);
  await loadHistory(store, record, clock);
  const review = createDesk({ store: store.ledger, record, countries, clock });

  const sourceTools: Services['sourceTools'] = {
    find: async (address) => (await feeds.get()).find(address),
    test: async (id) => (await (await feeds.get()).check([id], new AbortController().signal))[0],
    opmlAt: async (address) => (await feeds.get()).opmlAt(address),
    opml: async () => writeOpml((await store.sources.list()).map((each) => each.config)),
  };
  const holdBackMs = options.holdBackMs ?? config.settings.stories.holdBackSeconds * 1000;
  const services = servicesOf({ config, clock, random, store, countries, ledger, review, sourceTools, holdBackMs });
  const pictures = createPictures({
    ledger,
    countries,
    stories: store.stories,
    clock,
    log: log.child({ part: 'pictures' }),
    patienceMs: options.picturePatienceMs,
  });
  const illustrated = createCommands(services).map((command) => pictures.illustrated(command));
  const phrasesFile = config.file('phrases.yaml');
  const phrases = loadPhrases(phrasesFile.text, phrasesFile.path, countries);
  const answering = createDispatcher(illustrated, log.child({ part: 'commands' }), phrases);
  const commands = withFreshLedger(answering, review, log);
  const dispatcher = metrics?.watchCommands(commands) ?? commands;
  const editPauseMs = options.editPauseMs ?? config.settings.delivery.editPauseSeconds * 1000;
  // Fetching and reading load much code: commands that only ask the ledger start without it.
  const feeds = lazy(async () => {
    const { createFeeds } = await import('./app-feeds.ts');
    const network = options.http === undefined ? {} : { http: options.http };
    return createFeeds({ config, clock, random, log, owner, store, ...network });
  });
  const reading = lazy(async () => (await import('./app-stories.ts')).loadReading(config, countries));
  const ingest = lazy(async () => {
    const { createAppIngest } = await import('./app-stories.ts');
    const propose = createProposer({ record, review, countries, clock, log });
    const parts = { config, clock, random, log, owner, store, countries, ledger, review, holdBackMs, editPauseMs };
    window = createAppIngest({ ...parts, propose, reading: await reading.get() });
    return window;
  });

  return {
    config,
    log,
    clock,
    random,
    owner,
    store,
    begunAnew,
    countries,
    ledger,
    record,
    services,
    dispatcher,
    pictures,
    metrics,
    phrases,
    editPauseMs,
    feeds: feeds.get,
    ingest: ingest.get,
    classifier: async ({ allForms }) => (await import('./app-stories.ts')).classifierOf(await reading.get(), allForms),
    ingestFiles: async (articles) => ingestFiles({ store, clock, owner }, await ingest.get(), articles),
    ledgerProblems: () =>
      checkLedger(record.data(), countries).map((problem) => `${problem.file}:${problem.line}: ${problem.message}`),
    readDocument: (text, against) => readPrimaryDocument(text, countries, against === 'empty' ? null : ledgerData),
    draftsOfDocument: (text, url) => draftsOfDocument({ record, countries, clock }, text, url),
    draftByHand: (kind, given, by) =>
      draftByHand(kind, given, { data: record.data(), countries, by, today: dayInWashington(clock.now()) }),
    close: async () => {
      await pictures.close();
      await (await feeds.made)?.close();
      await store.close();
    },
  };
}

/** Made when first asked for, and only then. */
function lazy<Part>(make: () => Part): { get: () => Part; made: Part | undefined } {
  const cell: { get: () => Part; made: Part | undefined } = {
    made: undefined,
    get: () => {
      cell.made ??= make();
      return cell.made;
    },
  };
  return cell;
}
