import type { OutboxRow } from './delivery.ts';
import type { Line, Message } from './message.ts';
import { shorten } from './story-words.ts';

/**
 * `burst`: too many in an hour for a message each. `catch-up`: they could not be told in time. `held`: they waited for
 * the end of quiet hours.
 */
export type RollUpKind = 'burst' | 'catch-up' | 'held';

const reasons: Readonly<Record<RollUpKind, string>> = {
  burst: 'More is happening than a message each would be good for: this one grows.',
  'catch-up': 'These could not be told in time. None of them is new.',
  held: 'These were held back until now.',
};

function titleOf(kind: RollUpKind, count: string): string {
  if (kind === 'burst') return `Busy hour: ${count} in one message`;
  return kind === 'held' ? `After quiet hours: ${count}` : `Catch-up: ${count}, told late`;
}

/** Stories in one such message: what a platform's limits hold with room to spare, so that no line is ever cut off. */
export const storiesInRollUp = 10;

const titleLimit = 110;

type Rolled = Pick<OutboxRow, 'subject' | 'message'>;

/** `Reported, in talks` of an alert's plain line. */
function stateOf({ plain }: Message): string {
  const [state = ''] = plain.replace(/^(Catch-up|Update): /, '').split(': ');
  return state.length > 60 ? '' : state;
}

function linkOf({ blocks }: Message): string | undefined {
  const lines = blocks.flatMap((block) => (block.kind === 'list' ? block.items : []));
  const linked = lines.flat().find((span) => typeof span === 'object' && span.url !== undefined);
  return typeof linked === 'object' ? linked.url : undefined;
}

function lineOf({ subject, message }: Rolled): Line {
  const text = shorten(message.title.replace(/^(Catch-up|Update): /, ''), titleLimit);
  const url = linkOf(message);
  const state = stateOf(message);
  return [
    ...(state === '' ? [] : [{ text: `${state} · `, strong: true }]),
    url ? { text, url } : text,
    ` · story ${subject}`,
  ];
}

/** Several first alerts as one message, oldest first. It is edited as it grows and as its stories change. */
export function rollUpMessage(kind: RollUpKind, rolled: readonly Rolled[]): Message {
  const count = `${rolled.length} ${rolled.length === 1 ? 'story' : 'stories'}`;
  const title = titleOf(kind, count);
  return {
    title,
    plain: `${title}. ${shorten(rolled.map(({ message }) => message.title).join('; '), 400)}`,
    blocks: [
      { kind: 'note', line: [reasons[kind]] },
      { kind: 'list', items: rolled.map(lineOf) },
    ],
    footer: ['Information, not legal advice. /story ID tells all about one of them.'],
    tone: 'neutral',
  };
}
