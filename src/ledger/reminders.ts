import { addDays } from '../core/calendar.ts';
import type { OutboxDraft } from '../core/delivery.ts';
import type { Message } from '../core/message.ts';
import type { Subscription } from '../core/subscription.ts';
import { type ComingEvent, dateWords } from './coming.ts';
import { firstDay } from './dates.ts';
import { byChannel, wantsFromLedger } from './telling.ts';

/** So many days before, the longest first. */
const leads = [7, 1] as const;
/** Reminders come in the morning of the channel's own day. */
const atMinutes = 9 * 60;
const washington = 'America/New_York';

export interface ReminderContext {
  /** Milliseconds since the epoch. */
  now: number;
  /** The moment at which a wall clock in a time zone shows this day and minute of the day. */
  momentOf(day: string, minutes: number, timeZone: string): number;
  /** The day that a wall clock in a time zone shows, `YYYY-MM-DD`. */
  dayOf(ms: number, timeZone: string): string;
  /** When a subscription may be told: ISO 8601 UTC. */
  when(subscription: Subscription): string;
}

/**
 * The reminders that are due, one a channel, event and lead. Of an event only the newest lead whose morning has come is
 * due, until the event's own day begins in Washington: who starts late, or asks late, is told what is still of use.
 */
export function remindersDue(
  events: readonly ComingEvent[],
  subscriptions: readonly Subscription[],
  context: ReminderContext,
): readonly OutboxDraft[] {
  const asked = subscriptions.filter((one) => one.reminders === true);
  return byChannel(asked).flatMap(({ channel, all }) =>
    events.flatMap((event): OutboxDraft[] => {
      const one = all.find((each) => wantsFromLedger({ ...each, stages: [] }, event));
      const lead = one && leadDue(event, one.timeZone, context);
      if (one === undefined || lead === undefined) return [];
      return [
        {
          channel,
          kind: 'reminder',
          subject: `${event.key}/${event.date}/${lead}d`,
          revision: 1,
          action: 'post',
          message: reminderMessage(event, context.dayOf(context.now, one.timeZone)),
          notBefore: context.when(one),
          late: false,
        },
      ];
    }),
  );
}

function leadDue(event: ComingEvent, timeZone: string, context: ReminderContext): number | undefined {
  const begins = firstDay(event.date);
  if (context.now >= context.momentOf(begins, 0, washington)) return undefined;
  return leads.findLast((lead) => context.momentOf(addDays(begins, -lead), atMinutes, timeZone) <= context.now);
}

/** What a channel hears of a date that comes near. `today`: `YYYY-MM-DD` where it is. */
export function reminderMessage(event: ComingEvent, today: string): Message {
  const days = Math.round((Date.parse(firstDay(event.date)) - Date.parse(today)) / 86_400_000);
  const left = days <= 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
  const when = event.date.length === 10 ? `${left}, ${dateWords(event.date)}` : dateWords(event.date);
  const [code, ...others] = event.countries;
  const { source } = event;
  return {
    title: `Reminder: ${event.title}`,
    plain: `Reminder: ${event.title} ${when}.`,
    blocks: [
      {
        kind: 'text',
        lines: [[{ text: `${event.title} ${when}.`, strong: true }], ...(event.note === null ? [] : [[event.note]])],
      },
      {
        kind: 'text',
        lines: [['Source: ', source.url === null ? source.title : { text: source.title, url: source.url }]],
      },
    ],
    actions: [
      code === undefined || others.length > 0
        ? { kind: 'command', label: 'Status', command: '/ban-status' }
        : { kind: 'command', label: 'Status', command: `/ban-status ${code}` },
    ],
    footer: ['Days are those of Washington. Plans change: check before you rely on it. Information, not legal advice.'],
    tone: 'official',
  };
}
