import type { ParsedFeed } from '../core/article.ts';
import { SourceError } from '../core/errors.ts';
import type { Clock, Random } from '../core/ports.ts';
import type { EntryDraft, SourceConfig, SourceState, SourceStore } from '../core/source-ports.ts';
import { isoAt } from '../lib/clock.ts';
import { gently } from '../lib/gently.ts';
import type { Http } from '../lib/http.ts';
import { type Fetched, fetchSource } from './fetch.ts';
import { healthNotices, type SourceNotice } from './health.ts';
import { identifying } from './identity.ts';
import { readMemory, type SourceMemory } from './memory.ts';
import { rememberCount, rememberDocument } from './remember.ts';
import { nextPollAt } from './schedule.ts';
import { keysOfDeleted, saysWithdrawn } from './withdrawn.ts';

const hour = 3_600_000;
/** Dates are cut to the second, told without their zone, or those of a draft; an entry may be served long after. */
const datingHours = 6;

/** Bytes of a source to its items, by the source's format. Throws SourceError `malformed` for what cannot be read. */
export type Parse = (bytes: Buffer, contentType: string, source: SourceConfig, url: string) => Promise<ParsedFeed>;

export interface PollLimits {
  /** Sources asked at a time. Those in trouble have half as many places to themselves, so that they delay no other. */
  concurrency: number;
  /** How long a leased source is kept from other workers. */
  leaseMs: number;
  /** Entries older than this at the source's last good poll are stored silently. */
  maxAgeHours: number;
  /** More new entries at once than this: those not dated since about the last good poll are stored silently. */
  floodLimit: number;
}

export interface PollDeps {
  sources: SourceStore;
  http: Http;
  parse: Parse;
  clock: Clock;
  random: Random;
  limits: PollLimits;
}

export interface Source {
  config: SourceConfig;
  state: SourceState;
}

/** Of a source that was never polled. */
export function emptyState(id: string): SourceState {
  const never = { firstPolledAt: null, lastPolledAt: null, lastSuccessAt: null, nextPollAt: null };
  const unknown = { movedTo: null, etag: null, lastModified: null, bodyHash: null, error: null };
  return { id, ...never, ...unknown, failures: 0, memory: {}, paused: false };
}

/** What became of one poll. */
export interface PollResult {
  sourceId: string;
  outcome: 'new-entries' | 'no-new-entries' | 'unchanged' | 'failed';
  added: number;
  changed: number;
  /** Entries that were seen to be taken back. */
  withdrawn: number;
  error: SourceError | null;
  notices: SourceNotice[];
}

/**
 * Polls one source and records what came of it, entries and validators in one transaction. A source's fault is part
 * of the result. Throws only what is no source's fault: the store's errors, and the reason of `signal`.
 */
export async function pollSource(deps: PollDeps, source: Source, signal?: AbortSignal): Promise<PollResult> {
  const now = deps.clock.now();
  try {
    const fetched = await fetchSource(deps.http, source, now, signal);
    const parsed = fetched.body && (await parseBody(deps.parse, source.config, fetched.body));
    return await recordSuccess(deps, source, fetched, parsed);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof SourceError)) throw error;
    return await recordFailure(deps, source, error);
  }
}

