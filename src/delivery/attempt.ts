import type { ChatAdapter, OutboxRow, SendOutcome } from '../core/delivery.ts';
import type { Clock, Log, Random } from '../core/ports.ts';
import { personOf } from '../core/subscription.ts';
import { isoAt } from '../lib/clock.ts';
import { asLate, plainForm } from './adorn.ts';
import type { Breaker } from './breaker.ts';
import type { Pace } from './pace.ts';
import { type PauseStore, pauseChannel } from './pause.ts';
import { isSafeToSend, type NextState, nextState } from './policy.ts';
import { lookFor, type ReconcileParts } from './reconcile.ts';
import { dueMs, type RollUpRules, rollUp } from './roll-up.ts';
import { heldUntil, isUnwanted, unwanted } from './withdraw.ts';

export interface AttemptParts {
  store: PauseStore;
  clock: Clock;
  random: Random;
  log: Log;
  owner: string;
  pace: Pace;
  breaker: Breaker;
  history: ReconcileParts;
  /** Platforms that are known to take our token. */
  taken: Set<string>;
  /** When alerts share one message; posts that are late are marked so. */
  rules: RollUpRules;
  /** Hears until when a row waits for its turn, in milliseconds. */
  postponed?: (untilMs: number) => void;
}

export type Fate = NextState['state'] | 'kept';

/** Longer than this nobody holds a place among those in flight only to wait: another channel may use it. */
const longestWaitMs = 1_500;
/** A row that is this much behind its time has missed it. */
const missedMs = 60_000;

/** What is sent: late ones marked, refused ones plain, answers as posts where there are no threads. */
export function asSent(row: OutboxRow, adapter: ChatAdapter, nowMs: number, lateAfterMs: number): OutboxRow {
  const due = dueMs(row);
  const late = !row.late && row.action === 'post' && nowMs - due > lateAfterMs;
  const message = late ? asLate(row.message, isoAt(due)) : row.message;
  return {
    ...row,
    late: row.late || late,
    message: row.rejectedBefore ? plainForm(message) : message,
    action: row.action === 'thread' && !adapter.capabilities.threads ? 'post' : row.action,
  };
}

/** Waits for the row's turn. False when it was given back instead: the wait is long, or the program stops. */
async function waitTurn(row: OutboxRow, adapter: ChatAdapter, parts: AttemptParts, signal: AbortSignal) {
  const { clock, pace, store, owner } = parts;
  const { at: turn, reach } = pace.reserve(row, adapter.capabilities, clock.now(), longestWaitMs);
  const wait = turn - clock.now();
  if (wait > 0 && wait <= longestWaitMs) await clock.sleep(wait, signal);
  // Another row may have met a limit meanwhile: nobody runs into it with open eyes.
  const open = Math.max(turn, pace.closedUntil(row, adapter.capabilities));
  if (open <= clock.now() && !signal.aborted) return true;
  if (!signal.aborted) parts.postponed?.(open);
  await store.outbox.release([row.id], owner, isoAt(signal.aborted ? clock.now() : open));
  // What waits for the same budget need not be leased, one by one, to find that out.
  if (!signal.aborted && reach !== 'channel')
    await store.outbox.postpone(row.channel, reach, row.action === 'edit' ? 'edit' : 'post', isoAt(open));
  return false;
}

/**
 * What could not go out at its time must not go out in the quiet hours that came since; nor what was held back, in
 * quiet hours that were chosen since.
 */
async function isHeld(row: OutboxRow, { store, clock, owner }: AttemptParts): Promise<boolean> {
  const waited = clock.now() - Date.parse(row.createdAt);
  if (row.action === 'edit' || row.maybeSentSince || waited < missedMs) return false;
  const until = await heldUntil(store, row, clock.now());
  if (until === null) return false;
  await store.outbox.release([row.id], owner, isoAt(until));
  return true;
}

/** Whether quiet hours held it back, and the channel wants what they hold told together. */
async function isBatched(row: OutboxRow, store: PauseStore): Promise<boolean> {
  if (Date.parse(row.notBefore) - Date.parse(row.createdAt) < missedMs) return false;
  const here = await store.subscriptions.forChannel(row.channel);
  return here.some(({ status, quietHours }) => status === 'active' && quietHours?.hold === 'batch');
}

/** A program that is stopped waits no longer for an answer, in milliseconds: its end is not a platform's to put off. */
const lastAnswerMs = 3_000;

/** Resolves so long after `signal` aborts, unless `over` comes first. */
function stopped(signal: AbortSignal, clock: Clock, over: AbortSignal): Promise<SendOutcome> {
  const outcome = { kind: 'unknown', reason: 'stopped before it was answered' } as const;
  return new Promise((resolve) => {
    const wait = () => void clock.sleep(lastAnswerMs, over).then(() => resolve(outcome));
    if (signal.aborted) wait();
    else signal.addEventListener('abort', wait, { once: true, signal: over });
  });
}

