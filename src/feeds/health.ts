import type { SourceConfig, SourceState } from '../core/source-ports.ts';
import { readMemory, type SourceMemory } from './memory.ts';
import { usualGap } from './schedule.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** How a source stands, as `/sources` and `sources check` show it. */
export interface SourceHealth {
  /** `silent`: it answers, but as a dead feed would. `new`: not polled yet. */
  state: 'ok' | 'new' | 'silent' | 'failing' | 'paused' | 'disabled';
  lastSuccess: string | null;
  nextPoll: string | null;
  /** What is wrong: a stable word and a sentence. */
  error: { code: string; message: string } | null;
  remedy: string | null;
  /** It is larger than what is read of one answer: what comes after the limit is not seen. */
  truncated: boolean;
}

/** Told to the operator: once when an outage begins, once when it is over, and for what needs a hand. */
export interface SourceNotice {
  kind: 'outage' | 'recovery' | 'paused' | 'moved' | 'flood';
  sourceId: string;
  name: string;
  /** Stable for one event: tell each key once. */
  key: string;
  message: string;
  remedy: string | null;
  at: string;
}

/** A fault is told when it has come this often in a row; what is certain at once, at once. */
const failuresTold = 3;

interface Fault {
  code: string;
  message: string;
  remedy: string;
}

function daysOf(ms: number): string {
  return ms < 2 * day ? `${Math.round(ms / hour)} hours` : `${Math.round(ms / day)} days`;
}

/**
 * The ways a feed dies while it still answers: no items where it had some, far fewer than usual, nothing new for far
 * longer than its habit, the same bytes for ever. Null when it is well.
 */
export function quietFault(memory: SourceMemory, now: number): Fault | null {
  const [count, ...before] = memory.counts;
  const usual = [...before].sort((a, b) => a - b)[Math.floor(before.length / 2)] ?? 0;
  const lately = memory.counts.slice(0, 3);
  if (lately.length === 3 && usual > 0 && lately.every((one) => one === 0)) {
    return { code: 'empty', message: `no items, where there used to be ${usual}`, remedy: openIt };
  }
  if (count !== undefined && usual >= 8 && lately.length === 3 && lately.every((one) => one > 0 && one <= usual / 4)) {
    return { code: 'fewer-items', message: `${count} items, where there used to be ${usual}`, remedy: openIt };
  }
  return staleFault(memory, now);
}

const openIt = 'Open the address in a browser: the feed may have been replaced. Find the new one, or disable it';

/** Silent for ten of its usual gaps, and three days at the least. */
function staleFault(memory: SourceMemory, now: number): Fault | null {
  const published = memory.published.map((time) => Date.parse(time)).filter((time) => time <= now);
  const times = published.length >= 3 ? published : memory.arrivals.map((time) => Date.parse(time));
  const gap = usualGap(times);
  if (gap === null) return null;
  const patience = Math.min(Math.max(gap * 10, 3 * day), 120 * day);
  const silence = now - Math.max(...times);
  if (silence <= patience) return null;
  const same = memory.sameSince !== undefined && now - Date.parse(memory.sameSince) > patience;
  const message = `nothing new for ${daysOf(silence)}, usual is every ${daysOf(gap)}`;
  return same
    ? { code: 'same-body', message: `${message}, and the same bytes each time`, remedy: openIt }
    : { code: 'stale', message, remedy: openIt };
}

/** How a source stands at `now` (milliseconds). Pure. */
export function sourceHealth(config: SourceConfig, state: SourceState, now: number): SourceHealth {
  const memory = readMemory(state.memory);
  const { lastSuccessAt: lastSuccess, nextPollAt: nextPoll } = state;
  const base = { lastSuccess, nextPoll, truncated: memory.truncated === true };
  const error = state.error && { code: state.error.code, message: state.error.message };
  if (!config.enabled) return { ...base, state: 'disabled', nextPoll: null, error: null, remedy: config.note };
  if (state.paused) {
    const remedy = state.error?.hint ?? 'Resume it with /sources resume';
    return { ...base, state: 'paused', nextPoll: null, error, remedy };
  }
  if (state.failures > 0) return { ...base, state: 'failing', error, remedy: state.error?.hint ?? null };
  if (state.lastSuccessAt === null) return { ...base, state: 'new', error: null, remedy: null };
  const fault = quietFault(memory, now);
  if (!fault) return { ...base, state: 'ok', error: null, remedy: null };
  return { ...base, state: 'silent', error: { code: fault.code, message: fault.message }, remedy: fault.remedy };
}

function troubleOf(health: SourceHealth, state: SourceState): { code: string; message: string } | null {
  if (health.state === 'silent') return health.error;
  if (state.failures >= failuresTold || (state.paused && state.error)) return health.error;
  return null;
}

/**
 * What the operator is to hear after a poll: one notice when trouble begins, one when it is over. Changes
 * `memory.outage`, which is stored with the poll, so that a restart repeats nothing.
 */
export function healthNotices(
  config: SourceConfig,
  state: SourceState,
  memory: SourceMemory,
  now: number,
): SourceNotice[] {
  const health = sourceHealth(config, { ...state, memory }, now);
  const at = new Date(now).toISOString();
  const about = { sourceId: config.id, name: config.name, at };
  const trouble = troubleOf(health, state);
  if (trouble && !memory.outage) {
    memory.outage = { code: trouble.code, since: memory.failingSince ?? at };
    const kind = state.paused ? 'paused' : 'outage';
    const key = `${kind}/${config.id}/${memory.outage.since}`;
    return [{ ...about, kind, key, message: `${config.name}: ${trouble.message}`, remedy: health.remedy }];
  }
  if (!memory.outage || trouble || state.failures > 0) return [];
  const key = `recovery/${config.id}/${memory.outage.since}`;
  const message = `${config.name} works again (${memory.outage.code} since ${memory.outage.since.slice(0, 16).replace('T', ' ')} UTC)`;
  delete memory.outage;
  return [{ ...about, kind: 'recovery', key, message, remedy: null }];
}
