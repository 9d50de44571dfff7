import type { Message } from './message.ts';

/** What is posted in a channel that was just subscribed. `plain` says what it follows now. */
export function setUpMessage(plain: string, say: (english: string) => string): Message {
  return { title: say('Borderwire is set up here'), plain, blocks: [{ kind: 'text', lines: [[plain]] }] };
}
