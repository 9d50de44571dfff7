import type { Article, SourceKind } from '../core/article.ts';
import type { OutboxDraft } from '../core/delivery.ts';
import { type Story, substantialChanges } from '../core/story.ts';
import type { Revision } from './revisions.ts';

/** How a delivery of a story is to go out. */
export interface Telling {
  /** ISO 8601 UTC before which it must wait. */
  notBefore: string;
  /** Told as catch-up, never as new. */
  late: boolean;
  /** Ids of stories that this revision takes in: who was told of one of them knows the story. */
  absorbed: readonly string[];
}

/** One outbox draft for each channel that wants this revision. `previous` is null when nobody was told of the story. */
export type Route = (
  story: Story,
  previous: Story | null,
  telling: Telling,
) => readonly OutboxDraft[] | Promise<readonly OutboxDraft[]>;

/** What decides whether and when a revision is told. */
export interface Occasion {
  /** Known, never told: what the first poll of a source found. */
  silent: boolean;
  /** See `Circumstances`. */
  newsSince: string | null;
  article: Article;
  nowMs: number;
  holdBackMs: number;
  /** Hours after publication from which a first alert is catch-up. */
  lateAfterHours: number;
}

const unhurried: ReadonlySet<SourceKind> = new Set(['news', 'advocacy']);

function isLate({ article, nowMs, lateAfterHours }: Occasion): boolean {
  return article.dated === 'told' && nowMs - Date.parse(article.publishedAt) > lateAfterHours * 3_600_000;
}

/** Whether channels are told of a revision: first word, or something about what they have. */
function isDue({ before, after }: Revision, { newsSince }: Occasion): boolean {
  if (before?.told) return after.changes.length > 0;
  if (after.mergedInto !== null) return false;
  if (after.changes.some((change) => substantialChanges.has(change))) return true;
  return newsSince !== null && after.changes.includes('outlet') && happenedSince(after, newsSince);
}

/** Whether all that is known of a story came after a moment: nobody who listened then has heard of it. */
function happenedSince({ members }: Story, since: string): boolean {
  return members.every(({ published, dated }) => dated === 'told' && published > since);
}

/**
 * The drafts that a revision causes, and the story as it is to be stored with them. A story that came with the
 * first poll of a source is told when it changes in substance, or when a source that was watched before it happened
 * carries it too; then it is a first alert.
 */
export async function tellRevision(
  revision: Revision,
  occasion: Occasion,
  route: Route,
  absorbed: readonly string[] = [],
): Promise<{ story: Story; drafts: readonly OutboxDraft[] }> {
  const { before, after } = revision;
  if (occasion.silent || !isDue(revision, occasion)) return { story: after, drafts: [] };
  const first = !before?.told;
  const changes = first && !after.changes.includes('opened') ? (['opened', ...after.changes] as const) : after.changes;
  const story: Story = { ...after, changes, told: true };
  const held = first && unhurried.has(occasion.article.sourceKind);
  const notBefore = new Date(occasion.nowMs + (held ? occasion.holdBackMs : 0)).toISOString();
  const telling = { notBefore, late: first && isLate(occasion), absorbed };
  const drafts = await route(story, first ? null : before, telling);
  return { story, drafts: drafts.map((draft) => withTelling(draft, telling)) };
}

/** A draft may wait longer for its channel's own reasons, never less. */
function withTelling(draft: OutboxDraft, { notBefore, late }: Pick<Telling, 'notBefore' | 'late'>): OutboxDraft {
  return {
    ...draft,
    notBefore: draft.notBefore > notBefore ? draft.notBefore : notBefore,
    late: draft.late || late,
  };
}
