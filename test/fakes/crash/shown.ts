/** One message that people see: where, and by which words. */
export interface Shown {
  channel: string;
  text: string;
}

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** The words at the head of a message, in the shape of Discord's, of Slack's, or of our fakes' own log. */
function headOf(message: Json): string {
  const body = isJson(message['body']) ? message['body'] : isJson(message['args']) ? message['args'] : message;
  const [embed] = Array.isArray(body['embeds']) ? (body['embeds'] as unknown[]) : [];
  const head = isJson(embed) ? (embed['title'] ?? embed['description']) : (body['text'] ?? body['content']);
  if (typeof head === 'string' && head !== '') return head;
  return JSON.stringify(body['components'] ?? body['blocks'] ?? '');
}

/** Posts only: what answers in a thread is about them. */
export function shownIn(log: unknown): readonly Shown[] {
  const messages: unknown = isJson(log) && !Array.isArray(log) ? log['messages'] : log;
  if (!Array.isArray(messages)) throw new Error('the log holds no list of messages');
  return messages.filter(isJson).flatMap((message) => {
    if (message['threadTs'] || message['thread_ts'] || message['message_reference']) return [];
    return [{ channel: String(message['channel'] ?? message['channel_id']), text: headOf(message) }];
  });
}

/**
 * What a server says it shows: `GET /__log` at its origin, a list of messages (or `{"messages": [...]}`), each with
 * `channel` (or `channel_id`) and its words as they were posted. Null where there is no such log.
 */
export async function readLog(apiUrl: string): Promise<readonly Shown[] | null> {
  const response = await fetch(new URL('/__log', apiUrl)).catch(() => null);
  if (!response?.ok) return null;
  return shownIn(await response.json());
}
