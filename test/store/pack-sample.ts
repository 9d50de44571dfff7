import type { Pack, Snapshot } from '../../src/store/pack-format.ts';
import { member, noon, story } from '../fakes/samples.ts';

function snapshot(revision: number, headline: string, articles: readonly string[]): Snapshot {
  const members = articles.map((id) => ({ ...member(id), reading: `hash-${id}` }));
  return { ...story('s1', { revision, headline }), members };
}

/** A story of two revisions and one article, as rows. */
export const samplePack: Pack = {
  revisions: [
    { revision: 2, stored_at: noon, changes: '["stage"]', snapshot: snapshot(2, 'Curaçao\0 🇱🇦', ['a1', 'a2']) },
    { revision: 1, stored_at: noon, changes: '["opened"]', snapshot: snapshot(1, 'First', ['a1']) },
  ],
  readings: [{ hash: 'hash-a1', body: '{"relevant":true}' }],
  articles: [
    {
      id: 'a1',
      entry_id: 'a1',
      source_id: 'a',
      canonical_url: null,
      published_at: noon,
      arrived_at: noon,
      reading_hash: 'hash-a1',
      facts: '{}',
      sentences: '[]',
      body: '',
    },
  ],
  entries: [],
};
