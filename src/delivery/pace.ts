import type { Capabilities, OutboxRow, PaceRules, Rate, SendOutcome } from '../core/delivery.ts';
import { createLane, heed, isIdle, type Lane, openAt, refuse, take } from './lane.ts';

export interface Turn {
  /** The moment at which a row may go out, in milliseconds. */
  at: number;
  /** Whose budget makes it wait longer than the patience: its channel's alone, or its whole workspace's or platform's. */
  reach: 'channel' | 'workspace' | 'platform';
}

export interface Pace {
  /** When this row may go out; takes its turn when that is within `patienceMs`. */
  reserve(row: OutboxRow, capabilities: Capabilities, nowMs: number, patienceMs: number): Turn;
  /** Until when the platform asked for silence, learned while the row waited its turn; 0 when it did not. */
  closedUntil(row: OutboxRow, capabilities: Capabilities): number;
  /** Learns from what the platform answered. */
  learn(row: OutboxRow, capabilities: Capabilities, outcome: SendOutcome, nowMs: number): void;
}

const defaultPace: PaceRules = { channel: { count: 1, perMs: 1_000 }, global: { count: 50, perMs: 1_000 } };

/** Platforms ban who is refused ten thousand times in ten minutes: a tenth of that is enough for us. */
const mostInvalid = 1_000;
const invalidWindowMs = 10 * 60_000;
const lanesKept = 5_000;
/** A clock that goes back by more was set. */
const setBackMs = 60_000;

interface Limit {
  reach: Turn['reach'];
  lane: Lane;
  rate: Rate;
}

/**
 * The distance between sends. Posts, edits and answers in threads each have a budget in their channel and, where the
 * platform has one, in their workspace; everything together has the platform's. What the platform says with its answers
 * (what is left of which budget, when to come again) goes before what was assumed.
 */
export function createPace(): Pace {
  const lanes = new Map<string, Lane>();
  /** Names that the platform gave to the budgets, by platform and what is done. */
  const buckets = new Map<string, string>();
  const invalid = new Map<string, number[]>();
  let latest = 0;
  /** The last channel that was refused, by what its workspace draws from. */
  const refused = new WeakMap<Lane, { channel: string; until: number }>();

  function laneOf(...key: string[]): Lane {
    const name = JSON.stringify(key);
    const lane = lanes.get(name) ?? createLane();
    lanes.set(name, lane);
    return lane;
  }

  function channelLane(row: OutboxRow, rules: PaceRules): Lane {
    const { platform, workspace, id } = row.channel;
    const [place, budget] = budgetOf(row, rules);
    return laneOf(platform, workspace, id, place, buckets.get(JSON.stringify([platform, budget])) ?? budget);
  }

  function limitsOf(row: OutboxRow, rules: PaceRules): readonly Limit[] {
    const { platform, workspace } = row.channel;
    const [, budget] = budgetOf(row, rules);
    const edits = budget === 'edit' ? rules.edits : undefined;
    const inWorkspace = budget === 'edit' ? edits?.workspace : rules.workspace;
    return [
      { reach: 'channel', lane: channelLane(row, rules), rate: edits?.channel ?? rules.channel },
      ...(inWorkspace
        ? [{ reach: 'workspace' as const, lane: laneOf(platform, workspace, budget), rate: inWorkspace }]
        : []),
      { reach: 'platform', lane: laneOf(platform), rate: rules.global },
    ];
  }

  /** Lanes that nobody waits for are forgotten, so that memory follows the traffic and not the number of channels. */
  function forgetIdle(nowMs: number): void {
    if (lanes.size < lanesKept) return;
    for (const [key, lane] of lanes) if (isIdle(lane, nowMs)) lanes.delete(key);
  }

  /** Closes the platform while the refusals of the last ten minutes are too many. */
  function countInvalid(platform: string, count: number, nowMs: number): void {
    const times = (invalid.get(platform) ?? []).filter((at) => at > nowMs - invalidWindowMs);
    for (let n = 0; n < count; n++) times.push(nowMs);
    invalid.set(platform, times);
    const oldest = times.at(-mostInvalid);
    if (oldest !== undefined) refuse(laneOf(platform), oldest + invalidWindowMs, nowMs);
  }

  /** A second channel is refused while one still is: then it was the workspace that had too much. */
  function suspectWorkspace(row: OutboxRow, rules: PaceRules, until: number, nowMs: number): void {
    const { platform, workspace, id } = row.channel;
    const lane = laneOf(platform, workspace, budgetOf(row, rules)[1]);
    const before = refused.get(lane);
    if (before && before.channel !== id && before.until > nowMs) refuse(lane, until, nowMs);
    refused.set(lane, { channel: id, until });
  }

  /** What was noted by a clock that was ahead would hold everything up until that time comes again. */
  function forgetTheFuture(nowMs: number): void {
    if (nowMs < latest - setBackMs) lanes.clear();
    latest = nowMs;
  }

  return {
    reserve(row, capabilities, nowMs, patienceMs) {
      forgetTheFuture(nowMs);
      forgetIdle(nowMs);
      const limits = limitsOf(row, capabilities.pace ?? defaultPace);
      const opens = limits.map(({ reach, lane, rate }) => ({ reach, at: openAt(lane, rate, nowMs) }));
      const widest = opens.findLast(({ at }) => at - nowMs > patienceMs);
      if (widest) return widest;
      const at = Math.max(...opens.map((one) => one.at));
      for (const { lane, rate } of limits) take(lane, rate, at);
      return { at, reach: 'channel' };
    },
    closedUntil: (row, capabilities) =>
      Math.max(...limitsOf(row, capabilities.pace ?? defaultPace).map(({ lane }) => lane.closedUntil)),
    learn(row, capabilities, outcome, nowMs) {
      const rules = capabilities.pace ?? defaultPace;
      const { platform } = row.channel;
      const { limits } = outcome;
      if (limits?.bucket !== undefined) buckets.set(JSON.stringify([platform, budgetOf(row, rules)[1]]), limits.bucket);
      if (limits) heed(channelLane(row, rules), limits);
      if (limits?.invalid) countInvalid(platform, limits.invalid, nowMs);
      if (outcome.kind !== 'rate-limited') return;
      const until = Math.max(Date.parse(outcome.retryAt), nowMs);
      if (outcome.scope === 'channel') suspectWorkspace(row, rules, until, nowMs);
      refuse(outcome.scope === 'global' ? laneOf(platform) : channelLane(row, rules), until, nowMs);
    },
  };
}

/** Where a row is counted within its channel, and in which budget. */
function budgetOf(row: OutboxRow, rules: PaceRules): readonly [place: string, budget: 'post' | 'edit' | 'thread'] {
  if (row.action === 'edit') return ['', 'edit'];
  if (row.action === 'thread' && rules.threads === 'own') return [row.replyTo ?? '', 'thread'];
  return ['', 'post'];
}