/** Items of what was fetched; of an answer past the limit, those before it. Throws SourceError. */
export async function parseBody(
  parse: Parse,
  config: SourceConfig,
  body: NonNullable<Fetched['body']>,
): Promise<ParsedFeed> {
  try {
    const parsed = await parse(body.bytes, body.contentType, config, body.url);
    return body.truncated ? { ...parsed, truncated: true } : parsed;
  } catch (error) {
    if (body.truncated) throw tooLarge(config, body.bytes.length, error);
    if (error instanceof SourceError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const hint = 'Open the address in a browser: what it shows is no feed that can be read';
    throw new SourceError('malformed', 'unreadable', `${config.url}: ${message}`, hint, { cause: error });
  }
}

function tooLarge(config: SourceConfig, bytes: number, cause: unknown): SourceError {
  const message = `${config.url}: the answer is larger than ${bytes} bytes after decompression, and so far no feed`;
  const hint = 'Find a smaller feed of the site: a section, or fewer items a page';
  return new SourceError('malformed', 'too-large', message, hint, { cause });
}

async function recordSuccess(
  deps: PollDeps,
  source: Source,
  fetched: Fetched,
  parsed: ParsedFeed | null,
): Promise<PollResult> {
  const { config, state } = source;
  const now = deps.clock.now();
  const first = state.firstPolledAt === null;
  const { memory } = fetched;
  const drafts = parsed ? await gently(identifying(parsed.items, config)) : [];
  const entries = drafts.map((draft) => withdrawable(aged(draft, state, now, deps)));
  if (parsed) rememberDocument(memory, parsed, entries, now);
  rememberCount(memory, parsed ? parsed.items.length : (memory.counts[0] ?? 0), now);
  const next: SourceState = {
    ...fetched.state,
    firstPolledAt: state.firstPolledAt ?? isoAt(now),
    lastPolledAt: isoAt(now),
    lastSuccessAt: isoAt(now),
    failures: 0,
    error: null,
    memory,
    nextPollAt: isoAt(schedule(deps, config, memory, { now, failures: 0, retryAt: null, first })),
  };
  const notices = healthNotices(config, next, memory, now);
  delete memory.failingSince;
  if (fetched.moved !== null) notices.push(movedNotice(config, fetched.moved, now));
  const flood = first ? {} : { floodLimit: deps.limits.floodLimit };
  const deleted = (parsed?.withdrawn ?? []).map((ref) => keysOfDeleted(ref, config));
  const {
    added,
    changed,
    flooded,
    withdrawn = 0,
  } = await deps.sources.recordPoll({
    state: next,
    entries,
    seenAt: isoAt(now),
    silent: first,
    ...flood,
    ...(deleted.length === 0 ? {} : { deleted }),
  });
  if (flooded) notices.push(floodNotice(config, added, now));
  const outcome = !parsed ? 'unchanged' : added + changed > 0 ? 'new-entries' : 'no-new-entries';
  return { sourceId: config.id, outcome, added, changed, withdrawn, error: null, notices };
}

async function recordFailure(deps: PollDeps, source: Source, error: SourceError): Promise<PollResult> {
  const { config, state } = source;
  const now = deps.clock.now();
  const memory = readMemory(state.memory);
  memory.failingSince ??= isoAt(now);
  const failures = state.failures + 1;
  const retryAt = error.retryAt === null ? null : Date.parse(error.retryAt);
  const { kind, code, message, hint } = error;
  const next: SourceState = {
    ...state,
    lastPolledAt: isoAt(now),
    failures,
    error: { kind, code, message, hint },
    memory,
    paused: state.paused || kind === 'gone',
    nextPollAt: isoAt(schedule(deps, config, memory, { now, failures, retryAt, first: false })),
  };
  const notices = healthNotices(config, next, memory, now);
  if (next.paused && !state.paused) await deps.sources.setPaused(config.id, true);
  await deps.sources.recordPoll({ state: next, entries: [], seenAt: isoAt(now), silent: false });
  return { sourceId: config.id, outcome: 'failed', added: 0, changed: 0, withdrawn: 0, error, notices };
}

function withdrawable(draft: EntryDraft): EntryDraft {
  return saysWithdrawn(draft.item.title) ? { ...draft, withdrawn: true } : draft;
}

/** Marks what is too old to be told, and what is surely new. Undated entries are neither. */
function aged(draft: EntryDraft, state: SourceState, now: number, deps: PollDeps): EntryDraft {
  if (draft.item.publishedAt === null || state.lastSuccessAt === null) return draft;
  const published = Date.parse(draft.item.publishedAt);
  const lastGood = Date.parse(state.lastSuccessAt);
  if (published < lastGood - deps.limits.maxAgeHours * hour) return { ...draft, silent: true };
  const [from, until] = [lastGood - datingHours * hour, now + datingHours * hour];
  return published >= from && published <= until ? { ...draft, fresh: true } : draft;
}

function schedule(
  deps: PollDeps,
  config: SourceConfig,
  memory: SourceMemory,
  poll: { now: number; failures: number; retryAt: number | null; first: boolean },
): number {
  const { freshMs, ttlMinutes, skipHours, skipDays } = memory.hints;
  return nextPollAt({
    ...poll,
    ...(config.every === undefined ? {} : { every: config.every }),
    published: memory.published.map((time) => Date.parse(time)),
    arrivals: memory.arrivals.map((time) => Date.parse(time)),
    hints: {
      freshMs,
      ...(ttlMinutes === undefined ? {} : { ttlMinutes }),
      ...(skipHours ? { skipHours } : {}),
      ...(skipDays ? { skipDays } : {}),
    },
    chance: deps.random.next(),
  });
}

function movedNotice(config: SourceConfig, to: string, now: number): SourceNotice {
  return {
    kind: 'moved',
    sourceId: config.id,
    name: config.name,
    key: `moved/${config.id}/${to}`,
    message: `${config.name} has moved for good to ${to}, and is asked there from now on`,
    remedy: 'Change its address in sources.yaml when convenient',
    at: isoAt(now),
  };
}

function floodNotice(config: SourceConfig, added: number, now: number): SourceNotice {
  return {
    kind: 'flood',
    sourceId: config.id,
    name: config.name,
    key: `flood/${config.id}/${isoAt(now)}`,
    message: `${config.name} brought ${added} unknown entries at once: those that are dated more than ${datingHours} hours before the last poll were stored silently`,
    remedy: 'Look at the feed: it was probably rebuilt. Nothing is lost; /search finds what was stored',
    at: isoAt(now),
  };
}
