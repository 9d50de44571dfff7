import type { App } from '../src/app.ts';
import { openSqlite } from '../src/store/sqlite.ts';

const places = 'Rwanda Uganda Ghana Eswatini Angola Benin Chad Fiji Haiti Iraq Kenya Laos Libya Mali Nepal Niger'.split(
  ' ',
);
const outlets = 3;
const day = 86_400_000;
/** Rows made by the program itself; the rest are copies of them. */
const made = places.length * outlets;

/** Stories of `outlets` articles each, one a country, as the program makes them of saved files. */
async function makeTemplates(app: App): Promise<void> {
  for (const [n, place] of places.entries()) {
    const at = new Date(app.clock.now() - (400 - n) * day).toISOString();
    for (let k = 0; k < outlets; k++) {
      const text = `${place} has agreed to accept migrants whom the United States deports to third countries, Reuters reported. The number would be up to 250 people.`;
      await app.ingestFiles([
        {
          id: `a${n}x${k}`,
          url: `https://o${k}.example.com/${n}`,
          publisher: `Outlet ${k}`,
          sourceId: null,
          sourceKind: 'news',
          title: `${place} agrees to take people deported from the United States, Reuters reports`,
          text: text.repeat(4),
          html: null,
          author: null,
          publishedAt: at,
          updatedAt: null,
          arrivedAt: at,
          language: 'en',
        },
      ]);
    }
  }
}

/**
 * Copies of every row of a table that belongs to a story or article: ids with a suffix, days spread over four years.
 * SQLite and PostgreSQL both run them.
 */
const copies: readonly string[] = [
  `insert into article select t.id || c.s, null, t.source_id, t.canonical_url || c.s, t.published_at, c.at, t.reading_hash, t.facts, t.sentences, t.body from article t, bench_copy c where t.id in (select article_id from bench_member)`,
  `insert into story select t.id || c.s, t.revision, null, c.day, t.certainty, t.disputed, t.stage, c.at, c.at from story t, bench_copy c where t.id in (select story_id from bench_member)`,
  `insert into story_revision select t.story_id || c.s, t.revision, c.at, t.changes, replace(replace(t.snapshot, '"id":"' || t.story_id || '"', '"id":"' || t.story_id || c.s || '"'), 'T00:00', 'T00:01') from story_revision t, bench_copy c where t.story_id in (select story_id from bench_member)`,
  `insert into story_facet select t.facet, t.value, c.day, c.at, t.story_id || c.s from story_facet t, bench_copy c where t.story_id in (select story_id from bench_member)`,
  `insert into story_member select t.article_id || c.s, t.story_id || c.s, t.part from bench_member t, bench_copy c where 1 = 1`,
  `insert into story_document (story_id, headline, summary, names, titles) select t.story_id || c.s, t.headline, t.summary, t.names, t.titles from story_document t, bench_copy c where t.story_id in (select story_id from bench_member)`,
];

/** Copies made in one transaction. */
const batch = 200;

/** Runs statements on the program's database, past its own code. */
export type Direct = (sql: string) => Promise<void>;

/** The same for a file; it must exist when the first statement is run. */
export function directSqlite(file: string): { direct: Direct; close: () => Promise<void> } {
  let handle: ReturnType<typeof openSqlite> | undefined;
  return {
    direct: async (sql) => {
      handle ??= openSqlite(file);
      handle.exec('pragma synchronous = off');
      handle.exec(sql);
    },
    close: async () => void handle?.close(),
  };
}

/** Fills a database with `articles` articles in a third as many stories, in seconds instead of hours. */
export async function fillStore(app: App, direct: Direct, articles: number): Promise<void> {
  await makeTemplates(app);
  await direct('create table bench_member as select * from story_member');
  await direct('create table bench_copy (n integer, s text, at text, day text)');
  const rounds = Math.ceil(articles / made);
  for (let from = 0; from < rounds; from += batch) {
    const rows = Array.from({ length: Math.min(batch, rounds - from) }, (_, k) => {
      const n = from + k;
      const at = new Date(app.clock.now() - 10 * day - (n % 1460) * day).toISOString();
      return `(${n}, '-${n}', '${at}', '${at.slice(0, 10)}')`;
    });
    const values = `insert into bench_copy values ${rows.join(', ')}`;
    await direct(['begin', 'delete from bench_copy', values, ...copies, 'commit'].join(';'));
  }
  await direct('drop table bench_member; drop table bench_copy');
}
