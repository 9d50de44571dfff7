import type { OutboxDraft } from './core/delivery.ts';
import type { UntoldNotice } from './core/delivery-ports.ts';
import type { Message } from './core/message.ts';
import type { Clock, Log, Store } from './core/ports.ts';
import type { Channel } from './core/subscription.ts';
import type { SourceNotice } from './feeds/health.ts';
import { isoAt } from './lib/clock.ts';

const outage = 'source-outage';
/** What one post tells at most; the rest comes with the next round. */
const perPost = 25;

/**
 * Keeps what a poll has for operators: an outage until its recovery, a move once for each new address, a flood.
 * @param at ISO 8601 UTC
 */
export async function noteSources(
  { notices }: Pick<Store, 'notices'>,
  found: readonly SourceNotice[],
  at: string,
): Promise<void> {
  for (const notice of found) {
    const { kind, sourceId, key } = notice;
    const text = lineOf(notice);
    if (kind === 'recovery') await notices.resolve(outage, sourceId, at, text);
    else if (kind === 'outage' || kind === 'paused') await notices.raise({ kind: outage, subject: sourceId, text, at });
    else await notices.raise({ kind: `source-${kind}`, subject: key, text, at, over: true });
  }
}

/**
 * Tells operators what they have not been told, whoever noted it: one post in each of their channels, and a line each in
 * the log and on the terminal.
 */
export async function tellOperators(
  { store, clock, log }: { store: Pick<Store, 'notices'>; clock: Clock; log: Log },
  channels: readonly Channel[],
  say: (line: string) => void,
): Promise<void> {
  const untold = await store.notices.untold(perPost);
  if (untold.length === 0) return;
  const at = isoAt(clock.now());
  if (
    !(await store.notices.tell(
      untold,
      channels.map((channel) => postOf(untold, channel, at)),
    ))
  )
    return;
  for (const { kind, subject } of untold) log.warn({ notice: kind, subject }, 'operators are told');
  for (const line of terminalLines(untold)) say(line);
}

/** Without a network every source has the same trouble: that is a line or two on the terminal, not one each. */
function terminalLines(untold: readonly UntoldNotice[]): string[] {
  const [ofSources, others] = [
    untold.filter(({ kind }) => kind === outage),
    untold.filter(({ kind }) => kind !== outage),
  ];
  const more = ofSources.length > 3 ? [`… and ${ofSources.length - 1} more sources: /sources shows each.`] : [];
  const told = more.length > 0 ? ofSources.slice(0, 1) : ofSources;
  return [...[...others, ...told].map(({ text }) => text), ...more];
}

/** Troubles, or that they are over, as their channels are told. */
export function operatorsMessage(texts: readonly string[]): Message {
  return {
    title: 'For the operators of Borderwire',
    plain: texts.join(' '),
    blocks: [{ kind: 'list', items: texts.map((text) => [text]) }],
    tone: 'neutral',
  };
}

function postOf(untold: readonly UntoldNotice[], channel: Channel, at: string): OutboxDraft {
  const [first] = untold;
  return {
    channel,
    kind: 'notice',
    subject: `operators/${at}/${first?.kind}/${first?.subject}`,
    revision: 1,
    action: 'post',
    message: operatorsMessage(untold.map(({ text }) => text)),
    notBefore: at,
    late: false,
  };
}

function lineOf({ message, remedy }: SourceNotice): string {
  return [message, remedy].flatMap((part) => (part === null ? [] : [`${part}.`])).join(' ');
}
