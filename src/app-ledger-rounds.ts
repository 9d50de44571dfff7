import type { App } from './app.ts';
import { mendReviewed } from './app-ledger-reviewed.ts';
import type { OutboxDraft } from './core/delivery.ts';
import type { Store } from './core/ports.ts';
import type { AnswerReport, LedgerProposal } from './core/review.ts';
import { shorten } from './core/story-words.ts';
import type { Subscription } from './core/subscription.ts';
import { closedWindow } from './delivery/digest.ts';
import { localTime, momentOf } from './delivery/local-time.ts';
import { quietUntil } from './delivery/quiet.ts';
import { comingEvents } from './ledger/coming.ts';
import { newsBetween, newsDrafts } from './ledger/news.ts';
import { type ReminderContext, remindersDue } from './ledger/reminders.ts';
import { dayInWashington, isoAt } from './lib/clock.ts';

/** Up to which change subscribers were told, and up to which they are being told. */
const toldKey = 'ledger.told';
const tellingKey = 'ledger.telling';
/** Approvals that come one after the other are told together. */
export const settleMs = 20_000;
const mostListed = 1000;

type Parts = Pick<App, 'store' | 'record' | 'countries' | 'clock' | 'services'>;

/** What the record has to say since the last round: news and reminders to subscriptions, and notices for operators. */
export interface LedgerRounds {
  /** `settle`: how long a change rests before it is told, in milliseconds. */
  run(settle: number): Promise<void>;
}

export function createLedgerRounds(parts: Parts): LedgerRounds {
  const { store, record, countries, clock, services } = parts;
  /** Reminders that are due and that this process has seen in the outbox: asking again would only cost. */
  let reminded: ReadonlySet<string> = new Set();

  async function news(subscriptions: readonly Subscription[], settle: number): Promise<void> {
    const changes = record.changes();
    const told = (await store.meta.get(toldKey)) ?? changes.findLast((each) => each.baseline)?.id ?? '';
    const begun = (await store.meta.get(tellingKey)) ?? '';
    const rested = isoAt(clock.now() - settle);
    const last = changes.at(-1);
    // A batch that was begun is told again as the same batch: what it has in the outbox already is not added twice.
    const to = begun > told ? begun : last !== undefined && last.learnedAt <= rested ? last.id : told;
    if (to <= told) return;
    await store.meta.set(tellingKey, to);
    const now = clock.now();
    const when = (one: Subscription) => isoAt(quietUntil(one.quietHours, digestAt(one, now)) ?? digestAt(one, now));
    await store.outbox.enqueue(newsDrafts(newsBetween(changes, told, to, countries), subscriptions, when));
    await store.meta.set(toldKey, to);
  }

  async function reminders(subscriptions: readonly Subscription[]): Promise<void> {
    const now = clock.now();
    const events = comingEvents(record.data(), countries, dayInWashington(now));
    const due = remindersDue(events, subscriptions, {
      ...wallClocks,
      now,
      when: (one) => isoAt(quietUntil(one.quietHours, now) ?? now),
    });
    const keyOf = ({ channel, subject }: OutboxDraft): string => JSON.stringify([channel, subject]);
    const fresh = due.filter((one) => !reminded.has(keyOf(one)));
    if (fresh.length > 0) await store.outbox.enqueue(fresh);
    reminded = new Set(due.map(keyOf));
  }

  return {
    run: async (settle) => {
      await services.review.refresh();
      const subscriptions = await store.subscriptions.active();
      await news(subscriptions, settle);
      await reminders(subscriptions);
      await mendReviewed(parts);
      await noteWaiting(store, services.review, isoAt(clock.now()));
    },
  };
}

const wallClocks: Pick<ReminderContext, 'momentOf' | 'dayOf'> = {
  momentOf: (day, minutes, timeZone) => {
    const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
    return momentOf(year, month, date, minutes, timeZone);
  },
  dayOf: (ms, timeZone) => {
    const { year, month, day } = localTime(ms, timeZone);
    return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  },
};

const hourMs = 3_600_000;
const periods = { hourly: hourMs, daily: 24 * hourMs, weekly: 7 * 24 * hourMs } as const;

/** Who chose digests hears with the next one. */
function digestAt(one: Subscription, now: number): number {
  if (one.digest === 'immediate') return now;
  return Math.max(now, closedWindow(one, now + periods[one.digest])?.to ?? now);
}

const proposalKind = 'ledger-proposals';
const reportKind = 'answer-report';

/** Words of a stranger on one line, without what would steer a terminal. */
function plain(words: string): string {
  return shorten(words.replace(/[\p{C}\s]+/gu, ' '), 300);
}

/** Keeps new proposals and reports of errors for operators until they are dealt with. @param at ISO 8601 UTC */
async function noteWaiting(
  { notices }: Pick<Store, 'notices'>,
  desk: {
    waiting(limit: number): Promise<readonly LedgerProposal[]>;
    reports(limit: number): Promise<readonly AnswerReport[]>;
  },
  at: string,
): Promise<void> {
  const open = new Map<string, { kind: string; subject: string; text: string }>();
  for (const { instrument, proposedBy } of await desk.waiting(mostListed)) {
    const who = proposedBy === 'reader' ? 'Read from a primary document' : 'Entered by hand';
    const text = `${instrument}: changes of the ledger wait for review. ${who}. /review lists them.`;
    open.set(`${proposalKind} ${instrument}`, { kind: proposalKind, subject: instrument, text });
  }
  for (const { id, about, words } of await desk.reports(mostListed)) {
    const text = `Somebody reports an error in “${plain(about)}”: “${plain(words)}”. /review resolve:${id.slice(-8)} reason:… answers it.`;
    open.set(`${reportKind} ${id}`, { kind: reportKind, subject: id, text });
  }
  for (const { kind, subject } of await notices.standing(mostListed * 2)) {
    if (kind !== proposalKind && kind !== reportKind) continue;
    if (open.delete(`${kind} ${subject}`)) continue;
    const over =
      kind === proposalKind ? `${subject}: nothing waits for review any more.` : 'A report of an error was answered.';
    await notices.resolve(kind, subject, at, over);
  }
  for (const notice of open.values()) await notices.raise({ ...notice, at });
}
