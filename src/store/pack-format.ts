import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import type { Story, StoryMember } from '../core/story.ts';
import { damaged, decode, encode } from './codec.ts';
import type { ArticleTable, EntryTable, StoryRevisionTable, Tables } from './schema.ts';

/*
 * A pack is a version, and a JSON text that is deflated with the dictionary of that version. Packs stay for ever: the
 * dictionary of a version may never change. A migration that changes one of these tables must bear packs with rows as
 * they were before it.
 */

/** A story as its revision is stored: members name their readings by hash. */
export type Snapshot = Omit<Story, 'members'> & {
  members: readonly (Omit<StoryMember, 'reading'> & { reading: string })[];
};

/** Everything that one story is made of, as rows of its tables. The texts of articles are gone. */
export interface Pack {
  /** Newest first. */
  revisions: readonly (Omit<StoryRevisionTable, 'story_id' | 'snapshot'> & { snapshot: Snapshot })[];
  readings: readonly Tables['reading'][];
  articles: readonly ArticleTable[];
  entries: readonly EntryTable[];
}

/** Each member of a story stands once, however many revisions hold it. */
interface Stored extends Omit<Pack, 'revisions'> {
  members: Snapshot['members'];
  revisions: readonly (Omit<Pack['revisions'][number], 'snapshot'> & {
    story: Omit<Snapshot, 'members'>;
    members: readonly number[];
  })[];
}

const version = 1;
const level = 9;
const deflate = promisify(deflateRaw);

