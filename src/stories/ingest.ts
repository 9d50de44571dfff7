import type { RawArticle } from '../core/article.ts';
import type { Log } from '../core/ports.ts';
import type { SourceConfig, StoredEntry } from '../core/source-ports.ts';
import type { Story } from '../core/story.ts';
import { createBreath } from '../lib/gently.ts';
import { circumstancesOf, fromFile, rawArticleOf } from './entry.ts';
import { type IntakeDeps, type Outcome, type Parcel, takeArticle } from './intake.ts';
import type { Reader } from './read.ts';
import { createWindow } from './window.ts';

export interface IngestDeps extends IntakeDeps {
  reader: Reader;
  /** A source by its id; undefined when it is no longer configured. */
  sourceOf(id: string): SourceConfig | undefined | Promise<SourceConfig | undefined>;
  log: Log;
}

/** What one round did. `stories` are ids, each once. */
export interface IngestSummary {
  entries: number;
  skipped: number;
  relevant: number;
  opened: number;
  alerts: number;
  stories: readonly string[];
}

export interface Ingest {
  /** Makes articles of all unread entries; stops between two when `signal` aborts. Throws when the store fails. */
  drain(signal?: AbortSignal): Promise<IngestSummary>;
  /** One article from a file: known, not told. Answers its story, or null when it joins none. */
  add(raw: RawArticle): Promise<Story | null>;
  /** Rebuilds the clusterer's memory from the store: needed when another process has stored articles since. */
  restore(): Promise<void>;
  /** What the clusterer holds in memory. */
  size(): { articles: number; stories: number; terms: number };
}

const batch = 100;
const dayMs = 86_400_000;

/** Entries to stories and to the outbox. One instance owns the clusterer; calls are done in turn. */
export function createIngest(deps: IngestDeps): Ingest {
  const { store, reader, clusterer, clock, options } = deps;
  const window = createWindow(store, clusterer, clock, (options.windowDays ?? 9) * dayMs);
  let turn: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = turn.then(work, work);
    turn = next.catch(() => undefined);
    return next;
  }

  /** Nothing of a failed article stays in memory: the window is rebuilt before the next. */
  async function take(parcel: Parcel): Promise<Outcome> {
    await window.ready();
    try {
      const outcome = await takeArticle(parcel, deps);
      if (parcel.reading.relevant) window.keep(parcel.article);
      return outcome;
    } catch (error) {
      window.spoil();
      throw error;
    }
  }

  async function takeEntry(entry: StoredEntry): Promise<Outcome | null> {
    const read = readEntry(entry, await deps.sourceOf(entry.sourceId), deps);
    if (typeof read !== 'string') return take({ ...read, ...circumstancesOf(entry, options.maxAgeHours) });
    await store.skipEntry(entry.id, entry.version, read);
    return null;
  }

  async function drain(signal?: AbortSignal): Promise<IngestSummary> {
    const outcomes: (Outcome | null)[] = [];
    const breathe = createBreath();
    window.forgetOld();
    for (;;) {
      const entries = await store.unreadEntries(batch);
      for (const entry of entries) {
        if (signal?.aborted) return summaryOf(outcomes);
        outcomes.push(await takeEntry(entry));
        await breathe();
      }
      if (entries.length < batch) return summaryOf(outcomes);
    }
  }

  return {
    drain: (signal) => inTurn(() => drain(signal)),
    add: (raw) => inTurn(async () => (await take({ ...reader(raw), ...fromFile })).story),
    restore: () => inTurn(() => window.rebuild()),
    size: () => clusterer.size(),
  };
}

/** The article of an entry, or why there is none: a text that cannot be read must not stop those behind it. */
function readEntry(
  entry: StoredEntry,
  source: SourceConfig | undefined,
  { reader, log }: Pick<IngestDeps, 'reader' | 'log'>,
): ReturnType<Reader> | string {
  const raw = rawArticleOf(entry, source);
  if (raw === null) return 'neither title nor text';
  try {
    return reader(raw);
  } catch (error) {
    log.error({ entry: entry.id, source: entry.sourceId, error }, 'entry could not be read');
    return `unreadable: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function summaryOf(outcomes: readonly (Outcome | null)[]): IngestSummary {
  const done = outcomes.filter((outcome) => outcome !== null);
  return {
    entries: outcomes.length,
    skipped: outcomes.length - done.length,
    relevant: done.filter(({ relevant }) => relevant).length,
    opened: done.filter(({ opened }) => opened).length,
    alerts: done.reduce((sum, { alerts }) => sum + alerts, 0),
    stories: [...new Set(done.flatMap(({ stories }) => stories))],
  };
}
