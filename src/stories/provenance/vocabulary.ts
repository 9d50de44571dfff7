import * as z from 'zod';
import { createPhraseMatcher, longestMatches, type Tokens } from '../phrases.ts';

const phrases = z.array(z.string().min(1));

/** Kinds of phrase that need nothing beside their place. */
const plainTags = [
  'presidentNames',
  'presidentActs',
  'banInForce',
  'say',
  'act',
  'ratify',
  'signs',
  'signedBy',
  'deny',
  'refuse',
  'accord',
  'report',
  'subordinate',
  'past',
  'anonymous',
  'officials',
  'backing',
  'hedges',
  'contradictions',
  'noComment',
  'courtActs',
  'citing',
] as const;
export type PlainTag = (typeof plainTags)[number];

const levels = ['supreme', 'appeals', 'district'] as const;
export type CourtLevel = (typeof levels)[number];

const plainShape = Object.fromEntries(plainTags.map((tag) => [tag, phrases])) as Record<PlainTag, typeof phrases>;

/** Shape of `config/provenance.yaml`. */
export const provenanceSchema = z.strictObject({
  bodies: z.record(z.string(), z.strictObject({ short: z.string().optional(), phrases })),
  offices: z.record(z.string(), phrases),
  courtNames: z.record(z.string(), z.string()),
  courtPlaces: z.record(z.string(), phrases),
  courtLevels: z.strictObject({ supreme: phrases, appeals: phrases, district: phrases }),
  ...plainShape,
});
export type ProvenanceData = z.infer<typeof provenanceSchema>;

/** One phrase found: token indexes, `to` exclusive. `name` is the body, office or court level. */
export interface Hit {
  name: string;
  from: number;
  to: number;
}

export type Tag = PlainTag | 'body' | 'office' | 'court';
/** What was found in one title or sentence, by kind, in order. */
export type Marks = ReadonlyMap<Tag, readonly Hit[]>;

interface Entry {
  tag: Tag;
  name: string;
}

function* entriesOf(data: ProvenanceData): Generator<[string, Entry]> {
  for (const tag of plainTags) for (const phrase of data[tag]) yield [phrase, { tag, name: tag }];
  for (const [name, body] of Object.entries(data.bodies)) {
    for (const phrase of body.phrases) yield [phrase, { tag: 'body', name }];
  }
  for (const [name, list] of Object.entries(data.offices))
    for (const phrase of list) yield [phrase, { tag: 'office', name }];
  for (const name of levels) for (const phrase of data.courtLevels[name]) yield [phrase, { tag: 'court', name }];
}

/** Finds all marks of a text in one walk; of overlapping marks of one kind the longest stays. */
export function createMarkFinder(data: ProvenanceData): (tokens: Tokens) => Marks {
  const matcher = createPhraseMatcher(entriesOf(data));
  return (tokens) => {
    const byTag = new Map<Tag, { value: Entry; from: number; to: number }[]>();
    for (const match of matcher(tokens)) {
      const list = byTag.get(match.value.tag);
      if (list === undefined) byTag.set(match.value.tag, [match]);
      else list.push(match);
    }
    const marks = new Map<Tag, Hit[]>();
    for (const [tag, list] of byTag) {
      const kept = list.length > 1 ? longestMatches(list) : list;
      marks.set(
        tag,
        kept.map(({ value, from, to }) => ({ name: value.name, from, to })),
      );
    }
    return marks;
  };
}

/** Marks of one kind; empty when there are none. */
export function hits(marks: Marks, tag: Tag): readonly Hit[] {
  return marks.get(tag) ?? [];
}

/** The first hit of `tag` that ends at most `gap` tokens before `at`. */
export function before(marks: Marks, tag: Tag, at: number, gap: number): Hit | undefined {
  return hits(marks, tag).findLast((hit) => hit.to <= at && at - hit.to <= gap);
}

/** The first hit of `tag` that begins at most `gap` tokens from `at`. */
export function after(marks: Marks, tag: Tag, at: number, gap: number): Hit | undefined {
  return hits(marks, tag).find((hit) => hit.from >= at && hit.from - at <= gap);
}
