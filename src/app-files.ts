import type { App } from './app.ts';
import { createClustererLease, endDeadLeases } from './app-clusterer.ts';
import type { RawArticle } from './core/article.ts';
import { UserError } from './core/errors.ts';
import type { Ingest } from './stories/ingest.ts';

/** Takes saved articles in, in this order; answers the ids of their stories as they end up. Throws UserError while a bot runs. */
export async function ingestFiles(
  parts: Pick<App, 'store' | 'clock' | 'owner'>,
  into: Ingest,
  articles: readonly RawArticle[],
): Promise<readonly string[]> {
  const { stories } = parts.store;
  const ids = new Set<string>();
  await endDeadLeases(parts);
  const clusterer = createClustererLease(parts);
  const { mine } = await clusterer.hold();
  if (!mine)
    throw new UserError(
      'The bot is running on this database. Stop it first, or set BORDERWIRE_DATA to another folder.',
    );
  try {
    for (const article of articles) {
      const story = await into.add(article);
      if (story) ids.add(story.id);
    }
  } finally {
    await clusterer.end();
  }
  const ended = await Promise.all([...ids].map((id) => stories.story(id)));
  return [...new Set(ended.flatMap((story) => (story ? [story.id] : [])))];
}
