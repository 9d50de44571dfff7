import type { Article } from '../../src/core/article.ts';
import type { LedgerFacts } from '../../src/core/ledger.ts';
import type { Originator, Reading } from '../../src/core/reading.ts';
import type { StoryMember } from '../../src/core/story.ts';
import type { Clusterer, Placement, Repair } from '../../src/stories/join/types.ts';

const nobody = { banned: [], receiving: [], nationality: [], mentioned: [] };

/** A relevant report that the US asked Serbia, by nobody in particular. */
export function readingOf(overrides: Partial<Reading> = {}): Reading {
  return {
    relevant: true,
    relevance: 'removals to third countries',
    topics: ['third-country-removal'],
    form: 'news',
    countries: { ...nobody, receiving: ['RS'] },
    matters: [{ id: 'removals/RS', stage: overrides.stage ?? 'approached', countries: ['RS'] }],
    stage: 'approached',
    certainty: 'reported',
    originators: [],
    earlier: [],
    comments: [],
    claims: [],
    quantities: [],
    ordinals: [],
    courts: [],
    cases: [],
    instruments: [],
    tier: null,
    eventDate: null,
    effectiveDate: null,
    correction: null,
    ...overrides,
  };
}

export function originator(name: string): Originator {
  return { name, evidence: `according to ${name}` };
}

let made = 0;

/** A member of its own outlet, published an hour after the one made before it. */
export function memberOf(reading: Partial<Reading> = {}, overrides: Partial<StoryMember> = {}): StoryMember {
  made += 1;
  const id = `a${String(made).padStart(4, '0')}`;
  return {
    articleId: id,
    publisher: `Outlet ${id}`,
    url: `https://example.org/${id}`,
    title: `Title of ${id}`,
    published: new Date(Date.parse('2026-01-12T08:00:00Z') + made * 3_600_000).toISOString(),
    form: 'news',
    part: 'evidence',
    reading: readingOf(reading),
    joined: { how: 'joined', score: 1, reasons: ['same countries'] },
    dated: 'told',
    ...overrides,
  };
}

export const emptyLedger: LedgerFacts = { steps: () => [], programmes: () => [], bannedOn: () => null };

/** Puts articles where `storyKeyOf` says; proposals are pushed by the test. */
export interface ScriptedClusterer extends Clusterer {
  proposals: Repair[];
  /** Article ids in memory. */
  known(): readonly string[];
}

export function scriptedClusterer(
  storyKeyOf: (article: Article) => string | null,
  partOf: (article: Article) => StoryMember['part'] = () => 'evidence',
): ScriptedClusterer {
  const keys = new Map<string, string>();
  const stories = new Map<string, string | null>();
  const proposals: Repair[] = [];
  const keyOfArticle = new Map<string, string>();
  return {
    proposals,
    known: () => [...stories.keys()],
    place(article): Placement {
      stories.set(article.id, stories.get(article.id) ?? null);
      const key = storyKeyOf(article);
      const storyId = key === null ? null : (keys.get(key) ?? null);
      if (key !== null) keyOfArticle.set(article.id, key);
      const part = partOf(article);
      const joined = { how: storyId ? ('joined' as const) : ('opened' as const), score: 1, reasons: ['scripted'] };
      return { storyId, opens: key !== null && storyId === null && part !== 'context', part, joined };
    },
    assign(articleId, storyId) {
      stories.set(articleId, storyId);
      const key = keyOfArticle.get(articleId);
      if (key !== undefined && !keys.has(key)) keys.set(key, storyId);
    },
    restore(article, _reading, storyId) {
      stories.set(article.id, storyId);
      const key = storyKeyOf(article);
      if (key !== null && storyId !== null) keys.set(key, storyId);
    },
    storyOf: (id) => stories.get(id) ?? null,
    repair: () => proposals.splice(0),
    adopt: () => [],
    applyRepair(repair, newStoryId) {
      for (const [id, story] of stories) {
        if (repair.kind === 'merge' && story === repair.from) stories.set(id, repair.into);
        if (repair.kind === 'split' && repair.articles.includes(id) && newStoryId) stories.set(id, newStoryId);
      }
      for (const [key, story] of keys) if (repair.kind === 'merge' && story === repair.from) keys.set(key, repair.into);
    },
    evict() {
      const count = stories.size;
      stories.clear();
      keys.clear();
      return count;
    },
    remove(id) {
      stories.delete(id);
    },
    size: () => ({ articles: stories.size, stories: new Set(stories.values()).size, terms: 0 }),
  };
}