async function send(
  row: OutboxRow,
  adapter: ChatAdapter,
  { log, clock }: AttemptParts,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const over = new AbortController();
  try {
    return await Promise.race([adapter.send(row), stopped(signal, clock, over.signal)]);
  } catch (error) {
    // A bug, and nobody knows how far the send came.
    log.error({ err: error, row: row.id }, 'adapter failed');
    return { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    over.abort();
  }
}

/** Records an outcome and does what follows from it. Answers what became of the row. */
export async function conclude(
  row: OutboxRow,
  adapter: ChatAdapter,
  outcome: SendOutcome,
  startedAt: string,
  parts: AttemptParts,
): Promise<Fate> {
  const { store, clock, random, log, owner, pace } = parts;
  const nowMs = clock.now();
  pace.learn(row, adapter.capabilities, outcome, nowMs);
  const next = nextState(outcome, row, adapter.capabilities, { startedAt, nowMs, chance: random.next() });
  const retryAt = next.state === 'retry' ? { retryAt: next.retryAt } : {};
  await store.outbox.settle(row.id, outcome, isoAt(nowMs), { state: next.state, owner, ...retryAt });
  const fields = {
    row: row.id,
    channel: row.channel.id,
    subject: row.subject,
    outcome: outcome.kind,
    state: next.state,
  };
  if (next.state === 'sent') log.info(fields, 'delivered');
  else log.warn({ ...fields, ...('reason' in outcome ? { reason: outcome.reason } : {}) }, 'not delivered');
  if (outcome.kind === 'rejected' && !row.rejectedBefore)
    log.error({ row: row.id, message: row.message }, 'refused in full; a plain form is sent instead');
  await noteToken(row.channel.platform, outcome, parts);
  if (next.state === 'dead') await bury(row, outcome, next.pauseChannel, parts);
  if (next.state === 'unknown') await raiseUnknown(row, parts);
  return next.state;
}

/** Operators hear that a platform no longer takes our token, and when it does again. */
async function noteToken(platform: string, outcome: SendOutcome, { store, clock, taken }: AttemptParts): Promise<void> {
  const [kind, at] = ['token-refused', isoAt(clock.now())];
  if (outcome.kind === 'transient' && outcome.refused !== undefined) {
    taken.delete(platform);
    await store.notices.raise({
      kind,
      subject: platform,
      text: `${outcome.refused}. Until then nothing is posted.`,
      at,
    });
  } else if (outcome.kind === 'sent' && !taken.has(platform)) {
    taken.add(platform);
    await store.notices.resolve(kind, platform, at, `The token for ${platform} is taken again.`);
  }
}

async function bury(row: OutboxRow, outcome: SendOutcome, pause: boolean, parts: AttemptParts): Promise<void> {
  const { store, clock } = parts;
  const reason = 'reason' in outcome ? outcome.reason : outcome.kind;
  const at = isoAt(clock.now());
  if (!pause) {
    const text = `“${row.message.title}” could not be delivered to ${row.channel.platform}/${row.channel.id}: ${reason}.`;
    await store.notices.raise({ kind: 'delivery-dead', subject: row.id, text, at });
    return;
  }
  // A person who takes no messages has nothing that could be paused.
  if (personOf(row.channel) === null) await pauseChannel(store, row.channel, reason, at);
}

async function raiseUnknown(row: OutboxRow, { store, clock }: AttemptParts): Promise<void> {
  const where = `${row.channel.platform}/${row.channel.id}`;
  const text = `Nobody knows whether “${row.message.title}” arrived in ${where}. Look there, then retry or drop ${row.id}.`;
  await store.notices.raise({ kind: 'delivery-unknown', subject: row.id, text, at: isoAt(clock.now()) });
}

/** One leased row: its turn, the durable beginning, the send, the record. */
export async function attempt(
  row: OutboxRow,
  adapter: ChatAdapter,
  parts: AttemptParts,
  signal: AbortSignal,
): Promise<Fate> {
  const { store, clock, log, owner, rules } = parts;
  if (row.action === 'edit' && !adapter.capabilities.edits) {
    await store.outbox.release([row.id], owner, isoAt(clock.now()));
    await store.outbox.drop(row.id, 'what is posted there cannot be changed', isoAt(clock.now()));
    return 'kept';
  }
  // Tried before, or a first word only now: those who wanted it may have left meanwhile.
  const asked = row.attempts > 0 || (row.action === 'post' && row.standalone !== undefined);
  if (asked && (await isUnwanted(store, row))) {
    if (!row.maybeSentSince) await store.outbox.withdraw([row.id], unwanted);
    else return conclude(row, adapter, { kind: 'unknown', reason: unwanted }, isoAt(clock.now()), parts);
    return 'kept';
  }
  if (await isHeld(row, parts)) return 'kept';
  const batched = await isBatched(row, store);
  if (await rollUp(row, adapter, { outbox: store.outbox, owner, nowMs: clock.now(), rules, batched })) return 'kept';
  if (!(await waitTurn(row, adapter, parts, signal))) return 'kept';
  const startedAt = isoAt(clock.now());
  if (!isSafeToSend(row, adapter.capabilities, clock.now())) {
    const found = adapter.capabilities.history ? (await lookFor(row, adapter, parts.history)).found : 'open';
    if (found === 'sent') return 'sent';
    const doubt = { kind: 'unknown', reason: 'too late to send it again safely' } as const;
    if (found === 'open') return conclude(row, adapter, doubt, startedAt, parts);
  }
  if (!(await store.outbox.begin(row.id, owner, startedAt))) {
    log.warn({ row: row.id }, 'lease was lost before the send');
    return 'kept';
  }
  const outcome = await send(asSent(row, adapter, clock.now(), rules.lateAfterMs), adapter, parts, signal);
  parts.breaker.note(row.channel.platform, outcome);
  return conclude({ ...row, attempts: row.attempts + 1 }, adapter, outcome, startedAt, parts);
}
