import type { StoryJson } from './answers/story.ts';
import type { CountryCode } from './country.ts';
import type { LedgerFacts } from './ledger.ts';
import type { Story, StoryMember } from './story.ts';
import type { UnderReview } from './under-review.ts';
import type { Withdrawal } from './withdrawal.ts';

function kindOf(matter: string): string {
  return matter.split('/')[0] ?? matter;
}

/** The matters whose later steps a reader of this story would ask about. */
function followedMatters(story: Story): readonly string[] {
  const kind = story.matters[0] ? kindOf(story.matters[0].id) : null;
  const own = story.matters.filter(({ id }) => kindOf(id) === kind).map(({ id }) => id);
  const earlier =
    kind === null ? [] : story.earlier.flatMap(({ countries }) => countries.map((code) => `${kind}/${code}`));
  return [...new Set([...own, ...earlier])];
}

/** Ledger steps after the story's day, oldest first: shown beside the story, never dated back into it. */
export function followUpsOf(story: Story, facts: LedgerFacts): StoryJson['followUps'] {
  return followedMatters(story)
    .flatMap((matter) =>
      facts
        .steps(matter)
        .filter(({ date }) => /^\d{4}/.test(date) && date > story.date)
        .map(({ stage, date, certainty, note, source }) => ({
          matter,
          stage,
          date,
          certainty,
          note,
          source: { title: source.title, url: source.url },
        })),
    )
    .toSorted((a, b) => (a.date === b.date ? (a.matter < b.matter ? -1 : 1) : a.date < b.date ? -1 : 1));
}

/** The suspension that names a banned country, on the day that the articles say it takes effect. */
function instrumentsOf(story: Story, facts: LedgerFacts): StoryJson['instruments'] {
  const effective = story.members.flatMap(({ reading, hints }) => reading.effectiveDate ?? hints?.before ?? []);
  const day = [...effective, story.date].toSorted().at(-1) ?? story.date;
  const named = new Map<string, CountryCode[]>();
  for (const code of story.countries.banned) {
    const instrument = facts.bannedOn(code, day)?.instrument;
    if (instrument) named.set(instrument, [...(named.get(instrument) ?? []), code]);
  }
  return [...named].map(([instrument, countries]) => ({ instrument, countries }));
}

function articleOf(member: StoryMember, withdrawn: Withdrawal | undefined): StoryJson['articles'][number] {
  const { articleId, publisher, url, title, dated, part } = member;
  const published = dated === 'arrival' ? null : member.published;
  return { id: articleId, publisher, url, title, published, part, ...(withdrawn ? { withdrawn } : {}) };
}

/** A story as `ingest --json` and `story --json` give it; `withdrawn` articles, by id, say so. */
export function storyJson(
  story: Story,
  facts: LedgerFacts,
  withdrawn: ReadonlyMap<string, Withdrawal> = new Map(),
  underReview: UnderReview | null = null,
): StoryJson {
  const { banned, receiving, nationality, mentioned } = story.countries;
  return {
    id: story.id,
    revision: story.revision,
    mergedInto: story.mergedInto,
    headline: story.headline,
    summary: [story.summary, story.unknown].filter(Boolean).join(' '),
    unknown: story.unknown,
    date: story.date,
    datePrecision: story.datePrecision ?? 'day',
    effective: story.effective ?? null,
    certainty: story.certainty,
    disputed: story.disputed,
    stage: story.stage,
    topics: [...story.topics],
    matters: story.matters.map(({ id, stage, countries }) => ({ id, stage, countries: [...countries] })),
    countries: {
      banned: [...banned],
      receiving: [...receiving],
      nationality: [...nationality],
      mentioned: [...mentioned],
    },
    articles: story.members.map((member) => articleOf(member, withdrawn.get(member.articleId))),
    originators: story.originators.map(({ name, evidence }) => ({ name, evidence })),
    outlets: [...story.outlets],
    earlier: story.earlier.map((report) => ({ ...report, countries: [...report.countries] })),
    comments: story.comments.map(({ who, said, quote }) => ({ who, said, quote })),
    conflicts: story.conflicts.map(({ fact, values, settled }) => ({
      fact,
      values: values.map(({ value, articles }) => ({ value, articles: [...articles] })),
      settled: settled ?? null,
    })),
    follows: [...story.follows],
    followUps: followUpsOf(story, facts),
    instruments: instrumentsOf(story, facts),
    underReview: underReview && { changes: underReview.changes, countries: [...underReview.countries] },
    why: story.members.map(({ articleId, joined }) => ({
      article: articleId,
      how: joined.how,
      score: joined.score,
      reasons: [...joined.reasons],
    })),
  };
}
