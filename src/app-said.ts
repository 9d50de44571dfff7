import type { PollSummary } from './feeds/poll.ts';

/** What could not be read, for a person: a line for each cause, with the sources that it struck. */
export function failureLines(failed: PollSummary['failed']): string[] {
  const struck = new Map<string, string[]>();
  for (const { sourceId, message, hint } of failed) {
    const cause = `${message.replace(/^https?:\/\/\S+ /, '')}. ${hint}`;
    struck.set(cause, [...(struck.get(cause) ?? []), sourceId]);
  }
  return [...struck].map(([cause, ids]) =>
    ids.length === 1
      ? `Could not read ${ids[0]}: ${cause}`
      : `Could not read ${ids.length} sources: ${cause}:\n  ${ids.join(', ')}`,
  );
}

/** What the first round of a process came to, so that whoever waits for news knows what for; null when it polled nothing. */
export function firstRoundLine({ polled, added, failed }: PollSummary): string | null {
  if (polled === 0) return null;
  if (failed.length < polled || polled === 1)
    return `Read ${polled - failed.length} of ${polled} sources: ${added} new entries.`;
  return `None of ${polled} sources could be read: is this machine connected? Behind a proxy, set HTTPS_PROXY. Each is asked again by itself, and commands are answered meanwhile.`;
}
