const remembered = 2000;

/** What Slack sent, by its own ids: null for what has none, which is then never held for a repetition. */
export function eventKey(body: unknown): string | null {
  const word = (name: string): string => {
    const value: unknown = Reflect.get(Object(body), name);
    return typeof value === 'string' ? value : '';
  };
  if (word('event_id') !== '') return `event ${word('event_id')}`;
  const view: unknown = Reflect.get(Object(body), 'view');
  const trigger = word('trigger_id') || String(Reflect.get(Object(view), 'id') ?? '');
  return trigger === '' ? null : `${word('type')} ${word('command')} ${trigger}`;
}

/** Whether a key comes for the first time; the newest 2000 are remembered. */
export function createFirstTimes(): (key: string) => boolean {
  const seen = new Set<string>();
  return (key) => {
    if (seen.has(key)) return false;
    seen.add(key);
    const [oldest] = seen;
    if (seen.size > remembered && oldest !== undefined) seen.delete(oldest);
    return true;
  };
}
