import type { Article } from '../core/article.ts';
import type { Countries } from '../core/country.ts';
import type { LedgerFacts } from '../core/ledger.ts';
import type { Clock, Random, StoryStore } from '../core/ports.ts';
import type { Reading } from '../core/reading.ts';
import type { Story } from '../core/story.ts';
import type { Circumstances } from './entry.ts';
import type { Clusterer, Placement } from './join/types.ts';
import { memberOf, withMember } from './member.ts';
import { createRevisions, type Revisions } from './revisions.ts';
import { type Route, tellRevision } from './story-alert.ts';

export interface IngestOptions {
  /** Milliseconds that a first alert waits for a second outlet; official and primary sources do not wait. */
  holdBackMs: number;
  /** An article older than this at its source's last good poll opens no story. */
  maxAgeHours: number;
  /** Hours after publication from which a first alert is told as catch-up. Default 24. */
  lateAfterHours?: number;
  /** Days for which articles stay in the clusterer's memory. Default 9. */
  windowDays?: number;
}

export interface IntakeDeps {
  store: StoryStore;
  clusterer: Clusterer;
  route: Route;
  /** The story of an article that was stored before, however long ago; for pages edited after the window. */
  knownStory?(articleId: string): Promise<string | null>;
  /**
   * Reads an article for the ledger before anyone is told of it or it is stored, so that the telling can say what waits
   * for review. A kill in between does it again, which changes nothing; the other order could lose it.
   */
  propose?(article: Article): Promise<void>;
  facts: LedgerFacts;
  countries: Countries;
  clock: Clock;
  random: Random;
  options: IngestOptions;
}

/** One article on its way in: clean, read, and how it came. */
export interface Parcel extends Circumstances {
  article: Article;
  reading: Reading;
}

/** What one article caused. */
export interface Outcome {
  relevant: boolean;
  opened: boolean;
  /** Outbox drafts. */
  alerts: number;
  /** Its story as stored, or null. */
  story: Story | null;
  /** Ids of all stories that changed. */
  stories: readonly string[];
}

/**
 * The way of an article that was read, top to bottom: it finds its story or opens one, the story is revised (and
 * twins that it brought to light are mended), channels are told, and all of it is committed at once. When it throws,
 * nothing is stored, and the clusterer's memory must be rebuilt.
 */
export async function takeArticle(parcel: Parcel, deps: IntakeDeps): Promise<Outcome> {
  const { article, reading } = parcel;
  const home = deps.clusterer.storyOf(article.id) ?? (await formerHome(parcel, deps));
  const placement = reading.relevant ? deps.clusterer.place(article, reading) : null;
  const storyId = home ?? storyFor(parcel, placement, deps.random);
  const revisions = revisionsNow(deps);
  if (storyId !== null) await join(storyId, parcel, placement, revisions, deps);
  await deps.propose?.(article);
  const told = await tell(parcel, revisions, deps);
  await deps.store.commitIngest({
    entryId: parcel.entryId,
    entryVersion: parcel.version,
    article,
    reading,
    stories: told.stories,
    outbox: told.outbox,
  });
  return outcomeOf(reading, storyId, told);
}

/** Only an edited page or a file given again can have been stored before. */
async function formerHome({ article, entryId, version }: Parcel, deps: IntakeDeps): Promise<string | null> {
  const maybeKnown = entryId === null || version > 1;
  return maybeKnown && deps.knownStory ? deps.knownStory(article.id) : null;
}

/** A page too old for news joins what is there or nothing. */
function storyFor(parcel: Parcel, placement: Placement | null, random: Random): string | null {
  if (placement === null || placement.storyId !== null) return placement?.storyId ?? null;
  return placement.opens && !parcel.old ? random.id() : null;
}

/** An edited page stays in its story, and keeps its last meaning when its new text has none. */
async function join(
  storyId: string,
  { article, reading }: Parcel,
  placement: Placement | null,
  revisions: Revisions,
  { clusterer, random }: IntakeDeps,
): Promise<void> {
  const member = placement && memberOf(article, reading, placement);
  await revisions.change(storyId, (members) => (member ? withMember(members, member) : members));
  clusterer.assign(article.id, storyId);
  await revisions.repair(clusterer, () => random.id());
}

function revisionsNow({ facts, countries, store, clock }: IntakeDeps): Revisions {
  return createRevisions({
    facts,
    countries,
    load: (id) => store.story(id),
    precursors: (story) => precursorsOf(story, store),
    now: new Date(clock.now()).toISOString(),
  });
}

/** The newest other story of the same main matter that is not later than this one. */
async function precursorsOf(story: Story, store: StoryStore): Promise<readonly string[]> {
  const matter = story.matters[0]?.id;
  if (matter === undefined) return [];
  const before = await store.latest({ matter, until: story.date }, 3);
  const others = before.filter(({ id, mergedInto }) => id !== story.id && mergedInto === null);
  return others.slice(0, 1).map(({ id }) => id);
}

async function tell(
  { silent, newsSince, article }: Parcel,
  revisions: Revisions,
  { clock, route, options }: IntakeDeps,
) {
  const occasion = {
    silent,
    newsSince,
    article,
    nowMs: clock.now(),
    holdBackMs: options.holdBackMs,
    lateAfterHours: options.lateAfterHours ?? 24,
  };
  const all = revisions.all();
  const absorbedBy = (id: string) => all.flatMap(({ after }) => (after.mergedInto === id ? [after.id] : []));
  // What takes others in is told first: their posts may become its own.
  const ordered = [...all.filter(({ after }) => !after.mergedInto), ...all.filter(({ after }) => after.mergedInto)];
  const told = await Promise.all(
    ordered.map((revision) => tellRevision(revision, occasion, route, absorbedBy(revision.after.id))),
  );
  return { stories: told.map(({ story }) => story), outbox: told.flatMap(({ drafts }) => drafts) };
}

function outcomeOf(
  reading: Reading,
  storyId: string | null,
  told: { stories: readonly Story[]; outbox: readonly unknown[] },
): Outcome {
  const own = told.stories.find(({ id }) => id === storyId);
  const story = own?.mergedInto ? told.stories.find(({ id }) => id === own.mergedInto) : own;
  return {
    relevant: reading.relevant,
    opened: own?.revision === 1,
    alerts: told.outbox.length,
    story: story ?? null,
    stories: told.stories.map(({ id }) => id),
  };
}
