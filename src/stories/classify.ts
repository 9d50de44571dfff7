import type { RawArticle } from '../core/article.ts';
import type { Reading } from '../core/reading.ts';
import type { Joined } from '../core/story.ts';
import { isoAt, systemClock } from '../lib/clock.ts';
import type { Clusterer, Placement } from './join/types.ts';
import type { Reader } from './read.ts';

/** A row as it is given; whatever is missing, null or of another type counts as absent, other fields are ignored. */
export interface ClassifyRow {
  id?: unknown;
  url?: unknown;
  publisher?: unknown;
  outlet?: unknown;
  title?: unknown;
  published?: unknown;
  html?: unknown;
  text?: unknown;
  language?: unknown;
  /** The line's number in the file, where blank lines were left out. */
  line?: unknown;
}

/** One line of `classify`; `certainty` and `stage` are the article's own. */
export interface ClassifyOutput
  extends Pick<
    Reading,
    'relevant' | 'topics' | 'countries' | 'matters' | 'stage' | 'certainty' | 'originators' | 'earlier'
  > {
  id: string | number;
  story: string | null;
  /** How it came to its story; null when it is in none. */
  joined: Joined['how'] | null;
  /** Why it is relevant or not, and why it is in its story, in words. */
  reasons: readonly string[];
}

export interface ClassifyOptions {
  /** Irrelevant rows are clustered too (the clusterer must be made with `allForms`). */
  all?: boolean;
  /** Text wins over html where a row has both. */
  useText?: boolean;
  /** ISO 8601 UTC: no row can have arrived later; undated ones arrive now if none is dated. Default: the machine's. */
  now?: string;
}

export interface ClassifyDeps {
  reader: Reader;
  clusterer: Clusterer;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** A day or an instant; null when it cannot be read as one. */
function instantOf(value: unknown): string | null {
  const text = textOf(value);
  const ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** When a row arrived, by its own date unless no feed can have carried that date then. */
function arrivalOf(row: ClassifyRow, now: string): string | null {
  const instant = instantOf(row.published);
  return instant === null || instant < '1995' || instant > now ? null : instant;
}

function rowId(row: ClassifyRow, line: number): string | number {
  if (typeof row.id === 'string' || typeof row.id === 'number') return row.id;
  return typeof row.line === 'number' ? row.line : line;
}

function rawOf(row: ClassifyRow, line: number, arrivedAt: string, useText: boolean): RawArticle {
  const [html, text] = [textOf(row.html), textOf(row.text)];
  return {
    id: `row-${line}`,
    url: textOf(row.url),
    publisher: textOf(row.publisher) ?? textOf(row.outlet),
    sourceId: null,
    sourceKind: 'news',
    title: textOf(row.title),
    html: useText && text !== null ? null : html,
    text,
    publishedAt: instantOf(row.published),
    updatedAt: null,
    language: textOf(row.language),
    author: null,
    arrivedAt,
  };
}

/** Stories by row while rows come in; ids are `s1`, `s2` … in order of opening. */
function createShelf(clusterer: Clusterer) {
  const storyOf = new Map<string, string>();
  const articlesOf = new Map<string, Set<string>>();
  const moved = new Map<string, readonly string[]>();
  let opened = 0;

  function put(articleId: string, storyId: string): void {
    articlesOf.get(storyOf.get(articleId) ?? '')?.delete(articleId);
    storyOf.set(articleId, storyId);
    articlesOf.set(storyId, (articlesOf.get(storyId) ?? new Set()).add(articleId));
  }

  function move(articleId: string, storyId: string, reasons: readonly string[]): void {
    put(articleId, storyId);
    moved.set(articleId, reasons);
  }

  function open(): string {
    opened += 1;
    return `s${opened}`;
  }

  return {
    storyOf: (articleId: string): string | null => storyOf.get(articleId) ?? null,
    shelve(articleId: string, { storyId, opens }: Placement): void {
      const id = storyId ?? (opens ? open() : null);
      if (id === null) return;
      put(articleId, id);
      clusterer.assign(articleId, id);
    },
    /** Why repair moved an article last, in words. */
    moved: (articleId: string): readonly string[] => moved.get(articleId) ?? [],
    /** Carries out what the clusterer proposes now; answers whether it proposed anything. */
    mend(): boolean {
      const repairs = clusterer.repair();
      for (const repair of repairs) {
        const into = repair.kind === 'merge' ? repair.into : open();
        const moving = repair.kind === 'merge' ? [...(articlesOf.get(repair.from) ?? [])] : repair.articles;
        for (const articleId of moving) move(articleId, into, repair.reasons);
        clusterer.applyRepair(repair, into);
      }
      const adopted = clusterer.adopt();
      for (const { article, storyId, joined } of adopted) move(article.id, storyId, joined.reasons);
      return repairs.length + adopted.length > 0;
    },
  };
}

/** Repair ends by itself; the bound is for what nobody thought of. */
const lastRounds = 100;

interface Placed {
  id: string | number;
  article: string;
  reading: Reading;
  placement: Placement | null;
}

/**
 * Reads rows in arrival order and gives one output a row, in input order, with the stories as they are after the
 * last row. Keeps nothing. An undated row arrives with the row before it.
 */
export function classifyRows(
  rows: Iterable<ClassifyRow>,
  { reader, clusterer }: ClassifyDeps,
  { all = false, useText = false, now = isoAt(systemClock.now()) }: ClassifyOptions = {},
): readonly ClassifyOutput[] {
  const given = [...rows];
  let arrivedAt = given.map((row) => arrivalOf(row, now)).find((instant) => instant !== null) ?? now;
  const shelf = createShelf(clusterer);
  const placed = given.map((row, index): Placed => {
    arrivedAt = arrivalOf(row, now) ?? arrivedAt;
    const { article, reading } = reader(rawOf(row, index + 1, arrivedAt, useText));
    const placement = reading.relevant || all ? clusterer.place(article, reading) : null;
    if (placement) shelf.shelve(article.id, placement);
    shelf.mend();
    return { id: rowId(row, index + 1), article: article.id, reading, placement };
  });
  for (let round = 0; round < lastRounds && shelf.mend(); round += 1);
  return placed.map((row) => outputOf(row, shelf.storyOf(row.article), shelf.moved(row.article)));
}

function outputOf({ id, reading, placement }: Placed, story: string | null, moved: readonly string[]): ClassifyOutput {
  const { relevant, relevance, topics, countries, matters, stage, certainty, originators, earlier } = reading;
  const joined = story === null ? null : (placement?.joined.how ?? 'repaired');
  const reasons = [relevance, ...(placement?.joined.reasons ?? []), ...moved].filter((reason) => reason !== '');
  return { id, relevant, story, topics, countries, matters, stage, certainty, originators, earlier, joined, reasons };
}
