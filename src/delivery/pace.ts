import type { Capabilities, OutboxRow, Rate, SendOutcome } from '../core/delivery.ts';

const defaultPace = { channel: { count: 1, perMs: 1_000 }, global: { count: 50, perMs: 1_000 } };

/** When the last sends of one limit were, oldest first, and until when the platform asked for silence. */
interface Lane {
  sends: number[];
  closedUntil: number;
}

export interface Pace {
  /** The moment at which this row may go out, and takes its turn then. Milliseconds since the epoch. */
  reserve(row: OutboxRow, capabilities: Capabilities, nowMs: number): number;
  /** Until when the platform asked for silence, learned while the row waited its turn; 0 when it did not. */
  closedUntil(row: OutboxRow): number;
  /** Learns from what the platform answered. */
  learn(row: OutboxRow, outcome: SendOutcome, nowMs: number): void;
}

function openAt(lane: Lane, rate: Rate, nowMs: number): number {
  const full = lane.sends.length >= rate.count ? (lane.sends.at(-rate.count) ?? 0) + rate.perMs : 0;
  return Math.max(nowMs, lane.closedUntil, full);
}

/** At most `count` in any `perMs`, in each channel and on each platform, less when a platform says so. */
export function createPace(): Pace {
  const lanes = new Map<string, Lane>();

  function laneOf(key: string): Lane {
    let lane = lanes.get(key);
    if (!lane) {
      lane = { sends: [], closedUntil: 0 };
      lanes.set(key, lane);
    }
    return lane;
  }

  /** Lanes that nobody waits for are forgotten, so that memory follows the traffic and not the number of channels. */
  function forgetIdle(nowMs: number): void {
    if (lanes.size < 5_000) return;
    for (const [key, lane] of lanes) {
      if (lane.closedUntil < nowMs && (lane.sends.at(-1) ?? 0) < nowMs - 60_000) lanes.delete(key);
    }
  }

  const channelKey = ({ channel }: OutboxRow) => JSON.stringify([channel.platform, channel.workspace, channel.id]);

  return {
    reserve(row, capabilities, nowMs) {
      forgetIdle(nowMs);
      const rates = capabilities.pace ?? defaultPace;
      const lane = laneOf(channelKey(row));
      const all = laneOf(row.channel.platform);
      const at = Math.max(openAt(lane, rates.channel, nowMs), openAt(all, rates.global, nowMs));
      take(lane, rates.channel, at);
      take(all, rates.global, at);
      return at;
    },
    closedUntil: (row) =>
      Math.max(lanes.get(channelKey(row))?.closedUntil ?? 0, lanes.get(row.channel.platform)?.closedUntil ?? 0),
    learn(row, outcome, nowMs) {
      if (outcome.kind !== 'rate-limited') return;
      const lane = laneOf(outcome.scope === 'global' ? row.channel.platform : channelKey(row));
      lane.closedUntil = Math.max(lane.closedUntil, Date.parse(outcome.retryAt), nowMs);
    },
  };
}

function take(lane: Lane, rate: Rate, at: number): void {
  lane.sends.push(at);
  lane.sends.sort((a, b) => a - b);
  if (lane.sends.length > rate.count * 2) lane.sends.splice(0, lane.sends.length - rate.count);
}
