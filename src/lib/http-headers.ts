const maxSeconds = 10 * 366 * 86_400;

function seconds(text: string): number | null {
  const value = Number(text.trim());
  return /^\d+$/.test(text.trim()) && value <= maxSeconds ? value : null;
}

/** An HTTP date (`Sun, 06 Nov 1994 08:49:37 GMT`), in milliseconds, or null. */
function httpDate(text: string | undefined): number | null {
  if (!text || !/[a-z]/i.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

/**
 * `Retry-After`, in seconds or as a date, as milliseconds from `now`. Null when there is none that can be read, or
 * it is past. A date is measured by the server's own clock (`Date`) when it tells it.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | null {
  const text = headers['retry-after'];
  if (text === undefined) return null;
  const wait = seconds(text);
  if (wait !== null) return wait > 0 ? wait * 1000 : null;
  const at = httpDate(text);
  if (at === null) return null;
  const left = at - (httpDate(headers.date) ?? now);
  return left > 0 ? left : null;
}

/** How long an answer says it stays fresh (`Cache-Control: max-age` less `Age`, else `Expires`), milliseconds; 0 when it does not. */
export function freshForMs(headers: Readonly<Record<string, string>>, now: number): number {
  const control = headers['cache-control']?.toLowerCase() ?? '';
  if (/\bno-(cache|store)\b/.test(control)) return 0;
  const age = seconds(headers.age ?? '0') ?? 0;
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d+)/.exec(control)?.[1];
  if (maxAge !== undefined) return Math.max(0, (seconds(maxAge) ?? maxSeconds) - age) * 1000;
  const expires = httpDate(headers.expires);
  return expires === null ? 0 : Math.max(0, expires - (httpDate(headers.date) ?? now));
}
