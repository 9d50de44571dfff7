import { findsMatches, matchEntries } from '../../src/core/entry-identity.ts';
import type { EntryDraft, SourceConfig, SourceState, SourceStore, StoredEntry } from '../../src/core/source-ports.ts';

export interface MemoryEntry extends StoredEntry {
  keys: Set<string>;
  contentHash: string;
}

type RecordedPoll = Parameters<SourceStore['recordPoll']>[0];

export interface MemorySources extends SourceStore {
  /** Everything stored of a source, oldest first. */
  entriesOf(sourceId: string): MemoryEntry[];
  /** What the pipeline was given to read: `id@version`, silent ones left out. */
  told: string[];
  state(id: string): SourceState;
}

export function newState(id: string): SourceState {
  return {
    id,
    movedTo: null,
    etag: null,
    lastModified: null,
    bodyHash: null,
    firstPolledAt: null,
    lastPolledAt: null,
    lastSuccessAt: null,
    nextPollAt: null,
    failures: 0,
    error: null,
    memory: {},
    paused: false,
  };
}

/** The source store in memory, keeping the port's promises: for tests and benchmarks of the poller. */
export function createMemorySources(configs: readonly SourceConfig[] = []): MemorySources {
  const rows = new Map<string, { config: SourceConfig; state: SourceState; leasedUntil: string }>();
  const entries = new Map<string, MemoryEntry[]>();
  const told: string[] = [];
  for (const config of configs) rows.set(config.id, { config, state: newState(config.id), leasedUntil: '' });

  function insert(poll: RecordedPoll, draft: EntryDraft, silent: boolean): void {
    const list = entries.get(poll.state.id) ?? [];
    entries.set(poll.state.id, list);
    const id = `${poll.state.id}/${list.length + 1}`;
    const { item, contentHash } = draft;
    const times = { firstSeenAt: poll.seenAt, seenAt: poll.seenAt };
    list.push({
      id,
      sourceId: poll.state.id,
      item,
      ...times,
      version: 1,
      silent,
      keys: new Set(draft.keys),
      contentHash,
    });
    if (!silent) told.push(`${id}@1`);
  }

  function update(entry: MemoryEntry, draft: EntryDraft, seenAt: string): boolean {
    for (const key of draft.keys) entry.keys.add(key);
    if (entry.contentHash === draft.contentHash) return false;
    Object.assign(entry, { item: draft.item, contentHash: draft.contentHash, seenAt, version: entry.version + 1 });
    if (!entry.silent) told.push(`${entry.id}@${entry.version}`);
    return true;
  }

  function record(poll: RecordedPoll): { added: number; changed: number; flooded?: boolean } {
    const wanted = new Set(poll.entries.flatMap((draft) => draft.keys.filter(findsMatches)));
    const near = (entries.get(poll.state.id) ?? []).filter((entry) => [...entry.keys].some((key) => wanted.has(key)));
    const stored = near.reverse().map((entry) => ({ entry, keys: [...entry.keys] }));
    const places = matchEntries(stored, poll.entries);
    const added = places.filter((place) => place === null).length;
    const flooded = poll.floodLimit !== undefined && added > poll.floodLimit;
    let changed = 0;
    for (const [at, draft] of poll.entries.entries()) {
      const entry = stored[places[at] ?? -1]?.entry;
      if (!entry) insert(poll, draft, poll.silent || draft.silent === true || (flooded && draft.fresh !== true));
      else if (update(entry, draft, poll.seenAt)) changed++;
    }
    const row = rows.get(poll.state.id);
    if (row) Object.assign(row, { state: poll.state, leasedUntil: '' });
    return { added, changed, flooded };
  }

  function lease(now: string, until: string, limit: number) {
    const due = [...rows.values()]
      .filter(
        ({ config, state, leasedUntil }) =>
          config.enabled && !state.paused && leasedUntil <= now && (state.nextPollAt ?? '') <= now,
      )
      .sort((a, b) => (a.state.nextPollAt ?? '').localeCompare(b.state.nextPollAt ?? ''))
      .slice(0, limit);
    for (const row of due) row.leasedUntil = until;
    return due.map(({ config, state }) => ({ config, state }));
  }

  return {
    told,
    entriesOf: (sourceId) => entries.get(sourceId) ?? [],
    state: (id) => rows.get(id)?.state ?? newState(id),
    sync: async (sources) => {
      for (const config of sources) {
        const row = rows.get(config.id);
        if (row) row.config = config;
        else rows.set(config.id, { config, state: newState(config.id), leasedUntil: '' });
      }
    },
    list: async () => [...rows.values()].map(({ config, state }) => ({ config, state })),
    leaseDue: async (_owner, now, until, limit) => lease(now, until, limit),
    recordPoll: async (poll) => record(poll),
    add: async (config) => {
      if (rows.has(config.id)) return false;
      rows.set(config.id, { config: { ...config, added: true }, state: newState(config.id), leasedUntil: '' });
      return true;
    },
    remove: async (id) => rows.get(id)?.config.added === true && rows.delete(id),
    setPaused: async (id, paused) => {
      const row = rows.get(id);
      if (row) row.state = { ...row.state, paused, nextPollAt: paused ? row.state.nextPollAt : null };
    },
  };
}
