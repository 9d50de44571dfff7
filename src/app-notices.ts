import type { NoticeStore } from './core/delivery-ports.ts';
import type { SourceNotice } from './feeds/health.ts';

const outage = 'source-outage';

/**
 * Remembers what a poll has for the operator and answers the lines to be shown: an outage once, its recovery once, a
 * move once for each new address, a flood each time. A notice told already, by this process or another, gives no line.
 * @param at ISO 8601 UTC
 */
export async function tellNotices(
  store: { notices: NoticeStore },
  notices: readonly SourceNotice[],
  at: string,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const notice of notices) if (await isNews(store.notices, notice, at)) lines.push(lineOf(notice));
  return lines;
}

async function isNews(store: NoticeStore, notice: SourceNotice, at: string): Promise<boolean> {
  const text = lineOf(notice);
  switch (notice.kind) {
    case 'recovery':
      return store.resolve(outage, notice.sourceId, at);
    case 'outage':
    case 'paused':
      return store.raise({ kind: outage, subject: notice.sourceId, text, at });
    case 'moved':
      return store.raise({ kind: 'source-moved', subject: notice.key, text, at });
    case 'flood': {
      const fresh = await store.raise({ kind: 'source-flood', subject: notice.key, text, at });
      // Over as soon as it is told: nothing about it stands.
      await store.resolve('source-flood', notice.key, at);
      return fresh;
    }
  }
}

function lineOf({ message, remedy }: SourceNotice): string {
  return [message, remedy].flatMap((part) => (part === null ? [] : [`${part}.`])).join(' ');
}