/** What most packs say, the most usual last. Made-up values would help nobody: these are names, and words of every story. */
const dictionary = Buffer.from(
  [
    '"correction":null,"claims":[],"quantities":[],"ordinals":[],"courts":[],"cases":[],"instruments":[],"tier":null',
    '"eventDate":null,"effectiveDate":null,"earlier":[],"topics":["visa-policy","parole-and-tps","travel-ban","court"]',
    'the headline names people being sent away, countries other than their own, taking people in or refusing to',
    'the United States, a foreign country","form":"news","relevant":true,"relevance":"about third country removal; ',
    '"stage":"considered","stage":"announced","stage":"signed","stage":"effective","stage":"in-talks","stage":"operational"',
    'kept apart: different receiving countries: different countries under the ban: % of its word runs stand in an earlier article',
    '"how":"joined","how":"repaired","part":"context","part":"edition","part":"copy","of":"","dated":"arrived"',
    '"disputed":true,"certainty":"confirmed","certainty":"reported","certainty":"official","comments":[{"who":"","said":"statement","quote":"',
    '"conflicts":[{"fact":"number","values":[{"value":"","articles":["',
    '"originators":[{"name":"official:White House","evidence":"according to","earlier":[{"originator":"","date":null,"stage":null,"countries":[',
    ' agrees to take deportees from the US. deported from the United States to third countries. travel ban, entry suspension, proclamation. ',
    '","hash":"","body":"{\\"relevant\\":true,\\"relevance\\":\\"the headline names removals to third countries, people deported by the United States',
    '\\",\\"form\\":\\"news\\",\\"certainty\\":\\"reported\\",\\"originators\\":[{\\"name\\":\\"\\",\\"evidence\\":\\"said\\"}],\\"comments\\":[],\\"correction\\":null',
    ',\\"countries\\":{\\"banned\\":[],\\"receiving\\":[\\"\\"],\\"nationality\\":[],\\"mentioned\\":[]},\\"matters\\":[{\\"id\\":\\"removals/',
    '\\",\\"stage\\":\\"agreed\\",\\"countries\\":[\\"\\"]}],\\"stage\\":\\"agreed\\",\\"claims\\":[],\\"quantities\\":[],\\"ordinals\\":[],\\"courts\\":[],\\"cases\\":[]',
    ',\\"instruments\\":[],\\"tier\\":null,\\"eventDate\\":null,\\"effectiveDate\\":null,\\"earlier\\":[],\\"topics\\":[\\"third-country-removal\\"]}"}',
    '{"id":"","entry_id":"","source_id":"","canonical_url":"https://www.","published_at":"2026-","arrived_at":"2026-","reading_hash":"","facts":"{\\"id\\":\\"',
    '\\",\\"url\\":\\"https://www.\\",\\"canonicalUrl\\":\\"https://www.\\",\\"publisher\\":\\"\\",\\"publisherFamily\\":\\"\\",\\"sourceId\\":\\"\\",\\"sourceKind\\":\\"news',
    '\\",\\"title\\":\\"\\",\\"language\\":\\"en\\",\\"publishedAt\\":\\"2026-\\",\\"dated\\":\\"told\\",\\"arrivedAt\\":\\"2026-\\",\\"byline\\":null,\\"dateline\\":null}',
    '","sentences":"[]","body":""},{"id":"","source_id":"","version":1,"content_hash":"","item":"{\\"id\\":\\"\\",\\"title\\":\\"\\",\\"link\\":\\"https://www.',
    '\\",\\"publishedAt\\":\\"2026-\\",\\"updatedAt\\":null,\\"author\\":null,\\"summary\\":null,\\"content\\":null}","first_seen_at":"2026-","seen_at":"2026-',
    '","silent":0,"last_good_poll_at":"2026-","unread":0,"skipped":null,"withdrawn_at":null,"withdrawn_how":null,"listed_on":"2026-',
    '","entry_keys":"x:\\ng:\\np:\\nu:\\nc:\\nt:\\nn:\\na:\\nd:2026-\\ni:\\ni:',
    '"members":[{"articleId":"","publisher":"","url":"https://www.","title":"","published":"2026-',
    '.000Z","form":"news","part":"evidence","reading":"","joined":{"how":"opened","score":0,"reasons":["kept apart: ',
    '"]},"dated":"told","sourceKind":"news","family":"","language":"en","hints":{"weekday":null,"month":null,"before":null,"after":null,"earlier":[]}}',
    '],"revisions":[{"revision":1,"stored_at":"2026-","changes":"[\\"opened\\"]","story":{"id":"","revision":1,"mergedInto":null,"headline":"',
    '","summary":"Official, agreed: Reported, ","unknown":"No arrival is known yet.","certainty":"reported","disputed":false,"stage":"agreed","topics":["third-country-removal',
    '"],"matters":[{"id":"removals/","stage":"agreed","countries":[""]}],"countries":{"banned":[],"receiving":[""],"nationality":[],"mentioned":[]}',
    ',"originators":[{"name":"","evidence":"said"}],"comments":[],"effective":null,"date":"2026-","datePrecision":"day","outlets":["',
    '"],"earlier":[],"conflicts":[],"follows":[],"openedAt":"2026-T00:00:00.000Z","updatedAt":"2026-T00:00:00.000Z","changes":["opened"],"told":true},"members":[0,1,2,3]}',
    '],"readings":[],"articles":[],"entries":[]}',
  ].join(''),
);

/** The value that is stored for a pack. */
export async function encodePack({ revisions, ...rows }: Pack): Promise<Uint8Array> {
  const places = new Map<string, number>();
  const members: Snapshot['members'][number][] = [];
  function placeOf(member: Snapshot['members'][number]): number {
    const text = encode(member);
    const place = places.get(text) ?? members.push(member) - 1;
    places.set(text, place);
    return place;
  }
  const stored: Stored = {
    members,
    revisions: revisions.map(({ snapshot: { members: those, ...story }, ...row }) => ({
      ...row,
      story,
      members: those.map(placeOf),
    })),
    ...rows,
  };
  return Buffer.concat([Buffer.of(version), await deflate(encode(stored), { level, dictionary })]);
}

/** Reads back what `encodePack` made of the story `id`. Throws StoreError when it was changed by other hands. */
export function decodePack(body: Uint8Array, id: string): Pack {
  const where = `story ${id}`;
  try {
    if (body[0] !== version) throw new Error(`a pack of version ${body[0]}`);
    const text = inflateRawSync(body.subarray(1), { dictionary }).toString('utf8');
    const { members, revisions, ...rows } = decode(text, where) as Stored;
    return {
      ...rows,
      revisions: revisions.map(({ story, members: places, ...row }) => ({
        ...row,
        snapshot: { ...story, members: places.flatMap((at) => members[at] ?? []) },
      })),
    };
  } catch (cause) {
    throw damaged(where, cause);
  }
}
