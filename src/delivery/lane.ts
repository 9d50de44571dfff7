import type { LimitsSaid, Rate } from '../core/delivery.ts';

/** One budget of a platform's: when its last sends were, oldest first, and what the platform said of it. */
export interface Lane {
  sends: number[];
  /** Until when the platform asked for silence. */
  closedUntil: number;
  /** What the platform last said is left, and until when that holds. */
  said: { left: number; until: number } | null;
  /** 1, and more after each refusal: how many times slower than the rate. */
  caution: number;
  cautionAt: number;
}

const mostCaution = 4;
const stepUp = 1.1;
/** A refusal is forgotten, step by step, when none follows for this long. */
const calmMs = 60_000;

export function createLane(): Lane {
  return { sends: [], closedUntil: 0, said: null, caution: 1, cautionAt: 0 };
}

/** The first moment at or after `nowMs` at which one more may go. What the platform said goes before the rate. */
export function openAt(lane: Lane, rate: Rate, nowMs: number): number {
  const from = Math.max(nowMs, lane.closedUntil);
  if (lane.said && lane.said.until > from) return lane.said.left > 0 ? from : lane.said.until;
  const last = lane.sends.at(-rate.count);
  return last === undefined ? from : Math.max(from, last + rate.perMs * cautionAt(lane, nowMs));
}

/** One more goes at this moment. */
export function take(lane: Lane, rate: Rate, at: number): void {
  lane.sends.push(at);
  lane.sends.sort((a, b) => a - b);
  if (lane.sends.length > rate.count * 2) lane.sends.splice(0, lane.sends.length - rate.count);
  if (lane.said && at < lane.said.until) lane.said.left -= 1;
}

/** The platform refused: silence until then, and more distance for a while. */
export function refuse(lane: Lane, untilMs: number, nowMs: number): void {
  lane.closedUntil = Math.max(lane.closedUntil, untilMs);
  lane.caution = Math.min(mostCaution, cautionAt(lane, nowMs) * stepUp);
  lane.cautionAt = nowMs;
}

function cautionAt(lane: Lane, nowMs: number): number {
  const calm = Math.floor(Math.max(0, nowMs - lane.cautionAt) / calmMs);
  return Math.max(1, lane.caution / stepUp ** calm);
}

/** What the platform said with an answer, taken at its word. */
export function heed(lane: Lane, { remaining, resetAt }: LimitsSaid): void {
  if (remaining === undefined || resetAt === undefined) return;
  const until = Date.parse(resetAt);
  if (Number.isFinite(until)) lane.said = { left: remaining, until };
}

/** Whether nothing is known of it any more that matters at `nowMs`. */
export function isIdle(lane: Lane, nowMs: number): boolean {
  return lane.closedUntil < nowMs && (lane.said?.until ?? 0) < nowMs && (lane.sends.at(-1) ?? 0) < nowMs - calmMs * 2;
}
