import type { Article } from '../core/article.ts';
import type { Reading } from '../core/reading.ts';
import type { StoryMember } from '../core/story.ts';
import { readDateHints } from './date.ts';
import { editedReading } from './evidence.ts';
import type { Placement } from './join/types.ts';

/** An article as a story keeps it: what it says and why it is here, without its text. */
export function memberOf(article: Article, reading: Reading, placement: Placement): StoryMember {
  const of = placement.copyOf ?? placement.editionOf;
  return {
    articleId: article.id,
    publisher: article.publisher,
    url: article.canonicalUrl ?? article.url,
    title: article.title,
    published: article.publishedAt,
    form: reading.form,
    part: placement.part,
    ...(of === undefined ? {} : { of }),
    reading,
    joined: placement.joined,
    dated: article.dated,
    sourceKind: article.sourceKind,
    family: article.publisherFamily,
    language: article.language,
    hints: readDateHints(article, reading),
  };
}

/** The members with this one added, or in the place of its earlier version. */
export function withMember(members: readonly StoryMember[], member: StoryMember): readonly StoryMember[] {
  const index = members.findIndex(({ articleId }) => articleId === member.articleId);
  const before = members[index];
  if (!before) return [...members, member];
  const part = member.part === 'context' ? 'context' : before.part;
  const { of: _, ...rest } = member;
  const kept = before.of === undefined ? {} : { of: before.of };
  const reading = editedReading(before.reading, member.reading);
  return members.with(index, { ...rest, ...kept, part, reading, joined: before.joined });
}
