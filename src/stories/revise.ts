import type { Comment, Correction } from '../core/reading.ts';
import type { Change, Story, StoryMember } from '../core/story.ts';
import { certaintyRank } from '../core/story.ts';
import { stepsBack } from './certainty.ts';
import { evidenceOf, kindOf } from './evidence.ts';
import { settledFigure } from './figures.ts';
import { plainName } from './origins.ts';

const answers: ReadonlySet<Comment['said']> = new Set(['confirmed', 'denied', 'refused']);
// A correction of these changes what a reader believes; a misspelt name does not.
const trivialCorrections: ReadonlySet<string> = new Set(['name', 'spelling', 'typo']);
// A longer list is told piece by piece by its outlets; what one adds to it is no news.
const shortList = 3;

/** What changed between two revisions of a story, substantial or not. `null` before means that it has just opened. */
export function reviseStory(previous: Story | null, next: Story): readonly Change[] {
  if (!previous) return ['opened'];
  const changes: Change[] = [];
  if (previous.certainty !== next.certainty && matters(previous, next)) changes.push('certainty');
  if (previous.stage !== next.stage && next.stage !== null) changes.push('stage');
  if (countryAdded(previous, next)) changes.push('country');
  if (numberChanged(previous, next)) changes.push('number');
  if (answered(previous, next)) changes.push('official-response');
  if (next.disputed && !previous.disputed) changes.push('denial');
  changes.push(...corrections(previous, next));
  if (next.outlets.length > previous.outlets.length) changes.push('outlet');
  if (changes.length === 0 && wordingOf(previous) !== wordingOf(next)) changes.push('wording');
  return changes;
}

/** A story loses rank when a page it rests on was edited, said as a correction, or when it moves to a step that fewer tell, said as the stage. */
function matters(previous: Story, next: Story): boolean {
  return certaintyRank[next.certainty] >= certaintyRank[previous.certainty];
}

/** One more country was asked, agreed or is receiving; or a short list under a ban grew. */
function countryAdded(previous: Story, next: Story): boolean {
  const added = (role: 'receiving' | 'banned'): boolean =>
    next.countries[role].some((code) => !previous.countries[role].includes(code));
  const kind = next.matters[0] ? kindOf(next.matters[0].id) : '';
  if (kind === 'removals') return added('receiving');
  const wasPartial = (settledFigure(previous.members, 'countries') ?? 0) > previous.countries.banned.length;
  return kind === 'ban' && previous.countries.banned.length > 0 && next.countries.banned.length <= shortList
    ? added('banned') && !wasPartial
    : false;
}

/** The figure that was told is now another: a cap, or the people moved. A first figure is no change. */
function numberChanged(previous: Story, next: Story): boolean {
  return (['cap', 'people'] as const).some((kind) => {
    const [before, after] = [settledFigure(previous.members, kind), settledFigure(next.members, kind)];
    return before !== null && after !== null && before !== after;
  });
}

/** A body that had not answered confirms, denies or refuses. Once a story is official, more of the same is no news. */
function answered(previous: Story, next: Story): boolean {
  const key = ({ who, said }: Comment): string => `${plainName(who)} ${said}`;
  const known = new Set(previous.comments.map(key));
  const fresh = next.comments.filter((comment) => answers.has(comment.said) && !known.has(key(comment)));
  return fresh.length > 0 && previous.certainty !== 'official';
}

function correctionKey(correction: Correction): string {
  return [correction.field, correction.from, correction.to, correction.quote].join('\n');
}

function correctionsIn(members: readonly StoryMember[]): readonly Correction[] {
  return members.flatMap((member) =>
    member.part === 'context' || member.part === 'copy' || !member.reading.correction
      ? []
      : [member.reading.correction],
  );
}

/** An edited page that now tells a lower step, or another country, has taken something back without saying so. */
function tookBack(previous: Story, next: Story): boolean {
  const now = new Map(evidenceOf(next.members).map((member) => [member.articleId, member.reading]));
  return evidenceOf(previous.members).some(({ articleId, reading }) => {
    const edited = now.get(articleId);
    if (!edited) return false;
    const { receiving } = edited.countries;
    const elsewhere = receiving.length > 0 && reading.countries.receiving.some((code) => !receiving.includes(code));
    return stepsBack(reading.stage, edited.stage) || elsewhere;
  });
}

/** An outlet takes something back: due even when the story's state stays as it is. */
function corrections(previous: Story, next: Story): readonly Change[] {
  const known = new Set(correctionsIn(previous.members).map(correctionKey));
  const fresh = correctionsIn(next.members).filter((correction) => !known.has(correctionKey(correction)));
  const retracted = fresh.some(({ field }) => field === 'retraction');
  const corrected =
    fresh.some(({ field }) => field !== 'retraction' && !trivialCorrections.has(field)) || tookBack(previous, next);
  return [...(corrected ? (['correction'] as const) : []), ...(retracted ? (['retraction'] as const) : [])];
}

/** All that a posted message shows, to know whether it must be edited. */
function wordingOf(story: Story): string {
  return JSON.stringify([
    story.headline,
    story.summary,
    story.unknown,
    story.date,
    story.effective ?? null,
    story.countries,
    story.originators.map(({ name }) => name),
    story.outlets,
    story.earlier,
    story.conflicts,
    evidenceOf(story.members).map(({ url, title }) => [url, title]),
    story.mergedInto,
  ]);
}
