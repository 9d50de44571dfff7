import type { Change, Story, StoryMember } from '../core/story.ts';
import { type FoldContext, foldStory } from './fold.ts';
import type { Adoption, Clusterer, Repair } from './join/types.ts';
import { memberOf, withMember } from './member.ts';

/** One mending may show another; what is left after these is looked at with the next entry. */
const repairRounds = 4;

/** A story as it was stored, and as one entry makes it. Both are kept to know what is to be told. */
export interface Revision {
  before: Story | null;
  after: Story;
}

/** The stories that one entry touches, folded again whenever their members change; nothing is stored here. */
export interface Revisions {
  /** Opens or changes a story. */
  change(id: string, membersOf: (members: readonly StoryMember[]) => readonly StoryMember[]): Promise<void>;
  /** Carries out what the clusterer proposes, in the window and in the stories. */
  repair(clusterer: Clusterer, newId: () => string): Promise<void>;
  all(): readonly Revision[];
}

export interface RevisionsContext extends FoldContext {
  /** A stored story, or null. */
  load(id: string): Promise<Story | null>;
  /** Ids of the stories that a new one comes after. */
  precursors(story: Story): Promise<readonly string[]>;
  now: string;
}

function withChange(story: Story, change: Change): Story {
  return { ...story, changes: [...story.changes.filter((known) => known !== 'opened'), change] };
}

/** The revisions of one entry. A story is folded from its stored revision, so its number grows by one at most. */
export function createRevisions(context: RevisionsContext): Revisions {
  const drafts = new Map<string, Revision>();

  async function draftOf(id: string): Promise<{ before: Story | null; members: readonly StoryMember[] }> {
    const draft = drafts.get(id);
    if (draft) return { before: draft.before, members: draft.after.members };
    const before = await context.load(id);
    return { before, members: before?.members ?? [] };
  }

  async function change(
    id: string,
    membersOf: (members: readonly StoryMember[]) => readonly StoryMember[],
  ): Promise<void> {
    const { before, members } = await draftOf(id);
    const folded = foldStory(id, membersOf(members), before, context, context.now);
    const after = before ? folded : { ...folded, follows: await context.precursors(folded) };
    // A story may be taken out of one and take in another by the same entry: it was both.
    const mended = drafts.get(id)?.after.changes.filter((one) => one === 'split' || one === 'merged') ?? [];
    drafts.set(id, { before, after: mended.reduce(withChange, after) });
  }

  function mark(id: string, update: (story: Story) => Story): void {
    const draft = drafts.get(id);
    if (draft) drafts.set(id, { ...draft, after: update(draft.after) });
  }

  async function merge(into: string, from: string): Promise<void> {
    const loser = await draftOf(from);
    await change(into, (members) => loser.members.reduce((all, member) => withMoved(all, member), members));
    mark(into, (story) => withChange(story, 'merged'));
    await change(from, (members) => members);
    mark(from, (story) => ({ ...story, mergedInto: into, changes: ['merged'] }));
  }

  async function split(id: string, articles: readonly string[], newId: string): Promise<void> {
    const { members } = await draftOf(id);
    const leaving = members.filter(({ articleId }) => articles.includes(articleId));
    await change(newId, () => leaving.map((member) => ({ ...member, joined: { ...member.joined, how: 'repaired' } })));
    mark(newId, (story) => withChange(story, 'split'));
    await change(id, () => members.filter(({ articleId }) => !articles.includes(articleId)));
  }

  async function mend(proposal: Repair, clusterer: Clusterer, newId: () => string): Promise<void> {
    if (proposal.kind === 'merge') {
      const repair = await towardsTheTold(proposal);
      clusterer.applyRepair(repair);
      await merge(repair.into, repair.from);
      return;
    }
    const id = newId();
    clusterer.applyRepair(proposal, id);
    await split(proposal.story, proposal.articles, id);
  }

  /** Context that came before its story: part of it now, and no evidence. */
  async function adopt({ article, reading, storyId, joined }: Adoption): Promise<void> {
    const member = memberOf(article, reading, { storyId, opens: false, part: 'context', joined });
    await change(storyId, (members) => withMember(members, member));
  }

  /** The story that channels know keeps its id, so that no channel is told of it a second time. */
  async function towardsTheTold(repair: Repair & { kind: 'merge' }): Promise<Repair & { kind: 'merge' }> {
    const [into, from] = await Promise.all([draftOf(repair.into), draftOf(repair.from)]);
    const swap = !into.before?.told && from.before?.told === true;
    return swap ? { ...repair, into: repair.from, from: repair.into } : repair;
  }

  return {
    change,
    async repair(clusterer, newId) {
      for (let round = 0; round < repairRounds; round += 1) {
        const proposals = clusterer.repair();
        for (const proposal of proposals) await mend(proposal, clusterer, newId);
        if (proposals.length === 0) break;
      }
      for (const adoption of clusterer.adopt()) await adopt(adoption);
    },
    all: () => [...drafts.values()].filter(({ before, after }) => before !== null || after.members.length > 0),
  };
}

function withMoved(members: readonly StoryMember[], member: StoryMember): readonly StoryMember[] {
  if (members.some(({ articleId }) => articleId === member.articleId)) return members;
  return [...members, { ...member, joined: { ...member.joined, how: 'repaired' } }];
}
