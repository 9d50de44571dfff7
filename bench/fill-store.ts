import type Database from 'better-sqlite3';
import type { App } from '../src/app.ts';
import { openSqlite, prepare } from '../src/store/sqlite.ts';

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

/** Copies of every row of a table that belongs to a story or article, ids with a suffix, days spread over four years. */
const copies: readonly string[] = [
  `insert into article select id || @s, null, source_id, canonical_url || @s, published_at, @at, reading_hash, facts, sentences, body from article where id in (select article_id from template_member)`,
  `insert into story select id || @s, revision, null, @day, certainty, disputed, stage, @at, @at from story where id in (select story_id from template_member)`,
  `insert into story_revision select story_id || @s, revision, @at, changes, replace(replace(snapshot, '"id":"' || story_id || '"', '"id":"' || story_id || @s || '"'), 'T00:00', 'T00:01') from story_revision where story_id in (select story_id from template_member)`,
  `insert into story_facet select facet, value, @day, @at, story_id || @s from story_facet where story_id in (select story_id from template_member)`,
  `insert into story_member select article_id || @s, story_id || @s, part from template_member`,
  `insert into story_document (story_id, headline, summary, names, titles) select story_id || @s, headline, summary, names, titles from story_document where story_id in (select story_id from template_member)`,
];

/** Fills a database with `articles` articles in a third as many stories, in seconds instead of hours. */
export async function fillStore(app: App, file: string, articles: number): Promise<void> {
  await makeTemplates(app);
  const handle = openSqlite(file);
  handle.exec('pragma synchronous = off');
  handle.exec('create temp table template_member as select * from story_member');
  const statements = copies.map((sql) => prepare(handle, sql));
  const batch = handle.transaction((from: number, to: number) => {
    for (let n = from; n < to; n++) {
      const at = new Date(app.clock.now() - 10 * day - (n % 1460) * day).toISOString();
      for (const statement of statements)
        statement.run(argumentsFor(statement, { s: `-${n}`, at, day: at.slice(0, 10) }));
    }
  });
  const rounds = Math.ceil(articles / made);
  for (let n = 0; n < rounds; n += 200) batch(n, Math.min(n + 200, rounds));
  handle.close();
}

function argumentsFor(
  statement: Database.Statement,
  all: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => new RegExp(`@${name}\\b`).test(statement.source)));
}
