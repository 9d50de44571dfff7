const oldest = Date.parse('2000-01-01T00:00:00Z');
/** Clocks differ and zones are forgotten: a date up to a day ahead is still believed, as the arrival itself. */
const tolerance = 26 * 3_600_000;

function parse(text: string | null): number | null {
  if (text === null) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) || time < oldest ? null : time;
}

function fromAddress(url: string | null): number | null {
  const found = /\/(20\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)/.exec(url ?? '');
  if (found === null) return null;
  const [, year = '', month = '', day = ''] = found;
  return parse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T12:00:00Z`);
}

export interface Dated {
  publishedAt: string;
  dated: 'told' | 'text' | 'arrival';
}

/**
 * When an article was published: the date it came with, if it can be believed (after 1999, not after its
 * arrival); else the one in its address; else its arrival.
 */
export function datePublished(told: string | null, url: string | null, arrivedAt: string): Dated {
  const arrival = Date.parse(arrivedAt);
  const time = parse(told);
  if (time !== null && time <= arrival + tolerance) {
    return { publishedAt: new Date(Math.min(time, arrival)).toISOString(), dated: 'told' };
  }
  const address = fromAddress(url);
  if (address !== null && address <= arrival + tolerance) {
    return { publishedAt: new Date(Math.min(address, arrival)).toISOString(), dated: 'text' };
  }
  return { publishedAt: new Date(arrival).toISOString(), dated: 'arrival' };
}
