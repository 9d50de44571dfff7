/** A typed line for the command runner, and the other channel that it speaks of. */
export interface SlashLine {
  line: string;
  /** Id of a channel linked in the text; null for the one where it was typed; empty when it is named but not known. */
  channel: string | null;
}

/** Slack’s names of the commands that have one of their own, by the runner’s; `borderwire` takes every other. */
export type SlashNames = Readonly<Record<'borderwire' | 'ban-status' | 'timeline' | 'subscribe', string>>;

export const slashNames: SlashNames = {
  borderwire: 'borderwire',
  'ban-status': 'ban-status',
  timeline: 'timeline',
  subscribe: 'subscribe',
};

const channelLink = /(?:\b(?:in|to|for|channel:?)\s*)?<#([A-Z0-9]+)(?:\|[^>]*)?>/i;

/**
 * Reads a slash command kindly: `/timeline help` asks for help, a channel link names the channel, other links become
 * their words, dashes of every kind what was meant, and Slack’s entities what they stand for. Curly quotes are the runner’s to read.
 */
export function readSlash(command: string, text: string, names: SlashNames): SlashLine {
  const typed = command.replace(/^\//, '');
  const words = plainWords(text.replace(channelLink, ' '));
  const own = Object.entries(names).find(([, name]) => name === typed)?.[0] ?? typed;
  const line = own === 'borderwire' ? helpLast(words) : isHelp.test(words) ? `help ${own}` : `${own} ${words}`;
  const follows = /^\W*(?:un)?subscri/i.test(line) && !channelLink.test(text);
  const named = follows ? line.replace(typedChannel, ' ') : line;
  const channel = named === line ? (channelLink.exec(text)?.[1] ?? null) : '';
  return { line: named.trim() || 'help', channel };
}

const isHelp = /^\W*help\W*$|^\?+$/i;
/** A channel in plain letters, which Slack did not make a link: nobody but Slack knows which one that is. */
const typedChannel = /(?:\b(?:in|to|for|channel:?)\s*)?(?<=^|\s)#[\p{L}\p{N}._-]+/iu;

/** `timeline help` is `help timeline`. */
function helpLast(words: string): string {
  if (isHelp.test(words)) return 'help';
  return words.replace(/^\/?([a-z-]+) help\W*$/i, (whole, name: string) => (name === 'help' ? whole : `help ${name}`));
}

function plainWords(text: string): string {
  return (
    text
      .replaceAll(/<(?:@[A-Z0-9]+|mailto:[^|>]*)\|([^>]*)>/g, '$1')
      .replaceAll(/<@[A-Z0-9]+>/g, ' ')
      .replaceAll(/<#[A-Z0-9]+\|([^>]+)>/g, '#$1')
      .replaceAll(/<(https?:[^|>]*)(?:\|[^>]*)?>/g, '$1')
      // Phones make other dashes of what was typed as one or two.
      .replaceAll(/[\u2010\u2011\u2212]/g, '-')
      .replaceAll(/(?<=\d{4}(?:[-–—]\d\d)?)[–—](?=\d\d\b)/g, '-')
      .replaceAll(/(?<=^|\s)[–—](?=[a-z])/gi, '--')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .replaceAll(/\s+/g, ' ')
      .trim()
  );
}
